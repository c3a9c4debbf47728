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

    /** A part of the file with at least this percentage of live data stays as it is. */
    private static final int ENOUGH = 90;

    /** Less than this is not worth waiting for. */
    private static final long GAIN_BYTES = 4 * 1024 * 1024;

    private static final int RETENTION_MILLIS = 1;

    private static final long PAUSE_MILLIS = 50;

    private static final int REWRITE_BYTES = 16 * 1024 * 1024;

    /** Bounds the time for which a batch waits, unless a part of the file is larger. */
    private static final long MOVE_BYTES = 8 * 1024 * 1024;

    /** A move may make room for the next one before the file gets smaller. */
    private static final int MOVES_IN_VAIN = 10;

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
        // Only a commit accounts for what was removed since the last one.
        this.commit.run();
        if (isDense()) {
            return;
        }
        long end = clock.nanoTime() + limit.toNanos();
        int retention = this.engine.store().getRetentionTime();
        // Old parts may go as soon as no view needs them, because each commit from here
        // on is synced before they do.
        this.engine.store().setRetentionTime(RETENTION_MILLIS);
        long version = this.engine.store().getCurrentVersion();
        try {
            rewrite(version, end, clock);
            long patient = Math.min(end, clock.nanoTime() + patience.toNanos());
            while (this.engine.file().hasDeadBefore(version) && clock.nanoTime() < patient
                    && !this.closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                this.commit.run();
            }
            closeGaps(end, clock);
        }
        finally {
            this.engine.store().setRetentionTime(retention);
        }
    }

    private boolean isDense() {
        int fill = Math.min(this.engine.file().getFillRate(), this.engine.file().getChunksFillRate());
        return fill >= ENOUGH || this.engine.file().size() / 100 * (100 - fill) < GAIN_BYTES;
    }

    // What the rewriting itself leaves behind is not rewritten again; it would never end.
    private void rewrite(long version, long end, Clock clock) {
        this.engine.file().rewriteOnlyBefore(version, ENOUGH);
        try {
            boolean more = true;
            while (more && clock.nanoTime() < end) {
                more = this.engine.file().compact(100, REWRITE_BYTES);
                this.commit.run();
            }
        }
        finally {
            this.engine.file().rewriteOnlyBefore(Long.MAX_VALUE, 100);
        }
    }

    /** Closes the gaps between what is left. */
    private void closeGaps(long end, Clock clock) {
        long smallest = Long.MAX_VALUE;
        int inVain = 0;
        while (this.engine.file().getFillRate() < ENOUGH && inVain < MOVES_IN_VAIN && clock.nanoTime() < end) {
            move();
            inVain = (this.engine.file().size() < smallest) ? 0 : inVain + 1;
            smallest = Math.min(smallest, this.engine.file().size());
        }
    }

    // Moving commits by itself and collects roots whenever it likes, so no batch may be
    // open.
    private void move() {
        long bytes = Math.max(MOVE_BYTES, this.engine.file().largestChunkBytes());
        this.gate.hold();
        try {
            this.engine.file().compactMoveChunks(100, bytes, this.engine.store());
        }
        finally {
            this.gate.release();
        }
    }

    /** Tells that the store is closing. */
    interface Closing {

        /** Waits for it; {@code true} if it is. */
        boolean await(long time, TimeUnit unit);

    }

}
