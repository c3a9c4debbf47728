/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.kvorum.server.common.Clock;

/**
 * When leases end, on the member that leads. Nobody else knows: deadlines are local times
 * and are never replicated, only what is left of them ({@link #checkpoints}). Safe for
 * any thread.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>A lease is never reported as expired before its TTL, counted from its grant or last
 * renewal, has passed on this member's monotonic clock.</li>
 * <li>A lease that was reported as expired is not renewed any more, unless its revocation
 * failed.</li>
 * <li>Without leadership there are no deadlines: nothing expires and nothing is
 * renewed.</li>
 * </ol>
 */
public final class LeaseDeadlines {

    /**
     * Leases renewed in time never drop below this share of their TTL (clients renew at a
     * third), so they cost no log.
     */
    private static final double CHECKPOINT_BELOW = 0.6;

    private final Clock clock;

    @GuardedBy("this")
    private final Map<Long, Deadline> deadlines = new HashMap<>();

    @GuardedBy("this")
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));

    @GuardedBy("this")
    private boolean leading;

    /**
     * Creates the deadlines of a member that does not lead.
     * @param clock gives the monotonic time
     */
    public LeaseDeadlines(Clock clock) {
        this.clock = clock;
    }

    /**
     * Leadership begins: every lease gets what was last recorded of its rest, and some
     * time on top because the former leader may have renewed it since.
     * @param leases the leases
     * @param extraMillis the time on top, at least an election timeout
     */
    public synchronized void promote(Iterable<Lease> leases, long extraMillis) {
        demote();
        this.leading = true;
        for (Lease lease : leases) {
            set(lease, TimeUnit.SECONDS.toNanos(lease.restSeconds()) + TimeUnit.MILLISECONDS.toNanos(extraMillis));
        }
    }

    /**
     * Nobody could renew a lease until now: every lease has at least what was last
     * recorded of its rest from here on.
     * @param leases the leases
     * @param extraMillis the time on top
     */
    public synchronized void extend(Iterable<Lease> leases, long extraMillis) {
        for (Lease lease : leases) {
            Deadline deadline = this.deadlines.get(lease.id());
            if (deadline != null && !deadline.revoking) {
                long extended = this.clock.nanoTime() + TimeUnit.SECONDS.toNanos(lease.restSeconds())
                        + TimeUnit.MILLISECONDS.toNanos(extraMillis);
                deadline.nanos = (extended - deadline.nanos > 0) ? extended : deadline.nanos;
            }
        }
    }

    /** Leadership ends. */
    public synchronized void demote() {
        this.leading = false;
        this.deadlines.clear();
        this.queue.clear();
    }

    /**
     * A lease was granted.
     * @param lease the lease
     */
    public synchronized void granted(Lease lease) {
        if (this.leading) {
            set(lease, TimeUnit.SECONDS.toNanos(lease.ttlSeconds()));
        }
    }

    /**
     * A lease is gone.
     * @param id the lease
     */
    public synchronized void revoked(long id) {
        this.deadlines.remove(id);
    }

    /**
     * The revocation of an expired lease failed: it will be reported again.
     * @param id the lease
     */
    public synchronized void revocationFailed(long id) {
        Deadline deadline = this.deadlines.get(id);
        if (deadline != null) {
            deadline.revoking = false;
            this.queue.add(new Due(id, deadline.nanos));
        }
    }

    /**
     * Starts a lease's TTL anew.
     * @param id the lease
     * @return what happened
     */
    public synchronized Renewal renew(long id) {
        Deadline deadline = this.deadlines.get(id);
        long now = this.clock.nanoTime();
        if (deadline == null) {
            return Renewal.UNKNOWN;
        }
        if (deadline.revoking || deadline.nanos - now <= 0) {
            return Renewal.EXPIRED;
        }
        boolean recorded = deadline.recordedSeconds != 0;
        deadline.nanos = now + TimeUnit.SECONDS.toNanos(deadline.ttlSeconds);
        deadline.recordedSeconds = 0;
        return recorded ? Renewal.RENEWED_AGAINST_RECORD : Renewal.RENEWED;
    }

    /**
     * Tells how long a lease has left.
     * @param id the lease
     * @return nanoseconds, at least 0, or -1 if there is no deadline
     */
    public synchronized long remainingNanos(long id) {
        Deadline deadline = this.deadlines.get(id);
        return (deadline != null) ? Math.max(0, deadline.nanos - this.clock.nanoTime()) : -1;
    }

    /**
     * Takes leases that ran out. Each is reported once, until {@link #revocationFailed}.
     * @param max how many at most
     * @return their ids
     */
    public synchronized List<Long> takeExpired(int max) {
        List<Long> expired = new ArrayList<>();
        long now = this.clock.nanoTime();
        while (expired.size() < max && !this.queue.isEmpty() && this.queue.element().nanos - now <= 0) {
            Due due = this.queue.remove();
            Deadline deadline = this.deadlines.get(due.id);
            if (deadline == null || deadline.revoking) {
                continue;
            }
            if (deadline.nanos - now > 0) {
                // Renewed since it was queued: look again when the new deadline is due.
                this.queue.add(new Due(due.id, deadline.nanos));
                continue;
            }
            deadline.revoking = true;
            expired.add(due.id);
        }
        return expired;
    }

    /**
     * Returns what should be recorded so that a new leader does not start leases anew,
     * and takes it as recorded.
     * @param max how many leases at most
     * @param all every lease that has lost time, not only those that were not renewed in
     * time: before leadership is handed over
     * @return seconds left by lease id
     */
    public synchronized Map<Long, Long> checkpoints(int max, boolean all) {
        Map<Long, Long> result = new HashMap<>();
        long now = this.clock.nanoTime();
        for (Map.Entry<Long, Deadline> entry : this.deadlines.entrySet()) {
            Deadline deadline = entry.getValue();
            long left = TimeUnit.NANOSECONDS.toSeconds(deadline.nanos - now) + 1;
            long known = (deadline.recordedSeconds != 0) ? deadline.recordedSeconds : deadline.ttlSeconds;
            boolean due = all || left < deadline.ttlSeconds * CHECKPOINT_BELOW;
            if (!deadline.revoking && left > 0 && left < known && due) {
                deadline.recordedSeconds = left;
                result.put(entry.getKey(), left);
                if (result.size() == max) {
                    break;
                }
            }
        }
        return result;
    }

    @GuardedBy("this")
    private void set(Lease lease, long nanosFromNow) {
        Deadline deadline = new Deadline(lease.ttlSeconds(), this.clock.nanoTime() + nanosFromNow,
                lease.remainingSeconds());
        this.deadlines.put(lease.id(), deadline);
        this.queue.add(new Due(lease.id(), deadline.nanos));
    }

    /** What came of a renewal. */
    public enum Renewal {

        /** There is no such lease here. */
        UNKNOWN,
        /** The lease ran out; its revocation is under way. */
        EXPIRED,
        /** The TTL begins anew. */
        RENEWED,
        /**
         * The TTL begins anew, and the recorded rest must be taken back in the log before
         * anybody hears of it.
         */
        RENEWED_AGAINST_RECORD

    }

    private record Due(long id, long nanos) {
    }

    /** Guarded by the lock of the deadlines. */
    private static final class Deadline {

        final long ttlSeconds;

        long nanos;

        long recordedSeconds;

        boolean revoking;

        Deadline(long ttlSeconds, long nanos, long recordedSeconds) {
            this.ttlSeconds = ttlSeconds;
            this.nanos = nanos;
            this.recordedSeconds = recordedSeconds;
        }

    }

}
