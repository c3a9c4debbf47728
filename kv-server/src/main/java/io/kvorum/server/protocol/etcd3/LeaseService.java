/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantResponse;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.proto.etcdserverpb.LeaseLeasesRequest;
import io.kvorum.proto.etcdserverpb.LeaseLeasesResponse;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeResponse;
import io.kvorum.proto.etcdserverpb.LeaseStatus;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveResponse;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.Leases;

/** Leases: grant, revoke, keep alive, look at. */
final class LeaseService extends LeaseGrpc.LeaseImplBase {

    private final KvNode node;

    private final ResponseHeaders headers;

    private final int maxKeepAlivesInFlight;

    LeaseService(KvNode node, int maxKeepAlivesInFlight) {
        this.node = node;
        this.headers = new ResponseHeaders(node);
        this.maxKeepAlivesInFlight = maxKeepAlivesInFlight;
    }

    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> observer) {
        Replies.reply(observer, () -> this.node.leases().grant(request.getID(), request.getTTL()),
                (result) -> LeaseGrantResponse.newBuilder()
                    .setHeader(this.headers.at(result.revision()))
                    .setID(result.id())
                    .setTTL(result.ttlSeconds())
                    .build());
    }

    @Override
    public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> observer) {
        Replies.reply(observer, () -> this.node.leases().revoke(request.getID()),
                (result) -> LeaseRevokeResponse.newBuilder().setHeader(this.headers.at(result.revision())).build());
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(StreamObserver<LeaseKeepAliveResponse> observer) {
        return new KeepAliveStream(this.node, this.headers, (ServerCallStreamObserver<LeaseKeepAliveResponse>) observer,
                this.maxKeepAlivesInFlight);
    }

    @Override
    public void leaseTimeToLive(LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> observer) {
        Replies.reply(observer, () -> this.node.leases().timeToLive(request.getID(), request.getKeys()),
                this::timeToLive);
    }

    @Override
    public void leaseLeases(LeaseLeasesRequest request, StreamObserver<LeaseLeasesResponse> observer) {
        Replies.reply(observer, () -> this.node.leases().list(), (ids) -> {
            LeaseLeasesResponse.Builder response = LeaseLeasesResponse.newBuilder().setHeader(this.headers.now());
            for (long id : ids) {
                response.addLeases(LeaseStatus.newBuilder().setID(id));
            }
            return response.build();
        });
    }

    private LeaseTimeToLiveResponse timeToLive(Leases.TimeToLive lease) {
        LeaseTimeToLiveResponse.Builder response = LeaseTimeToLiveResponse.newBuilder()
            .setHeader(this.headers.now())
            .setID(lease.id())
            .setTTL(lease.remainingSeconds())
            .setGrantedTTL(lease.grantedSeconds());
        for (Bytes key : lease.keys()) {
            response.addKeys(UnsafeByteOperations.unsafeWrap(key.array()));
        }
        return response.build();
    }

}
