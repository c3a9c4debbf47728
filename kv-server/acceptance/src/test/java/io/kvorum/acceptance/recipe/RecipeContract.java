/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.recipe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.mvccpb.KeyValue;
import io.kvorum.proto.v3electionpb.CampaignRequest;
import io.kvorum.proto.v3electionpb.CampaignResponse;
import io.kvorum.proto.v3electionpb.ElectionGrpc;
import io.kvorum.proto.v3electionpb.LeaderKey;
import io.kvorum.proto.v3electionpb.LeaderRequest;
import io.kvorum.proto.v3electionpb.LeaderResponse;
import io.kvorum.proto.v3electionpb.ProclaimRequest;
import io.kvorum.proto.v3electionpb.ResignRequest;
import io.kvorum.proto.v3lockpb.LockGrpc;
import io.kvorum.proto.v3lockpb.LockRequest;
import io.kvorum.proto.v3lockpb.LockResponse;
import io.kvorum.proto.v3lockpb.UnlockRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Locks and elections as the server keeps them. Each test has a name of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecipeContract {

    private static final long MISSING_LEASE = 4711;

    private final ClusterProcess server;

    private final KvClient client;

    private ByteString name = ByteString.EMPTY;

    RecipeContract(Product product) {
        this.server = ClusterProcess.inMemory(product);
        this.client = new KvClient(this.server.member(0).endpoint());
    }

    @BeforeEach
    void nameOfTheTest(TestInfo test) {
        this.name = bytes(test.getDisplayName());
    }

    @AfterAll
    void stop() {
        this.client.close();
        this.server.close();
    }

    @Test
    void aLockIsAKeyNamedAfterItsLease() {
        long lease = lease(60);
        LockResponse held = lock(lease).next();
        assertThat(held.getKey()).isEqualTo(this.name.concat(bytes("/" + Long.toHexString(lease))));
        KeyValue key = contenders().get(0);
        assertThat(key.getLease()).isEqualTo(lease);
        assertThat(key.getValue()).isEmpty();
        assertThat(held.getHeader().getRevision()).isEqualTo(key.getCreateRevision());
        assertThat(lock(lease).next().getKey()).isEqualTo(held.getKey());
        assertThat(contenders()).containsExactly(key);
    }

    @Test
    void whoBringsNoLeaseGetsOneForAMinute() {
        lock(0).next();
        long lease = contenders().get(0).getLease();
        assertThat(this.client.lease()
            .leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder().setID(lease).build())
            .getGrantedTTL()).isEqualTo(60);
    }

    @Test
    void waitersGetTheLockInTheOrderTheyCame() {
        LockResponse first = lock(lease(60)).next();
        Pending<LockRequest, LockResponse> second = waitingLock(lease(60));
        Pending<LockRequest, LockResponse> third = waitingLock(lease(60));
        long unlocked = unlock(first.getKey());
        LockResponse next = second.next();
        assertThat(next.getHeader().getRevision()).isGreaterThanOrEqualTo(unlocked);
        assertThat(third.isWaiting()).isTrue();
        unlock(next.getKey());
        unlock(third.next().getKey());
        assertThat(contenders()).isEmpty();
    }

    @Test
    void aLockEndsWithItsLease() {
        long lease = lease(60);
        lock(lease).next();
        Pending<LockRequest, LockResponse> waiting = waitingLock(lease(60));
        revoke(lease);
        assertThat(contenders()).extracting(KeyValue::getKey).containsExactly(waiting.next().getKey());
    }

    @Test
    void aLockEndsWhenItsLeaseExpires() {
        lock(lease(2)).next();
        Pending<LockRequest, LockResponse> waiting = waitingLock(lease(60));
        assertThat(waiting.next().getKey()).isEqualTo(contenders().get(0).getKey());
    }

    @Test
    void aWaiterThatGivesUpLeavesNoKey() {
        LockResponse first = lock(lease(60)).next();
        Pending<LockRequest, LockResponse> second = waitingLock(lease(60));
        Pending<LockRequest, LockResponse> third = waitingLock(lease(60));
        second.giveUp();
        awaitContenders(2);
        assertThat(third.isWaiting()).isTrue();
        unlock(first.getKey());
        assertThat(third.next().getKey()).isEqualTo(contenders().get(0).getKey());
    }

    @Test
    void aWaiterWithADeadlineLeavesNoKey() {
        lock(lease(60)).next();
        Pending<LockRequest, LockResponse> waiting = new Pending<>();
        LockGrpc.newStub(this.client.channel())
            .withDeadlineAfter(500, TimeUnit.MILLISECONDS)
            .lock(lockRequest(lease(60)), waiting);
        awaitContenders(2);
        assertThat(waiting.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitContenders(1);
    }

    @Test
    void aWaiterWhoseConnectionEndsLeavesNoKey() {
        lock(lease(60)).next();
        try (KvClient other = new KvClient(this.server.member(0).endpoint())) {
            LockGrpc.newStub(other.channel()).lock(lockRequest(lease(60)), new Pending<>());
            awaitContenders(2);
        }
        awaitContenders(1);
    }

    @Test
    void locksRefuse() {
        refused("etcdserver: requested lease not found", lock(MISSING_LEASE).end());
        refused("etcdserver: key is not provided", () -> unlock(ByteString.EMPTY));
        assertThat(unlock(bytes("nobody/holds-this"))).isPositive();
    }

    @Test
    void aLeaderIsElectedAndResigns() {
        long lease = lease(60);
        CampaignResponse elected = campaign(lease, "a").next();
        LeaderKey key = elected.getLeader();
        assertThat(key.getName()).isEqualTo(this.name);
        assertThat(key.getKey()).isEqualTo(this.name.concat(bytes("/" + Long.toHexString(lease))));
        assertThat(key.getLease()).isEqualTo(lease);
        assertThat(key.getRev()).isEqualTo(elected.getHeader().getRevision());
        Pending<CampaignRequest, CampaignResponse> waiting = waitingCampaign(lease(60), "b");
        KeyValue leader = leader().getKv();
        assertThat(leader.getValue()).isEqualTo(bytes("a"));
        assertThat(leader.getCreateRevision()).isEqualTo(key.getRev());
        long proclaimed = proclaim(key, "a2");
        assertThat(leader().getKv().getModRevision()).isEqualTo(proclaimed);
        resign(key);
        waiting.next();
        assertThat(leader().getKv().getValue()).isEqualTo(bytes("b"));
        refused("election: not leader", () -> proclaim(key, "a3"));
        resign(key);
        assertThat(leader().getKv().getValue()).isEqualTo(bytes("b"));
    }

    @Test
    void aLeaderThatCampaignsAgainChangesItsValue() {
        long lease = lease(60);
        CampaignResponse first = campaign(lease, "a").next();
        CampaignResponse again = campaign(lease, "b").next();
        assertThat(again.getLeader()).isEqualTo(first.getLeader());
        assertThat(leader().getKv().getValue()).isEqualTo(bytes("b"));
        assertThat(leader().getKv().getVersion()).isEqualTo(2);
    }

    @Test
    void leadershipEndsWhenItsLeaseExpires() {
        campaign(lease(2), "a").next();
        Pending<CampaignRequest, CampaignResponse> waiting = waitingCampaign(lease(60), "b");
        waiting.next();
        assertThat(leader().getKv().getValue()).isEqualTo(bytes("b"));
    }

    @Test
    void aCandidateThatGivesUpLeavesNoKey() {
        CampaignResponse first = campaign(lease(60), "a").next();
        Pending<CampaignRequest, CampaignResponse> waiting = waitingCampaign(lease(60), "b");
        waiting.giveUp();
        awaitContenders(1);
        resign(first.getLeader());
        refused("election: no leader", this::leader);
    }

    @Test
    void observersHearOfEveryLeaderAndValue() {
        Pending<LeaderRequest, LeaderResponse> observer = new Pending<>();
        ElectionGrpc.newStub(this.client.channel()).observe(leaderRequest(), observer);
        CampaignResponse first = campaign(lease(60), "a").next();
        LeaderResponse heard = observer.next();
        assertThat(heard.getKv()).isEqualTo(leader().getKv());
        assertThat(heard.getHeader().getRevision()).isEqualTo(first.getLeader().getRev());
        long proclaimed = proclaim(first.getLeader(), "a2");
        LeaderResponse second = observer.next();
        assertThat(second.getKv().getValue()).isEqualTo(bytes("a2"));
        assertThat(second.getHeader().getRevision()).isEqualTo(proclaimed);
        Pending<CampaignRequest, CampaignResponse> waiting = waitingCampaign(lease(60), "b");
        resign(first.getLeader());
        LeaderKey next = waiting.next().getLeader();
        assertThat(observer.next().getKv().getValue()).isEqualTo(bytes("b"));
        resign(next);
        campaign(lease(60), "c").next();
        assertThat(observer.next().getKv().getValue()).isEqualTo(bytes("c"));
        Pending<LeaderRequest, LeaderResponse> late = new Pending<>();
        ElectionGrpc.newStub(this.client.channel()).observe(leaderRequest(), late);
        assertThat(late.next().getKv()).isEqualTo(leader().getKv());
        observer.giveUp();
        late.giveUp();
        assertThat(observer.end().getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void electionsRefuse() {
        refused("election: no leader", this::leader);
        refused("etcdserver: requested lease not found", campaign(MISSING_LEASE, "a").end());
        refused("\"leader\" field must be provided",
                () -> elections().proclaim(ProclaimRequest.newBuilder().setValue(bytes("a")).build()));
        refused("\"leader\" field must be provided", () -> elections().resign(ResignRequest.getDefaultInstance()));
        refused("etcdserver: key is not provided",
                () -> proclaim(LeaderKey.newBuilder().setLease(MISSING_LEASE).build(), "a"));
        refused("election: not leader",
                () -> proclaim(LeaderKey.newBuilder().setKey(bytes("nobody")).setRev(1).setLease(MISSING_LEASE).build(),
                        "a"));
    }

    final Pending<LockRequest, LockResponse> lock(long lease) {
        Pending<LockRequest, LockResponse> pending = new Pending<>();
        LockGrpc.newStub(this.client.channel()).lock(lockRequest(lease), pending);
        return pending;
    }

    /** Returns when the caller has its place behind all who came before. */
    final Pending<LockRequest, LockResponse> waitingLock(long lease) {
        int before = contenders().size();
        Pending<LockRequest, LockResponse> pending = lock(lease);
        awaitContenders(before + 1);
        assertThat(pending.isWaiting()).isTrue();
        return pending;
    }

    final long unlock(ByteString key) {
        return LockGrpc.newBlockingStub(this.client.channel())
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .unlock(UnlockRequest.newBuilder().setKey(key).build())
            .getHeader()
            .getRevision();
    }

    final Pending<CampaignRequest, CampaignResponse> waitingCampaign(long lease, String value) {
        int before = contenders().size();
        Pending<CampaignRequest, CampaignResponse> pending = campaign(lease, value);
        awaitContenders(before + 1);
        assertThat(pending.isWaiting()).isTrue();
        return pending;
    }

    final long lease(long ttl) {
        return this.client.lease().leaseGrant(LeaseGrantRequest.newBuilder().setTTL(ttl).build()).getID();
    }

    final void revoke(long lease) {
        this.client.lease().leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
    }

    final void resign(LeaderKey key) {
        elections().resign(ResignRequest.newBuilder().setLeader(key).build());
    }

    final Pending<CampaignRequest, CampaignResponse> campaign(long lease, String value) {
        Pending<CampaignRequest, CampaignResponse> pending = new Pending<>();
        CampaignRequest request = CampaignRequest.newBuilder()
            .setName(this.name)
            .setLease(lease)
            .setValue(bytes(value))
            .build();
        ElectionGrpc.newStub(this.client.channel()).campaign(request, pending);
        return pending;
    }

    static void refused(String text, Status status) {
        assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(status.getDescription()).isEqualTo(text);
    }

    private static void refused(String text, ThrowingCallable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        refused(text, refusal.getStatus());
    }

    private LeaderResponse leader() {
        return elections().leader(leaderRequest());
    }

    private long proclaim(LeaderKey key, String value) {
        return elections().proclaim(ProclaimRequest.newBuilder().setLeader(key).setValue(bytes(value)).build())
            .getHeader()
            .getRevision();
    }

    private ElectionGrpc.ElectionBlockingStub elections() {
        return ElectionGrpc.newBlockingStub(this.client.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private LockRequest lockRequest(long lease) {
        return LockRequest.newBuilder().setName(this.name).setLease(lease).build();
    }

    private LeaderRequest leaderRequest() {
        return LeaderRequest.newBuilder().setName(this.name).build();
    }

    private List<KeyValue> contenders() {
        return this.client.kv()
            .range(RangeRequest.newBuilder()
                .setKey(this.name.concat(bytes("/")))
                .setRangeEnd(this.name.concat(bytes("0")))
                .build())
            .getKvsList();
    }

    private void awaitContenders(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> contenders().size() == count);
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

}
