/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.Cluster;

/**
 * Refuses calls that ask for a leader when there is none, and has an eye on the streams
 * among them.
 */
final class RequireLeader implements ServerInterceptor {

    private static final Metadata.Key<String> HAS_LEADER = Metadata.Key.of("hasleader",
            Metadata.ASCII_STRING_MARSHALLER);

    private final Cluster cluster;

    private final LeaderStreams streams;

    RequireLeader(Cluster cluster, LeaderStreams streams) {
        this.cluster = cluster;
        this.streams = streams;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(ServerCall<Q, S> call, Metadata headers,
            ServerCallHandler<Q, S> next) {
        if (!"true".equals(headers.get(HAS_LEADER))) {
            return next.startCall(call, headers);
        }
        if (this.cluster.leader().equals(MemberId.NONE)) {
            call.close(GrpcErrors.of(Code.NO_LEADER), new Metadata());
            return new ServerCall.Listener<>() {
            };
        }
        boolean unary = call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY;
        return unary ? next.startCall(call, headers) : this.streams.start(call, headers, next);
    }

}
