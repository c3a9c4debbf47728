/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.operator;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Etcdctl;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchProgressRequest;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Restart, snapshot, endpoints over HTTP and progress of a single member. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SingleMemberContract {

    private static final int HASH_BYTES = 32;

    private final ClusterProcess server;

    private final MemberProcess member;

    SingleMemberContract(Product product) {
        this.server = ClusterProcess.single(product);
        this.member = this.server.member(0);
    }

    @AfterAll
    void stopServer() {
        this.server.close();
    }

    @Test
    void keepsItsDataWhenItIsStoppedInGoodOrder() {
        long revision = put("restart", "before");
        this.member.stop();
        this.member.start();
        try (KvClient client = new KvClient(this.member.endpoint())) {
            var answer = client.kv().range(RangeRequest.newBuilder().setKey(utf8("restart")).build());
            assertThat(answer.getKvs(0).getValue()).isEqualTo(utf8("before"));
            assertThat(answer.getKvs(0).getModRevision()).isEqualTo(revision);
            assertThat(answer.getHeader().getRevision()).isGreaterThanOrEqualTo(revision);
        }
    }

    @Test
    @RequiresEtcd
    void savesASnapshotThatEndsWithItsHash() throws IOException, NoSuchAlgorithmException {
        put("snapshot", "x".repeat(100_000));
        Path file = this.server.directory().resolve("saved.snapshot");
        new Etcdctl(this.server.endpoints(), this.server.directory()).output("snapshot", "save", file.toString());
        byte[] saved = Files.readAllBytes(file);
        assertThat(saved.length % 512).isEqualTo(HASH_BYTES);
        byte[] data = Arrays.copyOf(saved, saved.length - HASH_BYTES);
        byte[] hash = Arrays.copyOfRange(saved, saved.length - HASH_BYTES, saved.length);
        assertThat(MessageDigest.getInstance("SHA-256").digest(data)).isEqualTo(hash);
    }

    @Test
    void answersOverHttp() throws IOException {
        HttpResponse<String> version = this.member.get("/version");
        assertThat(version.statusCode()).isEqualTo(200);
        assertThat(version.body()).matches("\\{\"etcdserver\":\"[0-9.]+\",\"etcdcluster\":\"[0-9.]+\".*}\\s*");
        assertThat(this.member.get("/health").body()).contains("\"health\":\"true\"");
        assertThat(this.member.get("/metrics").body()).contains("etcd_server_has_leader 1",
                "etcd_mvcc_db_total_size_in_bytes", "etcd_server_proposals_committed_total",
                "grpc_server_handled_total");
        assertThat(this.member.get("/no/such/path").statusCode()).isEqualTo(404);
    }

    @Test
    void metricsHaveTheirTypesAndLabels() throws IOException {
        String text = this.member.get("/metrics").body();
        for (String counter : List.of("etcd_server_leader_changes_seen_total", "etcd_server_proposals_failed_total",
                "etcd_server_slow_apply_total", "etcd_server_slow_read_indexes_total",
                "etcd_server_read_indexes_failed_total", "etcd_debugging_server_lease_expired_total",
                "etcd_debugging_lease_granted_total", "etcd_debugging_lease_revoked_total",
                "etcd_debugging_lease_renewed_total", "etcd_mvcc_put_total", "etcd_mvcc_delete_total",
                "etcd_mvcc_range_total", "etcd_mvcc_txn_total", "etcd_debugging_mvcc_events_total")) {
            assertThat(text).contains("# TYPE " + counter + " counter\n" + counter + " ");
        }
        for (String gauge : List.of("etcd_server_proposals_pending", "etcd_server_proposals_committed_total",
                "etcd_server_proposals_applied_total", "etcd_debugging_mvcc_keys_total",
                "etcd_debugging_mvcc_slow_watcher_total", "etcd_debugging_mvcc_watcher_total")) {
            assertThat(text).contains("# TYPE " + gauge + " gauge\n" + gauge + " ");
        }
        for (String histogram : List.of("etcd_disk_backend_commit_duration_seconds",
                "etcd_disk_wal_fsync_duration_seconds", "etcd_disk_backend_snapshot_duration_seconds",
                "etcd_disk_backend_defrag_duration_seconds", "etcd_debugging_lease_ttl_total",
                "etcd_mvcc_hash_duration_seconds")) {
            assertThat(text).contains("# TYPE " + histogram + " histogram\n" + histogram + "_bucket{le=\"");
        }
    }

    @Test
    void reportsTheProgressOfAStreamOnRequest() {
        LinkedBlockingQueue<WatchResponse> responses = new LinkedBlockingQueue<>();
        try (KvClient client = new KvClient(this.member.endpoint())) {
            StreamObserver<WatchRequest> requests = client.watch().watch(new Collecting(responses));
            requests.onNext(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(utf8("progress")))
                .build());
            Awaitility.await().until(() -> responses.size() == 1);
            long revision = put("elsewhere", "x");
            Awaitility.await("progress up to " + revision).until(() -> {
                requests.onNext(WatchRequest.newBuilder()
                    .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                    .build());
                return List.copyOf(responses)
                    .stream()
                    .anyMatch((response) -> response.getWatchId() == -1
                            && response.getHeader().getRevision() >= revision && response.getEventsCount() == 0);
            });
            requests.onCompleted();
        }
    }

    private long put(String key, String value) {
        try (KvClient client = new KvClient(this.member.endpoint())) {
            return client.kv()
                .put(PutRequest.newBuilder().setKey(utf8(key)).setValue(utf8(value)).build())
                .getHeader()
                .getRevision();
        }
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private record Collecting(LinkedBlockingQueue<WatchResponse> responses) implements StreamObserver<WatchResponse> {

        @Override
        public void onNext(WatchResponse response) {
            this.responses.add(response);
        }

        @Override
        public void onError(Throwable failure) {
            // The test waits for responses and fails without them.
        }

        @Override
        public void onCompleted() {
            // The test waits for responses and fails without them.
        }

    }

}
