/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kvorum.server.command.CommandBatch;
import io.kvorum.server.command.CommandCodec;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.common.Bytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding a batch of puts as the leader does, and decoding it as every member does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CommandBatchBenchmark {

    /** Commands in the batch. */
    @Param({ "1", "64" })
    public int commands;

    private List<PutOperation> puts = List.of();

    private Bytes entry = Bytes.EMPTY;

    /** Makes the commands. */
    @Setup
    public void prepare() {
        Bytes value = Bytes.wrap(new byte[256]);
        this.puts = IntStream.range(0, this.commands)
            .mapToObj((i) -> new PutOperation(Bytes.utf8("bench/" + i), value, 0, false, false, false))
            .toList();
        this.entry = encode();
    }

    /**
     * Encodes the batch.
     * @return the entry of the log
     */
    @Benchmark
    public Bytes encode() {
        return CommandBatch.encode(1, 1, this.puts.stream().map(CommandCodec::encode).toList());
    }

    /**
     * Decodes the batch.
     * @return the commands
     */
    @Benchmark
    public CommandBatch decode() {
        return CommandBatch.decode(this.entry);
    }

}
