/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.kvorum.benchmark.cluster.Cluster;
import io.kvorum.benchmark.cluster.Member;
import io.kvorum.benchmark.cluster.Patience;
import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.load.DataShape;
import io.kvorum.benchmark.load.KeyFill;
import io.kvorum.benchmark.report.Bar;

/**
 * Puts millions of keys into one member and starts it again, beside etcd with fewer keys.
 * The heap is what {@code config/jvm.options} says.
 */
final class LargeCommand {

    private static final Duration RESTART_LIMIT = Duration.ofMinutes(15);

    /** More than both servers allow by default. */
    private static final List<String> QUOTA = List.of("--quota-backend-bytes", Long.toString(16L << 30));

    private final Settings settings;

    private final int keys;

    private final int referenceKeys;

    private final int smallKeys;

    private final int valueSize;

    private final int clients;

    private LargeCommand(Settings settings, Options options) {
        this.settings = settings;
        this.keys = options.number("keys", 5_000_000);
        this.referenceKeys = options.number("reference-keys", 1_000_000);
        this.smallKeys = options.number("small-keys", 100_000);
        this.valueSize = options.number("value-size", 256);
        this.clients = options.number("clients", 128);
    }

    static void run(Options options) throws IOException {
        Settings settings = Settings.from(options, "large");
        LargeCommand command = new LargeCommand(settings, options);
        options.refuseUnknown();
        Outcome reference = command.measure(settings.reference(), command.referenceKeys);
        Outcome subject = command.measure(settings.subject(), command.keys);
        double rate = subject.slowestStep() / subject.smallRate();
        double start = subject.slowestStart() / reference.slowestStart();
        settings.publish("| server | keys | puts/s at " + command.smallKeys + " keys | slowest step puts/s "
                + "| steps puts/s | start after kill -9, s | start after stop, s | peak RSS MiB | on disk MiB |\n"
                + "|---|---:|---:|---:|---|---:|---:|---:|---:|\n" + reference.row() + subject.row() + "\n"
                + new Bar("steady rate", true, 0.5).verdict(rate) + String.format(Locale.ROOT, " (%.2f); ", rate)
                + new Bar("start", false, 1).verdict(start) + String.format(Locale.ROOT, " (%.2f)%n", start));
    }

    private Outcome measure(ServerProgram program, int keyCount) {
        try (Cluster cluster = Cluster.start(program.with(QUOTA), 1, this.settings.workDirectory())) {
            Member member = cluster.members().get(0);
            List<Double> steps = new ArrayList<>();
            double smallRate;
            try (KeyFill fill = new KeyFill(cluster.endpoints(), new DataShape(keyCount, this.valueSize, 1),
                    this.clients)) {
                smallRate = smallRate(fill);
                int step = Math.max(1, keyCount / 10);
                for (long from = this.smallKeys; from < keyCount; from = (from / step + 1) * step) {
                    long to = Math.min((from / step + 1) * step, keyCount);
                    steps.add(rate(fill, from, to));
                    Console.progress(String.format(Locale.ROOT, "%s: %,d keys, %,.0f puts/s, %,.0f MiB",
                            program.label(), to, steps.get(steps.size() - 1), cluster.peakResidentMebibytes()));
                }
            }
            double peak = cluster.peakResidentMebibytes();
            member.process().kill();
            double afterKill = restart(member);
            member.process().stop();
            double afterStop = restart(member);
            peak = Math.max(peak, cluster.peakResidentMebibytes());
            return new Outcome(program.label(), keyCount, smallRate, steps, afterKill, afterStop, peak,
                    cluster.diskMebibytes());
        }
    }

    /** The first keys warm the server up; writing them again is the rate at this size. */
    private double smallRate(KeyFill fill) {
        rate(fill, 0, this.smallKeys);
        return rate(fill, 0, this.smallKeys);
    }

    private static double rate(KeyFill fill, long from, long to) {
        long start = System.nanoTime();
        fill.put(from, to);
        return (to - from) / ((System.nanoTime() - start) / 1e9);
    }

    private static double restart(Member member) {
        member.restart();
        boolean serves = Patience.await(() -> member.healthy() || !member.process().alive(), Duration.ofMillis(10),
                RESTART_LIMIT);
        if (!serves || !member.process().alive()) {
            throw new IllegalStateException(member.name() + " did not start again, see " + member.log());
        }
        return (System.nanoTime() - member.process().startedNanos()) / 1e9;
    }

    private record Outcome(String label, int keys, double smallRate, List<Double> steps, double afterKill,
            double afterStop, double peak, double disk) {

        private double slowestStep() {
            return this.steps.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        }

        private double slowestStart() {
            return Math.max(this.afterKill, this.afterStop);
        }

        private String row() {
            return String.format(Locale.ROOT, "| %s | %,d | %,.0f | %,.0f | %s | %.2f | %.2f | %,.0f | %,.0f |%n",
                    this.label, this.keys, this.smallRate, slowestStep(), this.steps.stream().map(Math::round).toList(),
                    this.afterKill, this.afterStop, this.peak, this.disk);
        }

    }

}
