/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kvorum.proto.etcdserverpb.AlarmMember;
import io.kvorum.proto.etcdserverpb.AlarmRequest;
import io.kvorum.proto.etcdserverpb.AlarmRequest.AlarmAction;
import io.kvorum.proto.etcdserverpb.AlarmResponse;
import io.kvorum.proto.etcdserverpb.DefragmentRequest;
import io.kvorum.proto.etcdserverpb.DefragmentResponse;
import io.kvorum.proto.etcdserverpb.DowngradeInfo;
import io.kvorum.proto.etcdserverpb.DowngradeRequest;
import io.kvorum.proto.etcdserverpb.DowngradeResponse;
import io.kvorum.proto.etcdserverpb.HashKVRequest;
import io.kvorum.proto.etcdserverpb.HashKVResponse;
import io.kvorum.proto.etcdserverpb.HashRequest;
import io.kvorum.proto.etcdserverpb.HashResponse;
import io.kvorum.proto.etcdserverpb.MaintenanceGrpc;
import io.kvorum.proto.etcdserverpb.MoveLeaderRequest;
import io.kvorum.proto.etcdserverpb.MoveLeaderResponse;
import io.kvorum.proto.etcdserverpb.SnapshotRequest;
import io.kvorum.proto.etcdserverpb.SnapshotResponse;
import io.kvorum.proto.etcdserverpb.StatusRequest;
import io.kvorum.proto.etcdserverpb.StatusResponse;
import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.Maintenance;

/** What an operator asks of this member. */
final class MaintenanceService extends MaintenanceGrpc.MaintenanceImplBase {

    private final KvNode node;

    private final ResponseHeaders headers;

    private final Etcd3Settings settings;

    MaintenanceService(KvNode node, Etcd3Settings settings) {
        this.node = node;
        this.headers = new ResponseHeaders(node);
        this.settings = settings;
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
        Maintenance.Status status = this.node.maintenance().status();
        Cluster cluster = this.node.cluster();
        observer.onNext(StatusResponse.newBuilder()
            .setHeader(this.headers.at(status.revision()))
            .setVersion(this.settings.version())
            .setDbSize(status.dbSizeBytes())
            .setLeader(cluster.leader().value())
            .setRaftIndex(status.raftIndex())
            .setRaftTerm(cluster.term())
            .setRaftAppliedIndex(status.raftAppliedIndex())
            .addAllErrors(status.errors())
            .setDbSizeInUse(status.dbSizeInUseBytes())
            .setIsLearner(status.learner())
            .setStorageVersion(this.settings.version())
            .setDbSizeQuota(status.quotaBytes())
            .setDowngradeInfo(DowngradeInfo.getDefaultInstance())
            .build());
        observer.onCompleted();
    }

    @Override
    public void alarm(AlarmRequest request, StreamObserver<AlarmResponse> observer) {
        Replies.reply(observer, () -> alarms(request), (alarms) -> {
            AlarmResponse.Builder response = AlarmResponse.newBuilder().setHeader(this.headers.now());
            alarms.forEach((alarm) -> response.addAlarms(
                    AlarmMember.newBuilder().setMemberID(alarm.memberId()).setAlarm(Alarms.toProto(alarm.type()))));
            return response.build();
        });
    }

    private CompletableFuture<List<Result.Alarm>> alarms(AlarmRequest request) {
        AlarmType type = Alarms.fromProto(request.getAlarm());
        if (request.getAction() == AlarmAction.GET) {
            return CompletableFuture.completedFuture(this.node.maintenance()
                .alarms()
                .stream()
                .filter((alarm) -> type == null || alarm.type() == type)
                .toList());
        }
        if (type == null || request.getAction() == AlarmAction.UNRECOGNIZED) {
            // etcd: raising or clearing no alarm does nothing, and is no error.
            return CompletableFuture.completedFuture(List.of());
        }
        boolean active = request.getAction() == AlarmAction.ACTIVATE;
        return this.node.propose(new Command.SetAlarm(request.getMemberID(), type, active))
            .thenApply(Result.Alarms::changed);
    }

    @Override
    public void defragment(DefragmentRequest request, StreamObserver<DefragmentResponse> observer) {
        Replies.reply(observer, () -> this.node.maintenance().defragment(),
                (done) -> DefragmentResponse.getDefaultInstance());
    }

    @Override
    public void hash(HashRequest request, StreamObserver<HashResponse> observer) {
        Replies.reply(observer, () -> this.node.maintenance().hash(0),
                (hash) -> HashResponse.newBuilder().setHeader(this.headers.now()).setHash(hash.hash()).build());
    }

    @Override
    public void hashKV(HashKVRequest request, StreamObserver<HashKVResponse> observer) {
        Replies.reply(observer, () -> this.node.maintenance().hash(request.getRevision()),
                (hash) -> HashKVResponse.newBuilder()
                    .setHeader(this.headers.now())
                    .setHash(hash.hash())
                    .setCompactRevision(hash.compactRevision())
                    .setHashRevision(hash.revision())
                    .build());
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> observer) {
        SnapshotStream stream = new SnapshotStream((ServerCallStreamObserver<SnapshotResponse>) observer,
                this.settings.version(), this.settings.limits().snapshotStall());
        this.node.maintenance().snapshot(stream).whenComplete((done, failure) -> stream.finished(failure));
    }

    @Override
    public void moveLeader(MoveLeaderRequest request, StreamObserver<MoveLeaderResponse> observer) {
        Replies.reply(observer, () -> {
            Cluster cluster = this.node.cluster();
            if (!cluster.self().equals(cluster.leader())) {
                throw new KvException(Code.NOT_LEADER);
            }
            return cluster.moveLeader(new MemberId(request.getTargetID()));
        }, (done) -> MoveLeaderResponse.getDefaultInstance());
    }

    @Override
    public void downgrade(DowngradeRequest request, StreamObserver<DowngradeResponse> observer) {
        observer.onError(Downgrades.refusal(request).asRuntimeException());
    }

}
