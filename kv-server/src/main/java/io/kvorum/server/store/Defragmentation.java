/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.kvorum.server.common.Clock;

/**
 * Rewrites poorly filled parts of the file, moves what is left to the front and cuts the
 * file. Reads go on; batches wait while a few megabytes are moved. Confined to the
 * committer.
 */
final class Defragmentation {

    /** Percentage of live data at which there is nothing to gain. */
    private static final int ENOUGH = 95;

    private static final int REWRITE_BYTES = 16 * 1024 * 1024;

    /**
     * Less than this is not worth waiting for: each pass leaves some pages behind itself.
     */
    private static final long GAIN_BYTES = 4 * 1024 * 1024;

    /** Bounds the time for which a batch waits. */
    private static final long MOVE_BYTES = 8 * 1024 * 1024;

    private final Engine engine;

    private final Runnable commit;

    private final BatchGate gate;

    private final Closing closing;

    Defragmentation(Engine engine, Runnable commit, BatchGate gate, Closing closing) {
        this.engine = engine;
        this.commit = commit;
        this.gate = gate;
        this.closing = closing;
    }

    /**
     * Runs until there is nothing to gain any more.
     * @param limit when to stop at the latest
     * @param patience how long to wait for parts that old views still use
     * @param clock the clock
     */
    void run(Duration limit, Duration patience, Clock clock) {
        long start = clock.nanoTime();
        long progress = start;
        while (clock.nanoTime() - start < limit.toNanos() && clock.nanoTime() - progress < patience.toNanos()
                && !this.closing.isClosing()) {
            long before = this.engine.file().size();
            boolean rewritten = this.engine.file().compact(ENOUGH, REWRITE_BYTES);
            this.commit.run();
            move();
            if (rewritten || this.engine.file().size() < before) {
                progress = clock.nanoTime();
            }
            else if (isDense()) {
                return;
            }
            else if (this.closing.await(50, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private boolean isDense() {
        int fill = Math.min(this.engine.file().getFillRate(), this.engine.file().getChunksFillRate());
        return fill >= ENOUGH || this.engine.file().size() / 100 * (100 - fill) < GAIN_BYTES;
    }

    // Moving commits by itself and collects roots whenever it likes, so no batch may be
    // open.
    private void move() {
        this.gate.hold();
        try {
            this.engine.file().compactMoveChunks(ENOUGH, MOVE_BYTES, this.engine.store());
        }
        finally {
            this.gate.release();
        }
    }

    /** Tells that the store is closing. */
    interface Closing {

        /** Tells whether it is. */
        boolean isClosing();

        /** Waits for it; {@code true} if it is. */
        boolean await(long time, TimeUnit unit);

    }

}
