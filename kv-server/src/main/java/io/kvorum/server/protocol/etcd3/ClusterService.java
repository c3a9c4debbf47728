/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.grpc.stub.StreamObserver;
import io.kvorum.proto.etcdserverpb.ClusterGrpc;
import io.kvorum.proto.etcdserverpb.Member;
import io.kvorum.proto.etcdserverpb.MemberListRequest;
import io.kvorum.proto.etcdserverpb.MemberListResponse;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;

/** The members of the cluster. */
final class ClusterService extends ClusterGrpc.ClusterImplBase {

    private final KvNode node;

    private final ResponseHeaders headers;

    ClusterService(KvNode node) {
        this.node = node;
        this.headers = new ResponseHeaders(node);
    }

    @Override
    public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> observer) {
        Consistency consistency = request.getLinearizable() ? Consistency.LINEARIZABLE : Consistency.SERIALIZABLE;
        Replies.reply(observer, () -> this.node.cluster().members(consistency), (members) -> {
            MemberListResponse.Builder response = MemberListResponse.newBuilder()
                .setHeader(this.headers.withoutRevision());
            members.forEach((member) -> response.addMembers(member(member)));
            return response.build();
        });
    }

    private static Member member(Cluster.Member member) {
        return Member.newBuilder()
            .setID(member.id().value())
            .setName(member.name())
            .addAllPeerURLs(member.peerUrls())
            .addAllClientURLs(member.clientUrls())
            .setIsLearner(member.learner())
            .build();
    }

}
