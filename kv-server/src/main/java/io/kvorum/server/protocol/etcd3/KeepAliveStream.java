/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import io.kvorum.proto.etcdserverpb.LeaseKeepAliveRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.server.node.KvNode;

/**
 * A stream of keep-alives. A few are under way at the same time; more are not read from
 * the connection until one of them is answered.
 */
final class KeepAliveStream implements StreamObserver<LeaseKeepAliveRequest> {

    private final KvNode node;

    private final ResponseHeaders headers;

    private final ServerCallStreamObserver<LeaseKeepAliveResponse> observer;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private int inFlight;

    @GuardedBy("lock")
    private boolean inputEnded;

    @GuardedBy("lock")
    private boolean ended;

    KeepAliveStream(KvNode node, ResponseHeaders headers, ServerCallStreamObserver<LeaseKeepAliveResponse> observer,
            int maxInFlight) {
        this.node = node;
        this.headers = headers;
        this.observer = observer;
        observer.disableAutoRequest();
        observer.setOnCancelHandler(this::cancelled);
        observer.request(maxInFlight);
    }

    @Override
    public void onNext(LeaseKeepAliveRequest request) {
        synchronized (this.lock) {
            this.inFlight++;
        }
        // The header is made first: a client must not see a success at a revision where
        // the lease was already gone (etcd).
        ResponseHeader header = this.headers.now();
        this.node.leases().keepAlive(request.getID()).whenComplete((ttl, failure) -> {
            if (failure != null) {
                fail(failure);
            }
            else {
                answer(LeaseKeepAliveResponse.newBuilder()
                    .setHeader(header)
                    .setID(request.getID())
                    .setTTL(ttl)
                    .build());
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        cancelled();
    }

    @Override
    public void onCompleted() {
        synchronized (this.lock) {
            this.inputEnded = true;
            completeIfDone();
        }
    }

    private void answer(LeaseKeepAliveResponse response) {
        synchronized (this.lock) {
            this.inFlight--;
            if (!this.ended) {
                this.observer.onNext(response);
                completeIfDone();
            }
        }
        this.observer.request(1);
    }

    private void fail(Throwable failure) {
        synchronized (this.lock) {
            if (!this.ended) {
                this.ended = true;
                this.observer.onError(GrpcErrors.of(failure));
            }
        }
    }

    private void cancelled() {
        synchronized (this.lock) {
            this.ended = true;
        }
    }

    @GuardedBy("lock")
    private void completeIfDone() {
        if (this.inputEnded && this.inFlight == 0 && !this.ended) {
            this.ended = true;
            this.observer.onCompleted();
        }
    }

}
