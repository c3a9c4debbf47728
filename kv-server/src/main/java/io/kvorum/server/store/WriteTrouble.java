/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What to do when the disk refuses a write: try again in a while, because everything that
 * is not written yet is still in memory and readable. The store is only given up when it
 * is closed meanwhile. Safe for any thread.
 */
final class WriteTrouble {

    private static final long RETRY_MILLIS = 200;

    private final CountDownLatch givenUp = new CountDownLatch(1);

    private volatile boolean retries;

    private volatile @Nullable IOException current;

    private WriteTrouble(boolean retries) {
        this.retries = retries;
    }

    static WriteTrouble retrying() {
        return new WriteTrouble(true);
    }

    static WriteTrouble failing() {
        return new WriteTrouble(false);
    }

    /** From now on a refused write is tried again. */
    void startRetrying() {
        this.retries = true;
    }

    /** Returns why the disk refuses writes now, or {@code null} when it does not. */
    @Nullable IOException current() {
        return this.current;
    }

    void worked() {
        if (this.current != null) {
            this.current = null;
        }
    }

    /** Waits a while; {@code false} if the write is to fail. */
    boolean mayRetry(MVStoreException failure) {
        if (!this.retries || !(failure.getCause() instanceof IOException cause)) {
            return false;
        }
        this.current = new IOException("the disk refuses writes of the store: " + cause.getMessage(), failure);
        try {
            return !this.givenUp.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets pending and later writes fail at once. */
    void giveUp() {
        this.givenUp.countDown();
    }

}
