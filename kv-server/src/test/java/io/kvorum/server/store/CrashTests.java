/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process is killed at a random moment, again and again; what it leaves must be the
 * state after exactly the batch that the applied index names, and nothing that was
 * durable may be lost.
 */
class CrashTests {

    private static final int ROUNDS = Integer.getInteger("kvorum.crash.rounds", 10);

    @TempDir
    Path directory;

    @Test
    void whatIsLeftIsTheStateAfterTheAppliedIndex() throws Exception {
        long seed = Long.getLong("kvorum.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path crashed = this.directory.resolve("crashed");
        try (MvccStore reference = MvccStore.open(StoreOptions.in(this.directory.resolve("reference")))) {
            for (int round = 0; round < ROUNDS; round++) {
                long durable = runAndKill(crashed, seed, random.nextInt(700));
                try (MvccStore store = MvccStore.open(CrashingWriter.options(crashed))) {
                    assertThat(store.view().appliedIndex()).describedAs("seed %d", seed)
                        .isGreaterThanOrEqualTo(durable);
                    applyUpTo(reference, seed, store.view().appliedIndex());
                    assertThat(content(store)).describedAs("seed %d, round %d", seed, round)
                        .isEqualTo(content(reference));
                    ((MvccView) store.view()).snapshot().verify();
                }
            }
            assertThat(reference.view().revision()).isGreaterThan(1);
        }
    }

    private long runAndKill(Path crashed, long seed, int aliveMillis) throws IOException, InterruptedException {
        Path output = this.directory.resolve("output");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                CrashingWriter.class.getName(), crashed.toString(), Long.toString(seed))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.readString(output).contains("opened "));
        boolean ended = process.waitFor(aliveMillis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        String printed = Files.readString(output);
        assertThat(ended).describedAs(printed).isFalse();
        assertThat(printed).doesNotContain("Exception");
        // The last line may be cut in the middle.
        return printed.substring(0, printed.lastIndexOf('\n'))
            .lines()
            .filter((line) -> line.startsWith("durable "))
            .mapToLong((line) -> Long.parseLong(line.substring("durable ".length())))
            .max()
            .orElse(0);
    }

    private static void applyUpTo(MvccStore reference, long seed, long index) {
        Workload workload = new Workload(seed);
        while (reference.view().appliedIndex() < index) {
            workload.apply(reference, reference.view().appliedIndex() + 1);
        }
    }

    private static Object content(MvccStore store) {
        ReadView view = store.view();
        TreeMap<Bytes, Bytes> rows = new TreeMap<>();
        view.rows(Workload.TABLE, rows::put);
        RangeQuery everything = RangeQuery.of(KeyRange.ALL);
        return List.of(view.revision(), view.appliedIndex(), view.compactRevision(), view.hash(0), rows,
                view.keysOfLease(1), view.range(everything),
                view.range(everything.at(Math.max(1, view.compactRevision()))));
    }

}
