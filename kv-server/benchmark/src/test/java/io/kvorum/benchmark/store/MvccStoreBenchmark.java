/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.StoreOptions;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The store's hot paths: one writer, values of 256 bytes. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx512m")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class MvccStoreBenchmark {

    private static final int BATCH = 20;

    private static final int RANGE = 100;

    private static final int VALUE_BYTES = 256;

    /** Number of keys in the store. */
    @Param({ "10000", "1000000" })
    int keys;

    private final SplittableRandom random = new SplittableRandom(1);

    private @Nullable Path directory;

    private @Nullable MvccStore store;

    private long index;

    /**
     * Fills the store.
     * @throws IOException if the disk refuses
     */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        this.directory = Files.createTempDirectory("store-benchmark");
        this.store = MvccStore.open(StoreOptions.in(this.directory));
        for (int i = 0; i < this.keys; i += BATCH) {
            for (int j = i; j < i + BATCH; j++) {
                write(j);
            }
            store().publish(++this.index);
        }
    }

    /**
     * Removes the store.
     * @throws IOException if the disk refuses
     */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        store().close();
        Path used = this.directory;
        if (used != null) {
            Files.delete(used.resolve("store.mv"));
            Files.delete(used.resolve("store.lock"));
            Files.delete(used);
        }
    }

    /** Overwrites random keys in batches. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void put() {
        for (int i = 0; i < BATCH; i++) {
            write(this.random.nextInt(this.keys));
        }
        store().publish(++this.index);
    }

    /**
     * Overwrites one random key and publishes it, as a lone client makes it happen.
     */
    @Benchmark
    public void putAlone() {
        write(this.random.nextInt(this.keys));
        store().publish(++this.index);
    }

    /**
     * Reads a random key.
     * @return the key
     */
    @Benchmark
    public @Nullable KeyValue get() {
        return store().view().get(key(this.random.nextInt(this.keys)));
    }

    /**
     * Reads a random range with values; a row is an operation.
     * @return the rows
     */
    @Benchmark
    @OperationsPerInvocation(RANGE)
    public RangeResult range() {
        return store().view().range(query(false, false));
    }

    /**
     * Reads a random range without values; a row is an operation.
     * @return the rows
     */
    @Benchmark
    @OperationsPerInvocation(RANGE)
    public RangeResult rangeKeysOnly() {
        return store().view().range(query(true, false));
    }

    /**
     * Counts half of the keys, on average.
     * @return the count
     */
    @Benchmark
    public RangeResult count() {
        KeyRange range = new KeyRange(key(this.random.nextInt(this.keys)), null);
        return store().view()
            .range(new RangeQuery(range, 0, 0, RangeQuery.Sort.NONE, RangeQuery.RevisionFilter.NONE, false, true));
    }

    private RangeQuery query(boolean keysOnly, boolean countOnly) {
        int from = this.random.nextInt(this.keys - RANGE);
        return new RangeQuery(new KeyRange(key(from), key(from + RANGE)), 0, 0, RangeQuery.Sort.NONE,
                RangeQuery.RevisionFilter.NONE, keysOnly, countOnly);
    }

    private void write(int number) {
        byte[] value = new byte[VALUE_BYTES];
        this.random.nextBytes(value);
        Bytes key = key(number);
        boolean unused = store().transact((tx) -> {
            tx.put(key, Bytes.wrap(value), 0);
            return true;
        });
    }

    private MvccStore store() {
        MvccStore opened = this.store;
        if (opened == null) {
            throw new IllegalStateException("not opened");
        }
        return opened;
    }

    private static Bytes key(int number) {
        byte[] key = "/registry/key/00000000".getBytes(StandardCharsets.US_ASCII);
        int at = key.length - 1;
        for (int rest = number; rest > 0; rest /= 10) {
            key[at--] = (byte) ('0' + rest % 10);
        }
        return Bytes.wrap(key);
    }

}
