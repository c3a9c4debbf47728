/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Channels to the endpoints of a cluster on a small number of event loops. Callbacks run
 * on the event loops, without a hop to another thread. Safe for all threads.
 */
public final class Connections implements AutoCloseable {

    private static final int MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

    private final EventLoopGroup loops;

    private final List<ManagedChannel> channels = new ArrayList<>();

    private final int endpointCount;

    /**
     * Opens channels; each connects when it is first used.
     * @param endpoints "host:port" of each member to use
     * @param channelsPerEndpoint connections to each
     * @param threads event loops for all of them
     */
    public Connections(List<String> endpoints, int channelsPerEndpoint, int threads) {
        this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("driver", true),
                EpollIoHandler.newFactory());
        this.endpointCount = endpoints.size();
        for (int i = 0; i < channelsPerEndpoint; i++) {
            for (String endpoint : endpoints) {
                this.channels.add(open(endpoint));
            }
        }
    }

    private ManagedChannel open(String endpoint) {
        return NettyChannelBuilder.forTarget("dns:///" + endpoint)
            .usePlaintext()
            .eventLoopGroup(this.loops)
            .channelType(EpollSocketChannel.class)
            .directExecutor()
            .disableRetry()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    }

    int size() {
        return this.channels.size();
    }

    /**
     * Number of endpoints.
     * @return the number
     */
    public int endpointCount() {
        return this.endpointCount;
    }

    /**
     * The channel of a client: neighbours talk to different members.
     * @param client number of the client
     * @return its channel
     */
    public ManagedChannel channel(int client) {
        return this.channels.get(client % this.channels.size());
    }

    <Q, S> ClientCall<Q, S> call(int client, MethodDescriptor<Q, S> method) {
        return channel(client).newCall(method, CallOptions.DEFAULT);
    }

    /**
     * Asks one endpoint and waits for the answer.
     * @param endpoint number of the endpoint
     * @param method the method
     * @param request the request
     * @param limit time to wait
     * @param <Q> type of the request
     * @param <S> type of the answer
     * @return the answer
     */
    public <Q, S> S ask(int endpoint, MethodDescriptor<Q, S> method, Q request, Duration limit) {
        return ClientCalls.blockingUnaryCall(this.channels.get(endpoint), method,
                CallOptions.DEFAULT.withDeadlineAfter(limit), request);
    }

    /**
     * Runs something later on an event loop.
     * @param task what to run
     * @param delay when
     */
    public void schedule(Runnable task, Duration delay) {
        Future<?> unused = this.loops.next().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void runAndWait(Runnable task) {
        this.loops.next().submit(task).syncUninterruptibly();
    }

    /** Forgets how often a connection failed. */
    void reconnect() {
        this.channels.forEach(ManagedChannel::resetConnectBackoff);
    }

    @Override
    public void close() {
        this.channels.forEach(ManagedChannel::shutdownNow);
        this.loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

}
