/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.kvorum.server.common.Clock;
import io.kvorum.server.common.KvException;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps MVStore from reusing the space of versions that views still read. MVStore counts
 * its users only for the newest version; here each pinned version has its own count.
 */
final class VersionPins {

    private final MVStore store;

    private final Clock clock;

    private final long graceNanos;

    @GuardedBy("this")
    private final Deque<Pin> outdated = new ArrayDeque<>();

    @GuardedBy("this")
    private @Nullable Pin newest;

    private final Set<Pin> registered = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    VersionPins(MVStore store, Clock clock, long graceNanos) {
        this.store = store;
        this.clock = clock;
        this.graceNanos = graceNanos;
    }

    /**
     * Returns the pin for maps that are frozen from now on. It holds until some time
     * after the next version got its own.
     */
    synchronized Pin current() {
        Pin pin = this.newest;
        long version = this.store.getCurrentVersion();
        if (pin == null || pin.version != version) {
            if (pin != null) {
                pin.outdatedAt = this.clock.nanoTime();
                this.outdated.add(pin);
            }
            pin = new Pin(this.store.registerVersionUsage(), version);
            this.registered.add(pin);
            this.newest = pin;
        }
        return pin;
    }

    /** Lets go of versions that are outdated for long enough. */
    synchronized void releaseOutdated() {
        long now = this.clock.nanoTime();
        for (Pin pin = this.outdated.peek(); pin != null
                && now - pin.outdatedAt >= this.graceNanos; pin = this.outdated.peek()) {
            this.outdated.remove();
            pin.readersOnly = true;
            pin.release();
        }
    }

    /** Lets go of everything: the store is closing, and whoever still reads will fail. */
    synchronized void close() {
        this.closed = true;
        this.registered.forEach(Pin::deregister);
    }

    /** Tells whether a reader uses any version at this moment. */
    boolean inUse() {
        return this.registered.stream().anyMatch(Pin::hasReaders);
    }

    /** A version in use. */
    final class Pin {

        private final MVStore.TxCounter usage;

        private final long version;

        /** One for this class, and one for each reader. */
        private final AtomicInteger count = new AtomicInteger(1);

        private long outdatedAt;

        private volatile boolean readersOnly;

        private Pin(MVStore.TxCounter usage, long version) {
            this.usage = usage;
            this.version = version;
        }

        /** Adds a reader. */
        void retain() {
            int before;
            do {
                before = this.count.get();
                if (before == 0) {
                    throw new KvException(KvException.Code.CANCELED,
                            "the view is too old to be read; it has to be retained in time", null);
                }
            }
            while (!this.count.compareAndSet(before, before + 1));
        }

        /** Removes a reader. */
        void release() {
            if (this.count.decrementAndGet() == 0 && !VersionPins.this.closed) {
                deregister();
            }
        }

        private boolean hasReaders() {
            return this.count.get() > (this.readersOnly ? 0 : 1);
        }

        private void deregister() {
            if (VersionPins.this.registered.remove(this)) {
                VersionPins.this.store.deregisterVersionUsage(this.usage);
            }
        }

    }

}
