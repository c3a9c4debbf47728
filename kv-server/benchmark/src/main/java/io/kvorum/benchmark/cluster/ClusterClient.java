/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.grpc.StatusRuntimeException;
import io.kvorum.benchmark.load.Connections;
import io.kvorum.proto.etcdserverpb.HashKVRequest;
import io.kvorum.proto.etcdserverpb.HashKVResponse;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.MaintenanceGrpc;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.StatusRequest;
import io.kvorum.proto.etcdserverpb.StatusResponse;

/** Questions to single members, asked one after the other. */
public final class ClusterClient implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final Cluster cluster;

    private final Connections connections;

    /**
     * Opens a connection to each member.
     * @param cluster the cluster
     */
    public ClusterClient(Cluster cluster) {
        this.cluster = cluster;
        this.connections = new Connections(cluster.endpoints(), 1, 1);
    }

    /**
     * The member that says that it is the leader; waits until there is one.
     * @return the leader
     */
    public Member leader() {
        List<Member> found = new ArrayList<>();
        boolean settled = Patience.await(() -> {
            for (int i = 0; i < this.connections.endpointCount() && found.isEmpty(); i++) {
                if (leads(i)) {
                    found.add(this.cluster.members().get(i));
                }
            }
            return !found.isEmpty();
        }, Duration.ofMillis(50), ANSWER_LIMIT);
        if (!settled) {
            throw new IllegalStateException("no member leads");
        }
        return found.get(0);
    }

    private boolean leads(int member) {
        try {
            StatusResponse status = this.connections.ask(member, MaintenanceGrpc.getStatusMethod(),
                    StatusRequest.getDefaultInstance(), ANSWER_LIMIT);
            return status.getLeader() != 0 && status.getLeader() == status.getHeader().getMemberId();
        }
        catch (StatusRuntimeException ex) {
            return false;
        }
    }

    /**
     * Reads from one member.
     * @param member number of the member
     * @param request what to read
     * @return the answer
     */
    public RangeResponse range(int member, RangeRequest request) {
        return this.connections.ask(member, KVGrpc.getRangeMethod(), request, ANSWER_LIMIT);
    }

    /**
     * Hash of the store of one member.
     * @param member number of the member
     * @param revision up to this revision
     * @return the answer
     */
    public HashKVResponse hash(int member, long revision) {
        return this.connections.ask(member, MaintenanceGrpc.getHashKVMethod(),
                HashKVRequest.newBuilder().setRevision(revision).build(), ANSWER_LIMIT);
    }

    @Override
    public void close() {
        this.connections.close();
    }

}
