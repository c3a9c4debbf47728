/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Status;

/** Fills a key space with large transactions, a few at a time. */
public final class Preload {

    /** Below etcd's limit of 128 operations. */
    private static final int KEYS_PER_TXN = 100;

    private static final int IN_FLIGHT = 16;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Connections connections;

    private final Requests requests;

    private final DataShape data;

    private final AtomicInteger nextKey = new AtomicInteger();

    private final AtomicInteger written = new AtomicInteger();

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Preload(Connections connections, DataShape data) {
        this.connections = connections;
        this.requests = new Requests(data);
        this.data = data;
    }

    /**
     * Writes each key once and waits for the end.
     * @param connections where to
     * @param data what
     */
    public static void fill(Connections connections, DataShape data) {
        Preload preload = new Preload(connections, data);
        SplittableRandom seeds = new SplittableRandom(data.seed());
        for (int i = 0; i < IN_FLIGHT; i++) {
            preload.next(i, seeds.split());
        }
        preload.done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void next(int client, SplittableRandom random) {
        int first = this.nextKey.getAndAdd(KEYS_PER_TXN);
        int count = Math.min(KEYS_PER_TXN, this.data.keySpace() - first);
        if (count > 0) {
            Call<?, ?> call = this.requests.fill(first, count, random);
            send(client, call, (status) -> written(client, count, random, status));
        }
    }

    private <Q, S> void send(int client, Call<Q, S> call, java.util.function.Consumer<Status> listener) {
        UnaryListener.start(this.connections.call(client, call.method()), call, listener);
    }

    private void written(int client, int count, SplittableRandom random, Status status) {
        if (!status.isOk()) {
            this.done.completeExceptionally(status.asRuntimeException());
            return;
        }
        if (this.written.addAndGet(count) == this.data.keySpace()) {
            this.done.complete(null);
        }
        next(client, random);
    }

}
