/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;

import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.Cluster;

/**
 * The open streams of clients that want a leader. When there was none for three election
 * timeouts they end, so that their clients look for a member that has one; etcd waits
 * that long because new streams cost more than refused requests.
 */
final class LeaderStreams {

    private static final int PATIENCE = 3;

    private final Cluster cluster;

    private final Set<LeaderCall<?, ?>> calls = ConcurrentHashMap.newKeySet();

    /** Confined to the thread that ticks. */
    private int leaderless;

    LeaderStreams(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Called once per election timeout. */
    void tick() {
        boolean none = this.cluster.leader().equals(MemberId.NONE);
        this.leaderless = none ? this.leaderless + 1 : 0;
        if (this.leaderless >= PATIENCE) {
            this.calls.forEach(LeaderCall::end);
        }
    }

    int size() {
        return this.calls.size();
    }

    <Q, S> ServerCall.Listener<Q> start(ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        LeaderCall<Q, S> guarded = new LeaderCall<>(call);
        ServerCall.Listener<Q> listener = next.startCall(guarded, headers);
        this.calls.add(guarded);
        return new LeaderCallListener<>(listener, guarded);
    }

    /**
     * A stream that can be ended by somebody else than its service. Once ended, what its
     * service still says goes nowhere.
     */
    private static final class LeaderCall<Q, S> extends SimpleForwardingServerCall<Q, S> {

        private final Object lock = new Object();

        @GuardedBy("lock")
        private boolean closed;

        private volatile boolean ended;

        LeaderCall(ServerCall<Q, S> call) {
            super(call);
        }

        @Override
        public void sendHeaders(Metadata headers) {
            synchronized (this.lock) {
                if (!this.closed) {
                    super.sendHeaders(headers);
                }
            }
        }

        @Override
        public void sendMessage(S message) {
            synchronized (this.lock) {
                if (!this.closed) {
                    super.sendMessage(message);
                }
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            synchronized (this.lock) {
                if (!this.closed) {
                    this.closed = true;
                    super.close(status, trailers);
                }
            }
        }

        @Override
        public boolean isCancelled() {
            return this.ended || super.isCancelled();
        }

        void end() {
            synchronized (this.lock) {
                if (!this.closed) {
                    this.ended = true;
                    close(GrpcErrors.of(Code.NO_LEADER), new Metadata());
                }
            }
        }

    }

    private final class LeaderCallListener<Q> extends SimpleForwardingServerCallListener<Q> {

        private final LeaderCall<Q, ?> call;

        LeaderCallListener(ServerCall.Listener<Q> listener, LeaderCall<Q, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onComplete() {
            LeaderStreams.this.calls.remove(this.call);
            if (this.call.ended) {
                // To the service, which did not end the stream, it was given up.
                super.onCancel();
            }
            else {
                super.onComplete();
            }
        }

        @Override
        public void onCancel() {
            LeaderStreams.this.calls.remove(this.call);
            super.onCancel();
        }

    }

}
