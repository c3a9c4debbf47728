/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.kvorum.proto.etcdserverpb.AuthGrpc;
import io.kvorum.proto.etcdserverpb.AuthStatusRequest;
import io.kvorum.proto.etcdserverpb.AuthStatusResponse;
import io.kvorum.proto.etcdserverpb.AuthenticateRequest;
import io.kvorum.proto.etcdserverpb.AuthenticateResponse;
import io.kvorum.server.node.KvNode;

/** Authentication, which is off: what is not here answers Unimplemented. */
final class AuthService extends AuthGrpc.AuthImplBase {

    private static final Status NOT_ENABLED = Status.FAILED_PRECONDITION
        .withDescription("etcdserver: authentication is not enabled");

    private final ResponseHeaders headers;

    AuthService(KvNode node) {
        this.headers = new ResponseHeaders(node);
    }

    @Override
    public void authStatus(AuthStatusRequest request, StreamObserver<AuthStatusResponse> observer) {
        observer.onNext(AuthStatusResponse.newBuilder().setHeader(this.headers.now()).build());
        observer.onCompleted();
    }

    @Override
    public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> observer) {
        observer.onError(NOT_ENABLED.asRuntimeException());
    }

}
