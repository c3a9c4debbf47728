/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.crash;

import java.net.ConnectException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.linearizability.RegisterOperation;
import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;
import org.jspecify.annotations.Nullable;

/**
 * A client of one member that writes, reads and swaps registers, writes keys that nobody
 * else writes, and changes two keys in one transaction. It writes down every answer, and
 * that there was none. Runs on a thread of its own.
 */
final class WorkloadClient implements Runnable {

    static final String PAIR_LEFT = "pair/left";

    static final String PAIR_RIGHT = "pair/right";

    private static final int REGISTERS = 4;

    private static final long DEADLINE_MILLIS = 3_000;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    private final String name;

    private final KvClient client;

    private final History history;

    private final SplittableRandom random;

    private volatile boolean stopped;

    private @Nullable String lastSeen;

    private int counter;

    WorkloadClient(String name, String endpoint, History history, long seed) {
        this.name = name;
        this.client = new KvClient(endpoint);
        this.history = history;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try (KvClient closed = this.client) {
            while (!this.stopped) {
                step();
            }
        }
    }

    void stop() {
        this.stopped = true;
    }

    private void step() {
        String register = "register/" + this.random.nextInt(REGISTERS);
        String value = this.name + "-" + this.counter++;
        int kind = this.random.nextInt(10);
        if (kind < 3) {
            read(register);
        }
        else if (kind < 5) {
            write(register, value);
        }
        else if (kind < 7) {
            swap(register, value);
        }
        else if (kind < 9) {
            writeOnce("once/" + value, value);
        }
        else {
            writePair(value);
        }
    }

    private void read(String register) {
        long invoked = System.nanoTime();
        try {
            RangeResponse response = this.client.kv(DEADLINE_MILLIS)
                .range(RangeRequest.newBuilder().setKey(utf8(register)).build());
            this.lastSeen = value(response);
            this.history.add(register, RegisterOperation.read(this.lastSeen, invoked, System.nanoTime()));
        }
        catch (StatusRuntimeException ex) {
            pause();
        }
    }

    private void swap(String register, String value) {
        String expected = this.lastSeen;
        if (expected == null) {
            read(register);
            return;
        }
        long invoked = System.nanoTime();
        try {
            TxnResponse response = this.client.kv(DEADLINE_MILLIS).txn(swapRequest(register, expected, value));
            long returned = System.nanoTime();
            this.history.sawRevision(response.getHeader().getRevision());
            if (response.getSucceeded()) {
                this.lastSeen = value;
                this.history.add(register, RegisterOperation.swap(expected, value, invoked, returned));
            }
            else {
                this.lastSeen = value(response.getResponses(0).getResponseRange());
                this.history.add(register, RegisterOperation.read(this.lastSeen, invoked, returned));
            }
        }
        catch (StatusRuntimeException ex) {
            if (mayHaveHappened(ex)) {
                this.history.add(register, RegisterOperation.swap(expected, value, invoked, RegisterOperation.UNKNOWN));
            }
            pause();
        }
    }

    private void writeOnce(String key, String value) {
        try {
            this.history.sawRevision(put(key, value).getHeader().getRevision());
            this.history.acknowledge(key, value);
        }
        catch (StatusRuntimeException ex) {
            pause();
        }
    }

    private void writePair(String value) {
        TxnRequest request = TxnRequest.newBuilder()
            .addSuccess(putOperation(PAIR_LEFT, value))
            .addSuccess(putOperation(PAIR_RIGHT, value))
            .build();
        try {
            this.history.sawRevision(this.client.kv(DEADLINE_MILLIS).txn(request).getHeader().getRevision());
        }
        catch (StatusRuntimeException ex) {
            pause();
        }
    }

    private void write(String register, String value) {
        long invoked = System.nanoTime();
        try {
            this.history.sawRevision(put(register, value).getHeader().getRevision());
            this.history.add(register, RegisterOperation.write(value, invoked, System.nanoTime()));
        }
        catch (StatusRuntimeException ex) {
            if (mayHaveHappened(ex)) {
                this.history.add(register, RegisterOperation.write(value, invoked, RegisterOperation.UNKNOWN));
            }
            pause();
        }
    }

    private PutResponse put(String key, String value) {
        return this.client.kv(DEADLINE_MILLIS)
            .put(PutRequest.newBuilder().setKey(utf8(key)).setValue(utf8(value)).build());
    }

    private static TxnRequest swapRequest(String register, String expected, String value) {
        return TxnRequest.newBuilder()
            .addCompare(Compare.newBuilder()
                .setKey(utf8(register))
                .setTarget(Compare.CompareTarget.VALUE)
                .setResult(Compare.CompareResult.EQUAL)
                .setValue(utf8(expected)))
            .addSuccess(putOperation(register, value))
            .addFailure(RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(utf8(register))))
            .build();
    }

    private static RequestOp putOperation(String key, String value) {
        return RequestOp.newBuilder()
            .setRequestPut(PutRequest.newBuilder().setKey(utf8(key)).setValue(utf8(value)))
            .build();
    }

    /** A refused connection is the one failure after which nothing can have happened. */
    private static boolean mayHaveHappened(StatusRuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String value(RangeResponse response) {
        return (response.getKvsCount() == 0) ? null : response.getKvs(0).getValue().toStringUtf8();
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

}
