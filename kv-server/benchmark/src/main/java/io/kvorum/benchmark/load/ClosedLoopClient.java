/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;

import io.grpc.Status;

/**
 * A client that sends its next request when the answer to the last one is there. Confined
 * to the event loop of its channel after the start.
 */
final class ClosedLoopClient {

    /** Keeps a client of a dead member from spinning. */
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(10);

    private final int number;

    private final Connections connections;

    private final Function<SplittableRandom, Call<?, ?>> requests;

    private final SplittableRandom random;

    private final Recording recording;

    private long startNanos;

    ClosedLoopClient(int number, Connections connections, Function<SplittableRandom, Call<?, ?>> requests,
            SplittableRandom random, Recording recording) {
        this.number = number;
        this.connections = connections;
        this.requests = requests;
        this.random = random;
        this.recording = recording;
    }

    void next() {
        if (!this.recording.stopped()) {
            send(this.requests.apply(this.random));
        }
    }

    private <Q, S> void send(Call<Q, S> what) {
        this.startNanos = System.nanoTime();
        UnaryListener.start(this.connections.call(this.number, what.method()), what, this::done);
    }

    private void done(Status status) {
        if (status.isOk()) {
            this.recording.success(this.startNanos, System.nanoTime());
            next();
        }
        else {
            this.recording.failure(status);
            if (!this.recording.stopped()) {
                this.connections.schedule(this::next, PAUSE_AFTER_ERROR);
            }
        }
    }

}
