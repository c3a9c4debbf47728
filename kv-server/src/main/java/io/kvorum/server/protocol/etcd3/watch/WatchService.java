/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;

import io.kvorum.proto.etcdserverpb.WatchGrpc;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.GrpcErrors;

/**
 * The Watch service of etcd v3 ({@code etcdserverpb.Watch}). Any thread; nothing blocks.
 */
public final class WatchService implements BindableService, AutoCloseable {

    private static final Metadata.Key<String> HAS_LEADER = Metadata.Key.of("hasleader",
            Metadata.ASCII_STRING_MARSHALLER);

    /**
     * etcd: a stream that requires a leader ends after three election timeouts without
     * one.
     */
    private static final int ELECTION_TIMEOUTS_WITHOUT_LEADER = 3;

    private static final double JITTER = 0.1;

    private final KvNode node;

    private final WatchSettings settings;

    private final ReplyEncoder encoder;

    private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();

    private final Set<WatchStream> streamsWithLeader = ConcurrentHashMap.newKeySet();

    private final ScheduledThreadPoolExecutor timer;

    /** Confined to the timer's thread. */
    private int timeoutsWithoutLeader;

    /**
     * Creates the service.
     * @param node the member
     * @param settings the settings
     */
    public WatchService(KvNode node, WatchSettings settings) {
        this.node = node;
        this.settings = settings;
        this.encoder = new ReplyEncoder(node.cluster(), settings);
        this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
            Thread thread = new Thread(task, "kv-watch-timer");
            thread.setDaemon(true);
            return thread;
        });
        this.timer.setRemoveOnCancelPolicy(true);
        long millis = settings.electionTimeout().toMillis();
        var unused = this.timer.scheduleWithFixedDelay(this::checkLeader, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public ServerServiceDefinition bindService() {
        MethodDescriptor<WatchRequest, WatchReply> method = WatchGrpc.getWatchMethod()
            .toBuilder(ProtoUtils.marshaller(WatchRequest.getDefaultInstance()), new ReplyMarshaller())
            .build();
        ServiceDescriptor descriptor = ServiceDescriptor.newBuilder(WatchGrpc.SERVICE_NAME)
            .setSchemaDescriptor(WatchGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(method)
            .build();
        return ServerServiceDefinition.builder(descriptor).addMethod(method, this::startCall).build();
    }

    /**
     * Returns how many streams are open.
     * @return the number
     */
    public int streamCount() {
        return this.streams.size();
    }

    /** Ends all streams in a way that makes clients try another member. */
    @Override
    public void close() {
        this.timer.shutdownNow();
        this.streams.forEach((stream) -> stream.end(GrpcErrors.of(KvException.Code.STOPPED)));
    }

    private ServerCall.Listener<WatchRequest> startCall(ServerCall<WatchRequest, WatchReply> call, Metadata headers) {
        boolean withLeader = "true".equals(headers.get(HAS_LEADER));
        if (withLeader && !hasLeader()) {
            call.close(GrpcErrors.of(KvException.Code.NO_LEADER), new Metadata());
            return new ServerCall.Listener<>() {
            };
        }
        StreamLife life = new StreamLife(call, withLeader);
        call.sendHeaders(new Metadata());
        call.request(1);
        return life.stream;
    }

    private void checkLeader() {
        this.timeoutsWithoutLeader = hasLeader() ? 0 : this.timeoutsWithoutLeader + 1;
        if (this.timeoutsWithoutLeader >= ELECTION_TIMEOUTS_WITHOUT_LEADER) {
            Status status = GrpcErrors.of(KvException.Code.NO_LEADER);
            this.streamsWithLeader.forEach((stream) -> stream.end(status));
        }
    }

    private boolean hasLeader() {
        return !this.node.cluster().leader().equals(MemberId.NONE);
    }

    private static long withJitter(Duration interval) {
        double factor = 1 + ThreadLocalRandom.current().nextDouble(JITTER);
        return (long) (interval.toNanos() * factor);
    }

    /** Keeps a stream in the service's lists, and its clock, while it is open. */
    private final class StreamLife {

        private final WatchStream stream;

        private final Future<?> ticks;

        StreamLife(ServerCall<WatchRequest, WatchReply> call, boolean withLeader) {
            WatchService service = WatchService.this;
            this.stream = new WatchStream(call, service.node.watches(), service.encoder,
                    service.settings.streamBufferBytes(), this::end);
            long interval = withJitter(service.settings.progressInterval());
            this.ticks = service.timer.scheduleAtFixedRate(this.stream::notifyProgress, interval, interval,
                    TimeUnit.NANOSECONDS);
            service.streams.add(this.stream);
            if (withLeader) {
                service.streamsWithLeader.add(this.stream);
            }
        }

        private void end() {
            this.ticks.cancel(false);
            WatchService.this.streams.remove(this.stream);
            WatchService.this.streamsWithLeader.remove(this.stream);
        }

    }

}
