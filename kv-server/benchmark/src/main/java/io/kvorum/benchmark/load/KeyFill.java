/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;

/**
 * Puts many different keys one by one, in an order that jumps through the whole key
 * space, as real keys do. Confined to one event loop after its start.
 */
public final class KeyFill implements AutoCloseable {

    /**
     * Coprime to every key space that a human types, and of the size of a golden section
     * of 2^32.
     */
    private static final long STRIDE = 2_654_435_761L;

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(10);

    private static final long ERRORS_TO_GIVE_UP = 1000;

    private final Connections connections;

    private final Keys keys;

    private final long keySpace;

    private final SplittableRandom random;

    private final int clients;

    private long nextKey;

    private long last;

    private long written;

    private long errors;

    private CompletableFuture<Void> done = new CompletableFuture<>();

    /**
     * Opens connections.
     * @param endpoints where to
     * @param data keys and values
     * @param clients requests in flight
     */
    public KeyFill(List<String> endpoints, DataShape data, int clients) {
        this.connections = new Connections(endpoints, 1, 1);
        this.keys = new Keys(Requests.PREFIX, data);
        this.keySpace = data.keySpace();
        this.random = new SplittableRandom(data.seed());
        this.clients = clients;
    }

    /**
     * Puts keys and waits for the last one.
     * @param from number of the first key
     * @param to number of the key after the last one
     */
    public void put(long from, long to) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        this.connections.runAndWait(() -> {
            this.nextKey = from;
            this.last = to;
            this.written = from;
            this.done = end;
            for (int i = 0; i < this.clients; i++) {
                next();
            }
        });
        end.join();
    }

    private void next() {
        if (this.nextKey < this.last) {
            put(this.nextKey++);
        }
    }

    private void put(long number) {
        long place = number * STRIDE % this.keySpace;
        Call<PutRequest, PutResponse> put = new Call<>(KVGrpc.getPutMethod(),
                PutRequest.newBuilder().setKey(this.keys.key(place)).setValue(this.keys.value(this.random)).build(),
                (answer) -> answer.getHeader().getRevision() > 0);
        UnaryListener.start(this.connections.call((int) (number % this.clients), put.method()), put,
                (status) -> written(number, status));
    }

    private void written(long number, Status status) {
        if (status.isOk()) {
            this.written++;
            if (this.written == this.last) {
                this.done.complete(null);
            }
            next();
        }
        else if (++this.errors > ERRORS_TO_GIVE_UP) {
            this.done.completeExceptionally(status.asRuntimeException());
        }
        else {
            // A key must not be missing because a server was busy.
            this.connections.schedule(() -> put(number), PAUSE_AFTER_ERROR);
        }
    }

    @Override
    public void close() {
        this.connections.close();
    }

}
