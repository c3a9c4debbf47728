/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.proto.etcdserverpb.AlarmMember;
import io.kvorum.proto.etcdserverpb.AlarmRequest;
import io.kvorum.proto.etcdserverpb.AlarmRequest.AlarmAction;
import io.kvorum.proto.etcdserverpb.AlarmResponse;
import io.kvorum.proto.etcdserverpb.AlarmType;
import io.kvorum.proto.etcdserverpb.AuthEnableRequest;
import io.kvorum.proto.etcdserverpb.AuthGrpc;
import io.kvorum.proto.etcdserverpb.AuthStatusRequest;
import io.kvorum.proto.etcdserverpb.AuthenticateRequest;
import io.kvorum.proto.etcdserverpb.ClusterGrpc;
import io.kvorum.proto.etcdserverpb.DefragmentRequest;
import io.kvorum.proto.etcdserverpb.DefragmentResponse;
import io.kvorum.proto.etcdserverpb.HashKVRequest;
import io.kvorum.proto.etcdserverpb.HashKVResponse;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantResponse;
import io.kvorum.proto.etcdserverpb.LeaseGrpc;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.proto.etcdserverpb.LeaseLeasesRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseStatus;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveResponse;
import io.kvorum.proto.etcdserverpb.MaintenanceGrpc;
import io.kvorum.proto.etcdserverpb.MemberAddRequest;
import io.kvorum.proto.etcdserverpb.MemberListRequest;
import io.kvorum.proto.etcdserverpb.MemberListResponse;
import io.kvorum.proto.etcdserverpb.MoveLeaderRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.SnapshotRequest;
import io.kvorum.proto.etcdserverpb.SnapshotResponse;
import io.kvorum.proto.etcdserverpb.StatusRequest;
import io.kvorum.proto.etcdserverpb.StatusResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Leases, members, maintenance and auth over the wire. */
class OperatorWireTests {

    @TempDir
    private static Path directory;

    private static SoloServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new SoloServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aLeaseOwnsItsKeys() {
        LeaseGrpc.LeaseBlockingStub leases = LeaseGrpc.newBlockingStub(server.channel());
        LeaseGrantResponse granted = leases.leaseGrant(LeaseGrantRequest.newBuilder().setTTL(1).build());
        assertThat(granted.getTTL()).isEqualTo(2);
        assertThat(granted.getID()).isPositive();
        long id = granted.getID();
        put("leased", id);
        LeaseTimeToLiveResponse left = leases
            .leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(true).build());
        assertThat(left.getGrantedTTL()).isEqualTo(2);
        assertThat(left.getTTL()).isBetween(0L, 2L);
        assertThat(left.getKeysList()).containsExactly(bytes("leased"));
        assertThat(leases.leaseLeases(LeaseLeasesRequest.getDefaultInstance()).getLeasesList())
            .contains(LeaseStatus.newBuilder().setID(id).build());
        leases.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(id).build());
        assertThat(KVGrpc.newBlockingStub(server.channel())
            .range(RangeRequest.newBuilder().setKey(bytes("leased")).build())
            .getCount()).isZero();
        assertThat(leases.leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder().setID(id).build()).getTTL())
            .isEqualTo(-1);
    }

    @Test
    void leasesRefuse() {
        LeaseGrpc.LeaseBlockingStub leases = LeaseGrpc.newBlockingStub(server.channel());
        leases.leaseGrant(LeaseGrantRequest.newBuilder().setID(77).setTTL(100).build());
        assertRefused(Status.Code.FAILED_PRECONDITION, "etcdserver: lease already exists",
                () -> leases.leaseGrant(LeaseGrantRequest.newBuilder().setID(77).setTTL(100).build()));
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: too large lease TTL",
                () -> leases.leaseGrant(LeaseGrantRequest.newBuilder().setTTL(9_000_000_001L).build()));
        assertRefused(Status.Code.NOT_FOUND, "etcdserver: requested lease not found",
                () -> leases.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(78).build()));
    }

    @Test
    void keepAlivesAreAnsweredOnOneStream() throws Exception {
        LeaseGrpc.newBlockingStub(server.channel())
            .leaseGrant(LeaseGrantRequest.newBuilder().setID(500).setTTL(100).build());
        Heard<LeaseKeepAliveResponse> answers = new Heard<>();
        StreamObserver<LeaseKeepAliveRequest> stream = LeaseGrpc.newStub(server.channel()).leaseKeepAlive(answers);
        stream.onNext(LeaseKeepAliveRequest.newBuilder().setID(500).build());
        LeaseKeepAliveResponse alive = answers.next();
        assertThat(alive.getID()).isEqualTo(500);
        assertThat(alive.getTTL()).isEqualTo(100);
        assertThat(alive.getHeader().getRevision()).isPositive();
        stream.onNext(LeaseKeepAliveRequest.newBuilder().setID(501).build());
        LeaseKeepAliveResponse unknown = answers.next();
        assertThat(unknown.getID()).isEqualTo(501);
        assertThat(unknown.getTTL()).isZero();
        // More than may be in flight at once.
        for (int i = 0; i < 1000; i++) {
            stream.onNext(LeaseKeepAliveRequest.newBuilder().setID(500).build());
        }
        stream.onCompleted();
        for (int i = 0; i < 1000; i++) {
            assertThat(answers.next().getTTL()).isEqualTo(100);
        }
        assertThat(answers.end()).isEqualTo(Status.Code.OK);
    }

    @Test
    void statusTellsVersionSizeAndLeader() {
        StatusResponse status = maintenance().status(StatusRequest.getDefaultInstance());
        assertThat(status.getVersion()).isEqualTo(Etcd3Settings.ETCD_VERSION);
        assertThat(status.getLeader()).isEqualTo(SoloServer.MEMBER_ID);
        assertThat(status.getDbSize()).isPositive();
        assertThat(status.getRaftTerm()).isEqualTo(2);
        assertThat(status.getDbSizeQuota()).isEqualTo(2L << 30);
        assertThat(status.getErrorsList()).isEmpty();
        assertThat(status.getHeader().getRevision()).isPositive();
    }

    @Test
    void alarmsAreRaisedListedAndCleared() {
        AlarmRequest corrupt = AlarmRequest.newBuilder().setMemberID(9).setAlarm(AlarmType.CORRUPT).build();
        AlarmMember alarm = AlarmMember.newBuilder().setMemberID(9).setAlarm(AlarmType.CORRUPT).build();
        AlarmResponse nothing = maintenance().alarm(AlarmRequest.newBuilder().setAction(AlarmAction.ACTIVATE).build());
        assertThat(nothing.getAlarmsList()).isEmpty();
        assertThat(maintenance().alarm(corrupt.toBuilder().setAction(AlarmAction.ACTIVATE).build()).getAlarmsList())
            .containsExactly(alarm);
        try {
            assertThat(maintenance().alarm(AlarmRequest.getDefaultInstance()).getAlarmsList()).containsExactly(alarm);
            assertThat(
                    maintenance().alarm(AlarmRequest.newBuilder().setAlarm(AlarmType.NOSPACE).build()).getAlarmsList())
                .isEmpty();
            assertRefused(Status.Code.DATA_LOSS, "etcdserver: corrupt cluster", () -> put("a", 0));
        }
        finally {
            assertThat(
                    maintenance().alarm(corrupt.toBuilder().setAction(AlarmAction.DEACTIVATE).build()).getAlarmsList())
                .containsExactly(alarm);
        }
        assertThat(maintenance().alarm(AlarmRequest.getDefaultInstance()).getAlarmsList()).isEmpty();
    }

    @Test
    void aSnapshotEndsWithItsHash() throws Exception {
        put("snapshot", 0);
        List<SnapshotResponse> parts = new ArrayList<>();
        maintenance().snapshot(SnapshotRequest.getDefaultInstance()).forEachRemaining(parts::add);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        long left = -1;
        for (SnapshotResponse part : parts.subList(0, parts.size() - 1)) {
            assertThat(part.getBlob().size()).isBetween(1, 32 * 1024);
            part.getBlob().writeTo(data);
            if (left >= 0) {
                assertThat(part.getRemainingBytes()).isEqualTo(left - part.getBlob().size());
            }
            left = part.getRemainingBytes();
        }
        assertThat(left).isZero();
        assertThat(data.size()).isPositive();
        assertThat(data.size() % 512).isZero();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(data.toByteArray());
        assertThat(parts.get(parts.size() - 1).getBlob()).isEqualTo(ByteString.copyFrom(hash));
    }

    @Test
    void hashesAreThoseOfARevision() {
        put("hashed", 0);
        HashKVResponse hash = maintenance().hashKV(HashKVRequest.getDefaultInstance());
        long revision = hash.getHashRevision();
        put("hashed", 0);
        assertThat(maintenance().hashKV(HashKVRequest.newBuilder().setRevision(revision).build()).getHash())
            .isEqualTo(hash.getHash());
        assertThat(maintenance().hashKV(HashKVRequest.getDefaultInstance()).getHash()).isNotEqualTo(hash.getHash());
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision",
                () -> maintenance().hashKV(HashKVRequest.newBuilder().setRevision(1L << 40).build()));
    }

    @Test
    void defragmentsAndMovesNoLeaderInAGroupOfOne() {
        assertThat(maintenance().defragment(DefragmentRequest.getDefaultInstance()))
            .isEqualTo(DefragmentResponse.getDefaultInstance());
        assertRefused(Status.Code.FAILED_PRECONDITION, "etcdserver: bad leader transferee",
                () -> maintenance().moveLeader(MoveLeaderRequest.newBuilder().setTargetID(1).build()));
    }

    @Test
    void membersHaveNoRevision() {
        MemberListResponse members = ClusterGrpc.newBlockingStub(server.channel())
            .memberList(MemberListRequest.newBuilder().setLinearizable(true).build());
        assertThat(members.getHeader().getRevision()).isZero();
        assertThat(members.getHeader().getMemberId()).isEqualTo(SoloServer.MEMBER_ID);
        assertThat(members.getMembersList()).singleElement().satisfies((member) -> {
            assertThat(member.getID()).isEqualTo(SoloServer.MEMBER_ID);
            assertThat(member.getPeerURLsList()).containsExactly("http://127.0.0.1:2380");
        });
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class,
                () -> ClusterGrpc.newBlockingStub(server.channel()).memberAdd(MemberAddRequest.getDefaultInstance()));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void authIsOff() {
        AuthGrpc.AuthBlockingStub auth = AuthGrpc.newBlockingStub(server.channel());
        assertThat(auth.authStatus(AuthStatusRequest.getDefaultInstance()).getEnabled()).isFalse();
        assertRefused(Status.Code.FAILED_PRECONDITION, "etcdserver: authentication is not enabled",
                () -> auth.authenticate(AuthenticateRequest.newBuilder().setName("root").build()));
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class,
                () -> auth.authEnable(AuthEnableRequest.getDefaultInstance()));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private static MaintenanceGrpc.MaintenanceBlockingStub maintenance() {
        return MaintenanceGrpc.newBlockingStub(server.channel());
    }

    private static void put(String key, long lease) {
        KVGrpc.newBlockingStub(server.channel())
            .put(PutRequest.newBuilder().setKey(bytes(key)).setLease(lease).build());
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static void assertRefused(Status.Code code, String text, ThrowingCallable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getDescription()).isEqualTo(text);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    }

    /** Keeps what a stream says until a test asks. */
    private static final class Heard<T> implements StreamObserver<T> {

        private final BlockingQueue<T> answers = new LinkedBlockingQueue<>();

        private final BlockingQueue<Status.Code> ends = new LinkedBlockingQueue<>();

        @Override
        public void onNext(T answer) {
            this.answers.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
            this.ends.add(Status.fromThrowable(failure).getCode());
        }

        @Override
        public void onCompleted() {
            this.ends.add(Status.Code.OK);
        }

        T next() throws InterruptedException {
            T answer = this.answers.poll(10, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            return answer;
        }

        Status.Code end() throws InterruptedException {
            Status.Code end = this.ends.poll(10, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            return end;
        }

    }

}
