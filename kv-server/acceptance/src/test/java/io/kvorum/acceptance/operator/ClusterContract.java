/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.operator;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Etcdctl;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** etcdctl against three members. */
@RequiresEtcd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterContract {

    /**
     * Address, member, version, size, leader, learner: the line of etcdctl's endpoint
     * status.
     */
    private static final Pattern STATUS = Pattern
        .compile("(?m)^127\\.0\\.0\\.1:(\\d+), ([0-9a-f]+), [^,]+, [^,]+, (true|false), false, .*$");

    private final ClusterProcess cluster;

    ClusterContract(Product product) {
        this.cluster = ClusterProcess.start(product, 3);
    }

    @AfterAll
    void stop() {
        this.cluster.close();
    }

    @Test
    void everyMemberServesWhatAnyMemberWrote() {
        for (MemberProcess writer : this.cluster.members()) {
            to(writer).output("put", "written-on", writer.spec().name());
            for (MemberProcess reader : this.cluster.members()) {
                assertThat(to(reader).output("get", "written-on", "--print-value-only").strip())
                    .isEqualTo(writer.spec().name());
            }
        }
    }

    @Test
    void countsTheTrafficWithEachPeer() {
        for (MemberProcess member : this.cluster.members()) {
            for (String series : List.of("peer_sent_bytes_total{To=", "peer_received_bytes_total{From=")) {
                Pattern sample = Pattern
                    .compile("(?m)^" + Pattern.quote("etcd_network_" + series) + "\"([0-9a-f]{8,16})\"} [1-9]");
                Awaitility.await(series)
                    .until(() -> sample.matcher(member.get("/metrics").body()).results().count() == 2);
            }
        }
    }

    @Test
    void membersKnowEachOther() {
        List<String> lists = this.cluster.members()
            .stream()
            .map((member) -> to(member).output("member", "list"))
            .distinct()
            .toList();
        assertThat(lists).hasSize(1);
        assertThat(lists.get(0).lines()).hasSize(3)
            .allMatch((line) -> line.matches("[0-9a-f]+, started, n[123], http://.*, http://.*, false"));
    }

    @Test
    void leadershipMoves() {
        String before = leader();
        String target = statusOfAll().filter((line) -> line.group(3).equals("false"))
            .findFirst()
            .orElseThrow()
            .group(2);
        MemberProcess leader = memberOf(before);
        assertThat(to(leader).output("move-leader", target)).startsWith("Leadership transferred from ");
        Awaitility.await("a new leader").until(this::leader, (now) -> now.equals(target));
        assertThat(to(leader).run("move-leader", target).exitCode()).isNotZero();
        to(leader).output("put", "after", "the move");
    }

    @Test
    void everyEndpointIsHealthy() {
        Etcdctl.Outcome health = new Etcdctl(this.cluster.endpoints(), this.cluster.directory()).run("endpoint",
                "health");
        assertThat(health.exitCode()).as(health.toString()).isZero();
        assertThat((health.output() + health.errors()).lines()).hasSize(3)
            .allMatch((line) -> line.contains("is healthy: successfully committed proposal"));
    }

    @Test
    void lockIsHeldAcrossMembers() {
        try (Etcdctl.Running holder = to(this.cluster.member(0)).start(List.of("lock", "cluster-lock"), "")) {
            Awaitility.await().until(() -> holder.outputSoFar().contains("cluster-lock"));
            try (Etcdctl.Running waiter = to(this.cluster.member(1))
                .start(List.of("lock", "cluster-lock", "echo", "got"), "")) {
                assertThat(waiter.outputSoFar()).isEmpty();
                holder.terminate();
                Awaitility.await().until(() -> waiter.outputSoFar().contains("got"));
            }
        }
    }

    private String leader() {
        return statusOfAll().filter((line) -> line.group(3).equals("true"))
            .findFirst()
            .map((line) -> line.group(2))
            .orElse("");
    }

    private MemberProcess memberOf(String id) {
        String port = statusOfAll().filter((line) -> line.group(2).equals(id)).findFirst().orElseThrow().group(1);
        return this.cluster.members()
            .stream()
            .filter((member) -> member.endpoint().endsWith(":" + port))
            .findFirst()
            .orElseThrow();
    }

    private Stream<MatchResult> statusOfAll() {
        String status = new Etcdctl(this.cluster.endpoints(), this.cluster.directory()).output("endpoint", "status");
        return STATUS.matcher(status).results();
    }

    private Etcdctl to(MemberProcess member) {
        return new Etcdctl(member.endpoint(), this.cluster.directory());
    }

}
