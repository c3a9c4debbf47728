/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import io.kvorum.benchmark.cluster.Cluster;
import io.kvorum.benchmark.cluster.HttpProbe;
import io.kvorum.benchmark.cluster.Member;
import io.kvorum.benchmark.cluster.Patience;
import io.kvorum.benchmark.cluster.ServerProcess;
import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.report.Bar;
import io.kvorum.benchmark.report.Median;

/**
 * Time from the start of the process to the first good answer of a single member with no
 * data, beside a Spring Boot web application that does nothing, in turns.
 */
final class StartupCommand {

    private static final Duration INTERVAL = Duration.ofMillis(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StartupCommand() {
    }

    static void run(Options options) throws IOException {
        int rounds = options.number("rounds", 5);
        Settings settings = Settings.from(options, "startup");
        options.refuseUnknown();
        List<Double> web = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        List<Double> subject = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            web.add(emptyWeb(settings));
            subject.add(member(settings.subject(), settings));
            reference.add(member(settings.reference(), settings));
        }
        double ratio = median(subject) / median(web);
        settings.publish("| from process start to the first answer | median ms | all |\n|---|---:|---|\n"
                + row("empty Spring Boot web application", web)
                + row(settings.subject().label() + ", 1 member", subject)
                + row(settings.reference().label() + ", 1 member", reference)
                + String.format(Locale.ROOT, "%n%s / empty web application: **%.2f**; %s%n", settings.subject().label(),
                        ratio, new Bar("time", false, 1.5).verdict(ratio)));
    }

    private static double emptyWeb(Settings settings) throws IOException {
        int port = Cluster.freePort();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path log = Files.createTempFile(settings.workDirectory(), "empty-web", ".log");
        ServerProcess process = ServerProcess.start(List.of(java.toString(), "-jar",
                settings.root().resolve("kv-server/benchmark/empty-web/target/empty-web.jar").toString(),
                "--server.address=127.0.0.1", "--server.port=" + port), log);
        try {
            // An application without a controller says 404, and that is an answer.
            awaitAnswer(() -> HttpProbe.status(port, "/") == 404, process, log);
            return millisSince(process.startedNanos());
        }
        finally {
            process.kill();
            Files.delete(log);
        }
    }

    private static double member(ServerProgram program, Settings settings) {
        try (Cluster cluster = Cluster.launch(program, 1, settings.workDirectory())) {
            Member member = cluster.members().get(0);
            awaitAnswer(member::healthy, member.process(), member.log());
            return millisSince(member.process().startedNanos());
        }
    }

    private static void awaitAnswer(BooleanSupplier answers, ServerProcess process, Path log) {
        if (!Patience.await(() -> answers.getAsBoolean() || !process.alive(), INTERVAL, PATIENCE) || !process.alive()) {
            throw new IllegalStateException("no answer, see " + log);
        }
    }

    private static double millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    private static double median(List<Double> values) {
        return Median.of(values, Double::doubleValue);
    }

    private static String row(String what, List<Double> millis) {
        List<Long> rounded = millis.stream().map(Math::round).toList();
        return String.format(Locale.ROOT, "| %s | %,.0f | %s |%n", what, median(millis), rounded);
    }

}
