/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

import io.kvorum.benchmark.cluster.AcknowledgedWrites;
import io.kvorum.benchmark.cluster.Cluster;
import io.kvorum.benchmark.cluster.ClusterClient;
import io.kvorum.benchmark.cluster.Member;
import io.kvorum.benchmark.cluster.Patience;
import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.load.TrackedLoad;
import io.kvorum.benchmark.report.Bar;
import io.kvorum.benchmark.report.Median;

/**
 * Kills the leader of three members under load, again and again, measures the gap without
 * acknowledged writes, and proves that every acknowledged write is on every member.
 */
final class FailoverCommand {

    private static final Duration STEADY = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Settings settings;

    private final int kills;

    private final int clients;

    private final Duration think;

    private FailoverCommand(Settings settings, Options options) {
        this.settings = settings;
        this.kills = options.number("kills", 5);
        this.clients = options.number("clients", 64);
        this.think = Duration.ofMillis(options.number("think-ms", 20));
    }

    static void run(Options options) throws IOException {
        Settings settings = Settings.from(options, "failover");
        FailoverCommand command = new FailoverCommand(settings, options);
        options.refuseUnknown();
        Outcome reference = command.measure(settings.reference());
        Outcome subject = command.measure(settings.subject());
        double ratio = subject.median() / reference.median();
        settings.publish("| leader killed with -9, 3 members, " + command.clients
                + " clients | median gap ms | all | proof |\n" + "|---|---:|---|---|\n" + reference.row()
                + subject.row() + String.format(Locale.ROOT, "%n%s / %s: **%.2f**; %s%n", settings.subject().label(),
                        settings.reference().label(), ratio, new Bar("gap", false, 1).verdict(ratio)));
    }

    private Outcome measure(ServerProgram program) {
        try (Cluster cluster = Cluster.start(program, 3, this.settings.workDirectory());
                ClusterClient client = new ClusterClient(cluster)) {
            List<Double> gaps = new ArrayList<>();
            List<BitSet> acknowledged;
            try (TrackedLoad load = new TrackedLoad(cluster.endpoints(), this.clients, this.think)) {
                for (int i = 0; i < this.kills; i++) {
                    double gap = killLeader(cluster, client, load);
                    Console.progress(String.format(Locale.ROOT, "%s: kill %d, gap %.0f ms, %d writes so far",
                            program.label(), i + 1, gap, load.count()));
                    gaps.add(gap);
                }
                acknowledged = load.stop();
            }
            return new Outcome(program.label(), gaps, AcknowledgedWrites.verify(cluster, client, acknowledged));
        }
    }

    private double killLeader(Cluster cluster, ClusterClient client, TrackedLoad load) {
        LockSupport.parkNanos(STEADY.toNanos());
        Member leader = client.leader();
        load.forgetGaps();
        leader.process().kill();
        long atKill = load.count();
        if (!Patience.await(() -> load.count() > atKill + 2L * this.clients, Duration.ofMillis(20), PATIENCE)) {
            cluster.keepDirectory();
            throw new IllegalStateException("no writes after the death of " + leader.name() + ", see " + leader.log());
        }
        // Long enough that a second hiccup of the same election counts as well.
        LockSupport.parkNanos(STEADY.toNanos());
        double gapMillis = load.longestGap().toNanos() / 1e6;
        leader.restart();
        cluster.awaitHealthy(PATIENCE);
        load.reconnect();
        return gapMillis;
    }

    /** Gaps of one server, and how the proof of its writes went. */
    private record Outcome(String label, List<Double> gapsMillis, String proof) {

        private double median() {
            return Median.of(this.gapsMillis, Double::doubleValue);
        }

        private String row() {
            return String.format(Locale.ROOT, "| %s | %,.0f | %s | %s |%n", this.label, median(),
                    this.gapsMillis.stream().map(Math::round).toList(), this.proof);
        }

    }

}
