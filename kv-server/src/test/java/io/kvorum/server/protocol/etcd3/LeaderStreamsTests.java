/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.server.common.MemberId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** Streams and members without a leader, and calls that are no calls. */
class LeaderStreamsTests {

    private final AbsentNode node = new AbsentNode();

    private Etcd3Server server;

    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        Etcd3Settings defaults = Etcd3Settings.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Etcd3Settings settings = new Etcd3Settings(
                defaults.listeners(), defaults.limits(), new Etcd3Settings.KeepAlive(Duration.ofSeconds(5),
                        Duration.ofHours(2), Duration.ofSeconds(20), Duration.ofMillis(50)),
                2, Etcd3Settings.ETCD_VERSION, Duration.ofMillis(100));
        this.node.leader(new MemberId(1));
        this.server = new Etcd3Server(this.node, settings, List.of(), List.of(),
                (pipeline) -> pipeline.channel().close());
        this.server.start();
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", this.server.addresses().get(0).getPort())
            .usePlaintext()
            .build();
    }

    @AfterEach
    void stop() {
        this.channel.shutdownNow();
        this.server.close();
    }

    @Test
    void whoWantsALeaderIsSentAwayWhenThereIsNone() throws Exception {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        End wanting = new End();
        End content = new End();
        LeaseGrpc.newStub(this.channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .leaseKeepAlive(wanting);
        StreamObserver<?> open = LeaseGrpc.newStub(this.channel).leaseKeepAlive(content);
        await().until(() -> this.server.leaderStreams() == 1);
        this.node.leader(MemberId.NONE);
        Status end = wanting.status.get(10, TimeUnit.SECONDS);
        assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(end.getDescription()).isEqualTo("etcdserver: no leader");
        await().until(() -> this.server.leaderStreams() == 0);
        assertThat(content.status).isNotDone();
        open.onCompleted();
        assertThat(content.status.get(10, TimeUnit.SECONDS).isOk()).isTrue();
    }

    @Test
    void aMessageThatIsNoneIsRefused() {
        MethodDescriptor<byte[], byte[]> method = KVGrpc.getPutMethod()
            .toBuilder(new RawMarshaller(), new RawMarshaller())
            .build();
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, () -> ClientCalls
            .blockingUnaryCall(this.channel, method, CallOptions.DEFAULT, new byte[] { 10, 100, 1, 2 }));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    }

    /** Waits for the end of a stream. */
    private static final class End implements StreamObserver<LeaseKeepAliveResponse> {

        private final CompletableFuture<Status> status = new CompletableFuture<>();

        @Override
        public void onNext(LeaseKeepAliveResponse answer) {
            throw new AssertionError("nothing was asked");
        }

        @Override
        public void onError(Throwable failure) {
            this.status.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            this.status.complete(Status.OK);
        }

    }

}
