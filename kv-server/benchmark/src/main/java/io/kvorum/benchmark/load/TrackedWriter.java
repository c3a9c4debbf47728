/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;
import java.util.BitSet;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;

/**
 * A client that writes each of its keys once and remembers which writes were
 * acknowledged. After a failure it goes on with the next key at the next member. Confined
 * to one event loop.
 */
final class TrackedWriter {

    /**
     * A request that was sent to a dead leader would otherwise hide how soon the next one
     * works.
     */
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(10);

    private final int number;

    private final TrackedLoad load;

    private final BitSet acknowledged = new BitSet();

    private int endpoint;

    private int sequence;

    TrackedWriter(int number, TrackedLoad load) {
        this.number = number;
        this.load = load;
        this.endpoint = number;
    }

    void next() {
        if (this.load.leave()) {
            return;
        }
        this.sequence++;
        ByteString key = TrackedLoad.key(this.number, this.sequence);
        Call<PutRequest, PutResponse> put = new Call<>(KVGrpc.getPutMethod(),
                PutRequest.newBuilder().setKey(key).setValue(this.load.value()).build(),
                (answer) -> answer.getHeader().getRevision() > 0);
        UnaryListener.start(this.load.connections()
            .channel(this.endpoint)
            .newCall(put.method(), CallOptions.DEFAULT.withDeadlineAfter(ANSWER_LIMIT)), put, this::done);
    }

    private void done(Status status) {
        if (status.isOk()) {
            this.acknowledged.set(this.sequence);
            this.load.acknowledged(System.nanoTime());
            this.load.connections().schedule(this::next, this.load.think());
        }
        else {
            this.endpoint++;
            this.load.connections().schedule(this::next, PAUSE_AFTER_ERROR);
        }
    }

    /**
     * A copy of the sequence numbers that were acknowledged. Call after the end of the
     * load.
     */
    BitSet acknowledgedWrites() {
        return (BitSet) this.acknowledged.clone();
    }

}
