/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers on views while the writer, commits, compaction and rewriting of the file go on.
 * The writer moves amounts between accounts, so each state sums up to the same.
 */
class ConcurrentReadTests {

    private static final int ACCOUNTS = 2000;

    private static final long TOTAL = ACCOUNTS * 100L;

    private static final long MILLIS = Long.getLong("kvorum.concurrent.millis", 4000);

    private final long seed = Long.getLong("kvorum.seed", System.nanoTime());

    @TempDir
    Path directory;

    private MvccStore store;

    private long index;

    @BeforeEach
    void open() throws IOException {
        this.store = MvccStore.open(StoreOptions.in(this.directory)
            .withCommits(Duration.ofMillis(5), 1)
            .withCaches(2, 1)
            .withRetention(Duration.ofMillis(300), Duration.ofMillis(1100))
            .withCompactionStep(200));
        this.store.transact((tx) -> {
            for (int i = 0; i < ACCOUNTS; i++) {
                tx.put(account(i), amount(100), 0);
            }
            return null;
        });
        this.store.publish(++this.index);
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Test
    void everyViewIsOneStateHoweverLongItIsKept() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reads.add(readers.submit(() -> readForEver(stop)));
            }
            reads.add(readers.submit(() -> keepOneView(stop)));
            writeFor(TimeUnit.MILLISECONDS.toNanos(MILLIS));
            stop.set(true);
            for (Future<Integer> read : reads) {
                assertThat(read.get(30, TimeUnit.SECONDS)).describedAs("seed %d", this.seed).isPositive();
            }
        }
        finally {
            stop.set(true);
            readers.shutdown();
        }
    }

    @Test
    void anInterruptedReaderDisturbsNobody() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> read = readers.submit(() -> readForEver(stop));
            Thread victim = new Thread(() -> {
                try {
                    readForEver(stop);
                }
                catch (RuntimeException ex) {
                    throw new AssertionError(ex);
                }
            });
            AtomicBoolean died = new AtomicBoolean();
            victim.setUncaughtExceptionHandler((thread, ex) -> died.set(true));
            victim.start();
            for (int i = 0; i < 20; i++) {
                victim.interrupt();
                writeFor(TimeUnit.MILLISECONDS.toNanos(20));
            }
            stop.set(true);
            assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
            victim.join();
            assertThat(died).isFalse();
            this.store.commit();
        }
        finally {
            stop.set(true);
            readers.shutdown();
        }
    }

    private void writeFor(long nanos) {
        SplittableRandom random = new SplittableRandom(this.seed);
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 5; i++) {
                transfer(random.nextInt(ACCOUNTS), random.nextInt(ACCOUNTS), random.nextInt(50));
            }
            this.store.publish(++this.index);
            if (this.index % 100 == 0) {
                this.store.compact(this.store.view().revision() - 50);
                this.store.publish(++this.index);
            }
            this.store.compactStep();
        }
    }

    private void transfer(int from, int to, long sum) {
        this.store.transact((tx) -> {
            tx.put(account(from), amount(amount(tx.get(account(from))) - sum), 0);
            KeyValue target = tx.get(account(to));
            if (amount(target) % 7 == 0) {
                tx.delete(KeyRange.single(account(to)));
            }
            tx.put(account(to), amount(amount(target) + sum), 0);
            return null;
        });
    }

    private int readForEver(AtomicBoolean stop) {
        int reads = 0;
        while (!stop.get()) {
            ReadView view = this.store.view();
            try (ReadView.Retained retained = view.retain()) {
                assertThat(retained).isNotNull();
                assertThat(sum(view, 0)).isEqualTo(TOTAL);
                long past = Math.max(2, Math.max(view.compactRevision(), view.revision() - 40));
                assertThat(sum(view, past)).isEqualTo(TOTAL);
            }
            reads++;
        }
        return reads;
    }

    private int keepOneView(AtomicBoolean stop) {
        ReadView view = this.store.view();
        int reads = 0;
        try (ReadView.Retained retained = view.retain()) {
            assertThat(retained).isNotNull();
            ReadView.Hash hash = view.hash(0);
            while (!stop.get()) {
                assertThat(sum(view, 0)).isEqualTo(TOTAL);
                assertThat(view.hash(0)).isEqualTo(hash);
                reads++;
            }
        }
        return reads;
    }

    private static long sum(ReadView view, long revision) {
        RangeResult result = view.range(RangeQuery.of(KeyRange.ALL).at(revision));
        assertThat(result.count()).isEqualTo(ACCOUNTS);
        return result.kvs().stream().mapToLong(ConcurrentReadTests::amount).sum();
    }

    private static long amount(@Nullable KeyValue kv) {
        if (kv == null) {
            throw new AssertionError("an account is missing");
        }
        return ByteBuffer.wrap(kv.value().array()).getLong();
    }

    private static Bytes amount(long amount) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(amount).array());
    }

    private static Bytes account(int number) {
        return Bytes.utf8("account/" + number);
    }

}
