/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One member with a crowd of sessions, each with an ephemeral znode. How many is the
 * property {@code kvorum.zookeeper-sessions}.
 */
class ManySessionsTests {

    private static final int SESSIONS = Integer.getInteger("kvorum.zookeeper-sessions", 1_000);

    private static final int TIMEOUT_MILLIS = 10_000;

    /** ZooKeeper rounds the end of a session up to a tick. */
    private static final Duration TICK = Duration.ofSeconds(2);

    private static final Duration HOLD = Duration.ofMillis(3 * TIMEOUT_MILLIS / 2);

    @Test
    void allAreHeldAndAllAreGoneOneTimeoutAfterTheirClients() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.withZookeeper(1,
                "--kv.server.zookeeper.max-connections-per-address=0");
                Client observer = Client.connected(cluster.zookeeperEndpoints())) {
            observer.create("/crowd", "", CreateMode.PERSISTENT);
            MemberProcess member = cluster.member(0);
            long start = System.nanoTime();
            Process crowd = SessionCrowd.start(cluster.zookeeperEndpoints(), SESSIONS, TIMEOUT_MILLIS, "/crowd");
            try (BufferedReader said = crowd.inputReader()) {
                assertThat(said.readLine()).isEqualTo("ready");
                Duration opening = Duration.ofNanos(System.nanoTime() - start);
                double cpuBefore = metric(member, "process_cpu_seconds_total");
                Awaitility.await().pollDelay(HOLD).atMost(HOLD.plusSeconds(20)).until(() -> true);
                double cpu = (metric(member, "process_cpu_seconds_total") - cpuBefore) / HOLD.toSeconds();
                assertThat(said.ready()).as("nobody was lost").isFalse();
                assertThat(childCount(observer)).isEqualTo(SESSIONS);
                double memory = metric(member, "process_resident_memory_bytes");
                crowd.destroyForcibly().waitFor();
                long killed = System.nanoTime();
                Awaitility.await()
                    .atMost(Duration.ofMillis(TIMEOUT_MILLIS).plus(TICK))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> childCount(observer) == 0);
                System.out.printf(
                        "%d sessions: opened in %d ms, held with %.1f %% of a processor and %.0f MiB, gone %d ms after "
                                + "their clients%n",
                        SESSIONS, opening.toMillis(), 100 * cpu, memory / (1 << 20),
                        (System.nanoTime() - killed) / 1_000_000);
                assertThat(observer.zookeeper().exists("/crowd", false).getCversion()).isEqualTo(2 * SESSIONS);
            }
            finally {
                crowd.destroyForcibly();
            }
        }
    }

    private static int childCount(Client client) throws Exception {
        return client.zookeeper().exists("/crowd", false).getNumChildren();
    }

    private static double metric(MemberProcess member, String name) throws IOException {
        Matcher value = Pattern.compile("^" + name + " (.+)$", Pattern.MULTILINE)
            .matcher(member.get("/metrics").body());
        assertThat(value.find()).as(name).isTrue();
        return Double.parseDouble(value.group(1));
    }

}
