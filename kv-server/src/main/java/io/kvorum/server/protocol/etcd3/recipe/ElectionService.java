/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import io.kvorum.proto.v3electionpb.CampaignRequest;
import io.kvorum.proto.v3electionpb.CampaignResponse;
import io.kvorum.proto.v3electionpb.ElectionGrpc;
import io.kvorum.proto.v3electionpb.LeaderKey;
import io.kvorum.proto.v3electionpb.LeaderRequest;
import io.kvorum.proto.v3electionpb.LeaderResponse;
import io.kvorum.proto.v3electionpb.ProclaimRequest;
import io.kvorum.proto.v3electionpb.ProclaimResponse;
import io.kvorum.proto.v3electionpb.ResignRequest;
import io.kvorum.proto.v3electionpb.ResignResponse;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.ResponseHeaders;

/**
 * Elections of a leader among leases ({@code v3electionpb.Election}). Any thread; nothing
 * blocks.
 */
public final class ElectionService extends ElectionGrpc.ElectionImplBase {

    private static final String NOT_LEADER = "election: not leader";

    private final KvNode node;

    private final Contests contests;

    private final ResponseHeaders headers;

    /**
     * Creates the service.
     * @param node the member
     * @param maxRequestBytes size of a name with a value (etcd: max-request-bytes); at
     * the limit the request is refused
     */
    public ElectionService(KvNode node, int maxRequestBytes) {
        this.node = node;
        this.contests = new Contests(node, maxRequestBytes);
        this.headers = new ResponseHeaders(node);
    }

    @Override
    public void campaign(CampaignRequest request, StreamObserver<CampaignResponse> observer) {
        Contest contest = Contest.of(request.getName());
        Bytes value = Contests.bytes(request.getValue());
        Calls.answer(observer,
                (gone) -> this.contests.lease(request.getLease())
                    .thenCompose((lease) -> this.contests.enter(contest, lease, value, gone))
                    .thenCompose((entry) -> withValue(entry, value))
                    .thenCompose((entry) -> elected(contest, entry, gone))
                    .thenApply((entry) -> CampaignResponse.newBuilder()
                        .setHeader(this.headers.at(entry.revision()))
                        .setLeader(leaderKey(request, entry.contender()))
                        .build()));
    }

    @Override
    public void proclaim(ProclaimRequest request, StreamObserver<ProclaimResponse> observer) {
        Calls.answer(observer, (gone) -> {
            LeaderKey leader = required(request.hasLeader(), request.getLeader());
            return this.contests.lease(leader.getLease())
                .thenCompose(
                        (lease) -> this.contests.proclaim(contender(leader, lease), Contests.bytes(request.getValue())))
                .thenApply((result) -> {
                    if (!result.succeeded()) {
                        throw Calls.error(NOT_LEADER);
                    }
                    return ProclaimResponse.newBuilder().setHeader(this.headers.at(result.revision())).build();
                });
        });
    }

    @Override
    public void leader(LeaderRequest request, StreamObserver<LeaderResponse> observer) {
        Contest contest = Contest.of(request.getName());
        Calls.answer(observer,
                (gone) -> this.node.range(contest.oldest(), Consistency.LINEARIZABLE).thenApply((result) -> {
                    List<KeyValue> kvs = result.range().kvs();
                    if (kvs.isEmpty()) {
                        throw Calls.error("election: no leader");
                    }
                    return Observation.response(this.headers, result.revision(), kvs.get(0));
                }));
    }

    @Override
    public void observe(LeaderRequest request, StreamObserver<LeaderResponse> observer) {
        new Observation(this.node, this.headers, Contest.of(request.getName()),
                (ServerCallStreamObserver<LeaderResponse>) observer)
            .start();
    }

    @Override
    public void resign(ResignRequest request, StreamObserver<ResignResponse> observer) {
        Calls.answer(observer, (gone) -> {
            LeaderKey leader = required(request.hasLeader(), request.getLeader());
            // etcd: who does not lead any more has nothing to resign from, which is no
            // error.
            return this.contests.leave(contender(leader, leader.getLease()))
                .thenApply(
                        (result) -> ResignResponse.newBuilder().setHeader(this.headers.at(result.revision())).build());
        });
    }

    /** A lease that took part already gets the new value at the place it has. */
    private CompletableFuture<Entry> withValue(Entry entry, Bytes value) {
        KeyValue former = entry.former();
        if (former == null || former.value().equals(value)) {
            return CompletableFuture.completedFuture(entry);
        }
        return this.contests.proclaim(entry.contender(), value).thenApply((result) -> {
            if (!result.succeeded()) {
                throw Calls.error(NOT_LEADER);
            }
            return entry;
        }).whenComplete((done, failure) -> {
            if (failure != null) {
                this.contests.leave(entry.contender());
            }
        });
    }

    private CompletableFuture<Entry> elected(Contest contest, Entry entry, CompletableFuture<Void> gone) {
        if (entry.first()) {
            return CompletableFuture.completedFuture(entry);
        }
        return this.contests.awaitTurn(contest, entry.contender(), gone).whenComplete((revision, failure) -> {
            // etcd: after an error the candidate keeps its place for another try.
            if (failure != null && gone.isDone()) {
                this.contests.leave(entry.contender());
            }
        }).thenApply((revision) -> {
            if (revision < 0) {
                // etcd does not look and would call a candidate without a key the leader.
                throw Calls.error(NOT_LEADER);
            }
            return entry;
        });
    }

    private static LeaderKey required(boolean there, LeaderKey leader) {
        if (!there) {
            throw Calls.error("\"leader\" field must be provided");
        }
        return leader;
    }

    private static Contender contender(LeaderKey leader, long lease) {
        return new Contender(Contests.bytes(leader.getKey()), leader.getRev(), lease);
    }

    private static LeaderKey leaderKey(CampaignRequest request, Contender contender) {
        return LeaderKey.newBuilder()
            .setName(request.getName())
            .setKey(UnsafeByteOperations.unsafeWrap(contender.key().array()))
            .setRev(contender.createRevision())
            .setLease(contender.lease())
            .build();
    }

}
