/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.util.concurrent.TimeUnit;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.kvorum.proto.etcdserverpb.ClusterGrpc;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.MaintenanceGrpc;
import io.kvorum.proto.etcdserverpb.WatchGrpc;

/**
 * A bare gRPC client of one endpoint: no retry, no balancing, so that a test sees what
 * the server says. Thread-safe.
 */
public final class KvClient implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 30;

    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    private final ManagedChannel channel;

    /**
     * Connects on first use.
     * @param endpoint host and port
     */
    public KvClient(String endpoint) {
        this.channel = NettyChannelBuilder.forTarget("dns:///" + endpoint)
            .usePlaintext()
            .disableRetry()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    }

    /** Blocking KV stub with a deadline. */
    public KVGrpc.KVBlockingStub kv() {
        return kv(DEADLINE_SECONDS * 1000);
    }

    /** Blocking KV stub with this deadline. */
    public KVGrpc.KVBlockingStub kv(long deadlineMillis) {
        return KVGrpc.newBlockingStub(this.channel).withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
    }

    /** Blocking lease stub with a deadline. */
    public LeaseGrpc.LeaseBlockingStub lease() {
        return LeaseGrpc.newBlockingStub(this.channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Streaming lease stub. */
    public LeaseGrpc.LeaseStub leaseStream() {
        return LeaseGrpc.newStub(this.channel);
    }

    /** Watch stub. */
    public WatchGrpc.WatchStub watch() {
        return WatchGrpc.newStub(this.channel);
    }

    /** Blocking maintenance stub with a deadline. */
    public MaintenanceGrpc.MaintenanceBlockingStub maintenance() {
        return MaintenanceGrpc.newBlockingStub(this.channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Blocking cluster stub with a deadline. */
    public ClusterGrpc.ClusterBlockingStub cluster() {
        return ClusterGrpc.newBlockingStub(this.channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** The channel, for calls that need no stub. */
    public ManagedChannel channel() {
        return this.channel;
    }

    @Override
    public void close() {
        this.channel.shutdownNow();
    }

}
