/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Starts whole members in this process, as the command line would. */
class KvServerApplicationTests {

    private static final Pattern SAMPLE = Pattern
        .compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_]\\w*=\"(\\\\.|[^\"\\\\])*\",?)*})? (-?\\d\\S*|[+]Inf)");

    /** Read by etcd's Grafana dashboard and alert rules. */
    private static final List<String> DASHBOARD = List.of("etcd_server_has_leader",
            "etcd_server_proposals_committed_total", "etcd_server_proposals_applied_total",
            "etcd_mvcc_db_total_size_in_bytes", "etcd_mvcc_db_total_size_in_use_in_bytes",
            "etcd_disk_wal_fsync_duration_seconds_bucket", "etcd_network_client_grpc_received_bytes_total",
            "etcd_network_client_grpc_sent_bytes_total", "etcd_server_quota_backend_bytes",
            "etcd_server_leader_changes_seen_total", "etcd_server_proposals_failed_total",
            "etcd_server_proposals_pending", "etcd_disk_backend_commit_duration_seconds_bucket",
            "process_resident_memory_bytes");

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private final Ports ports = Ports.free();

    @Test
    void memberServesStopsAndComesBackWithItsData() throws Exception {
        try (ConfigurableApplicationContext member = start()) {
            KvNode node = member.getBean(RunningNode.class).node();
            node.propose(new PutOperation(Bytes.utf8("k"), Bytes.utf8("v"), 0, false, false, false)).get();
            assertThat(get("/health")).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
        }
        try (ConfigurableApplicationContext member = start()) {
            KvNode node = member.getBean(RunningNode.class).node();
            assertThat(node.range(RangeQuery.of(KeyRange.single(Bytes.utf8("k"))), Consistency.LINEARIZABLE)
                .get()
                .range()
                .kvs()).singleElement().satisfies((kv) -> assertThat(kv.value()).isEqualTo(Bytes.utf8("v")));
        }
    }

    @Test
    void metricsAreWellFormedAndHaveTheNamesOfTheDashboard() throws Exception {
        try (ConfigurableApplicationContext member = start()) {
            assertThat(member.isRunning()).isTrue();
            String text = get("/metrics");
            List<String> samples = text.lines().filter((line) -> !line.startsWith("#")).toList();
            assertThat(samples).isNotEmpty().allMatch(SAMPLE.asMatchPredicate());
            Set<String> names = samples.stream()
                .map((line) -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
            assertThat(names).containsAll(DASHBOARD);
            assertThat(text).contains("\netcd_server_has_leader 1\n", "\netcd_server_leader_changes_seen_total 1\n");
        }
    }

    @Test
    void metricsCountWhatTheMemberDid() throws Exception {
        // A ZooKeeper port counts its znodes by reading ranges.
        try (ConfigurableApplicationContext member = start(List.of("--zookeeper-port=0"))) {
            KvNode node = member.getBean(RunningNode.class).node();
            PutOperation a = new PutOperation(Bytes.utf8("a"), Bytes.utf8("12345"), 0, false, false, false);
            PutOperation b = new PutOperation(Bytes.utf8("b"), Bytes.utf8("1"), 0, false, false, false);
            node.propose(a).get();
            node.propose(new TxnOperation(List.of(), List.of(a, b), List.of())).get();
            node.propose(new DeleteRangeOperation(KeyRange.single(Bytes.utf8("b")), false)).get();
            node.range(RangeQuery.of(KeyRange.ALL), Consistency.LINEARIZABLE).get();
            long lease = node.leases().grant(0, 100).get().id();
            node.leases().keepAlive(lease).get();
            node.leases().revoke(lease).get();
            node.maintenance().hash(0).get();
            node.maintenance().defragment().get();
            String text = get("/metrics");
            assertThat(text.lines()).contains("etcd_mvcc_put_total 3", "etcd_mvcc_delete_total 1",
                    "etcd_mvcc_range_total 1", "etcd_mvcc_txn_total 1", "etcd_debugging_mvcc_keys_total 1",
                    "etcd_debugging_mvcc_total_put_size_in_bytes 14", "etcd_debugging_lease_granted_total 1",
                    "etcd_debugging_lease_renewed_total 1", "etcd_debugging_lease_revoked_total 1",
                    "etcd_debugging_lease_ttl_total_count 1", "etcd_mvcc_hash_duration_seconds_count 1",
                    "etcd_disk_backend_defrag_duration_seconds_count 1", "etcd_disk_defrag_inflight 0",
                    "etcd_server_apply_duration_seconds_count{version=\"v3\",op=\"Put\",success=\"true\"} 1",
                    "etcd_server_apply_duration_seconds_count{version=\"v3\",op=\"Txn\",success=\"true\"} 1",
                    "etcd_server_proposals_pending 0", "etcd_server_proposals_failed_total 0");
        }
    }

    @Test
    void directoryInUse() {
        try (ConfigurableApplicationContext member = start()) {
            assertThat(member.isRunning()).isTrue();
            assertRefused("--data-dir=" + this.directory + " is in use by another process", List.of());
        }
    }

    @Test
    void portThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + taken.getLocalPort();
            assertRefused("--listen-client-urls=" + url + ": ", List.of("--listen-client-urls=" + url));
            assertRefused("--listen-metrics-urls=" + url + ": ", List.of("--listen-metrics-urls=" + url));
            assertRefused("--listen-peer-urls", List.of("--listen-peer-urls=" + url));
            String zookeeper = "--zookeeper-port=" + taken.getLocalPort();
            assertRefused(zookeeper + ": ", List.of(zookeeper));
        }
        // The refused starts let go of the directory and of the other ports.
        start().close();
    }

    @Test
    void zookeeperPortThatNobodyAskedForIsGivenUpWhenItIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            try {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 2181));
            }
            catch (BindException alreadyTaken) {
                assertThat(taken.isBound()).isFalse();
            }
            try (ConfigurableApplicationContext member = start()) {
                assertThat(member.getBean(ZookeeperPort.class).server()).isNull();
            }
        }
        try (ConfigurableApplicationContext member = start(List.of("--zookeeper-port=0"))) {
            assertThat(member.getBean(ZookeeperPort.class).server()).isNull();
        }
        assertRefused("--zookeeper-port=65536", List.of("--zookeeper-port=65536"));
    }

    private void assertRefused(String message, List<String> more) {
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(more).close())
            .satisfies((failure) -> assertThat(KvServerApplication.settingException(failure)).isNotNull()
                .hasMessageStartingWith(message));
    }

    private ConfigurableApplicationContext start() {
        return start(List.of());
    }

    private ConfigurableApplicationContext start(List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--data-dir", this.directory.toString(),
                "--listen-client-urls", this.ports.clientUrl(), "--advertise-client-urls", this.ports.clientUrl(),
                "--listen-peer-urls", this.ports.peerUrl(), "--initial-advertise-peer-urls", this.ports.peerUrl()));
        arguments.addAll(more);
        return KvServerApplication.start(CommandLine.parse(arguments.toArray(new String[0])), Map.of());
    }

    private String get(String path) throws IOException, InterruptedException {
        return this.client
            .send(HttpRequest.newBuilder(URI.create(this.ports.clientUrl() + path)).build(),
                    HttpResponse.BodyHandlers.ofString())
            .body();
    }

    /**
     * Ports that were free a moment ago.
     *
     * @param client the client port
     * @param peer the peer port
     */
    private record Ports(int client, int peer) {

        static Ports free() {
            try (ServerSocket first = new ServerSocket(0); ServerSocket second = new ServerSocket(0)) {
                return new Ports(first.getLocalPort(), second.getLocalPort());
            }
            catch (IOException ex) {
                throw new IllegalStateException(ex);
            }
        }

        String clientUrl() {
            return "http://127.0.0.1:" + this.client;
        }

        String peerUrl() {
            return "http://127.0.0.1:" + this.peer;
        }

    }

}
