/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.EnumMap;
import java.util.Map;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Clock;
import io.kvorum.server.metrics.Counter;
import io.kvorum.server.metrics.Histogram;
import io.kvorum.server.metrics.Labelled;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.NodeMetrics;

/** What happens to a member, under etcd's names. */
final class NodeInstruments implements NodeMetrics {

    /** etcd's default of --warning-apply-duration. */
    private static final long SLOW_NANOS = 100_000_000;

    private final Clock clock;

    private final Counter leaderChanges;

    private final Counter failedProposals;

    private final Counter slowApplies;

    private final Counter failedReadIndexes;

    private final Counter slowReadIndexes;

    private final Counter grantedLeases;

    private final Counter revokedLeases;

    private final Counter renewedLeases;

    private final Counter expiredLeases;

    private final Histogram leaseSeconds;

    private final Map<Kind, Histogram> succeeded = new EnumMap<>(Kind.class);

    private final Map<Kind, Histogram> failed = new EnumMap<>(Kind.class);

    private final Labelled<Histogram> applySeconds;

    /** Confined to the apply thread. */
    private long lastNanos;

    NodeInstruments(Metrics metrics, Clock clock) {
        this.clock = clock;
        this.leaderChanges = metrics.counter("etcd_server_leader_changes_seen_total", "Changes of the leader.");
        this.failedProposals = metrics.counter("etcd_server_proposals_failed_total",
                "Commands that got no answer from the log.");
        this.slowApplies = metrics.counter("etcd_server_slow_apply_total",
                "Commands that took more than 100 ms to apply.");
        this.failedReadIndexes = metrics.counter("etcd_server_read_indexes_failed_total",
                "Read indexes that were not confirmed.");
        this.slowReadIndexes = metrics.counter("etcd_server_slow_read_indexes_total",
                "Read indexes that were not confirmed in time.");
        this.grantedLeases = metrics.counter("etcd_debugging_lease_granted_total", "Leases that were granted.");
        this.revokedLeases = metrics.counter("etcd_debugging_lease_revoked_total",
                "Leases that ended, revoked or expired.");
        this.renewedLeases = metrics.counter("etcd_debugging_lease_renewed_total",
                "Leases that this member renewed as the leader.");
        this.expiredLeases = metrics.counter("etcd_debugging_server_lease_expired_total",
                "Leases that ran out while this member led.");
        this.leaseSeconds = metrics.histogram("etcd_debugging_lease_ttl_total", "TTLs of granted leases, in seconds.",
                Histogram.exponential(1, 2, 24));
        this.applySeconds = metrics.histograms("etcd_server_apply_duration_seconds",
                "How long it took to apply a command.", Histogram.exponential(0.0001, 2, 20), "version", "op",
                "success");
    }

    @Override
    public void leaderChanged() {
        this.leaderChanges.increment();
    }

    @Override
    public void proposalsFailed(int commands) {
        this.failedProposals.add(commands);
    }

    @Override
    public void applying() {
        this.lastNanos = this.clock.nanoTime();
    }

    // The end of a command is the beginning of the next one: one look at the clock each.
    @Override
    public void applied(Command<?> command, boolean success) {
        long now = this.clock.nanoTime();
        long nanos = now - this.lastNanos;
        this.lastNanos = now;
        (success ? this.succeeded : this.failed)
            .computeIfAbsent(kind(command),
                    (kind) -> this.applySeconds.with("v3", kind.text, Boolean.toString(success)))
            .observeNanos(nanos);
        if (nanos > SLOW_NANOS) {
            this.slowApplies.increment();
        }
    }

    @Override
    public void readIndexFailed() {
        this.failedReadIndexes.increment();
    }

    @Override
    public void readIndexSlow() {
        this.slowReadIndexes.increment();
    }

    @Override
    public void leaseGranted(long ttlSeconds) {
        this.grantedLeases.increment();
        this.leaseSeconds.observe((double) ttlSeconds);
    }

    @Override
    public void leaseRevoked() {
        this.revokedLeases.increment();
    }

    @Override
    public void leaseRenewed() {
        this.renewedLeases.increment();
    }

    @Override
    public void leaseExpired() {
        this.expiredLeases.increment();
    }

    private static Kind kind(Command<?> command) {
        if (command instanceof PutOperation) {
            return Kind.PUT;
        }
        if (command instanceof TxnOperation) {
            return Kind.TXN;
        }
        if (command instanceof DeleteRangeOperation) {
            return Kind.DELETE_RANGE;
        }
        if (command instanceof RangeOperation) {
            return Kind.RANGE;
        }
        if (command instanceof Command.GrantLease) {
            return Kind.LEASE_GRANT;
        }
        if (command instanceof Command.RevokeLease) {
            return Kind.LEASE_REVOKE;
        }
        if (command instanceof Command.CheckpointLeases) {
            return Kind.LEASE_CHECKPOINT;
        }
        if (command instanceof Command.Compact) {
            return Kind.COMPACTION;
        }
        if (command instanceof Command.SetAlarm) {
            return Kind.ALARM;
        }
        return (command instanceof Command.PublishMember) ? Kind.MEMBER : Kind.OTHER;
    }

    /** Kinds of commands, as etcd names them. */
    private enum Kind {

        PUT("Put"), TXN("Txn"), DELETE_RANGE("DeleteRange"), RANGE("Range"), LEASE_GRANT("LeaseGrant"),
        LEASE_REVOKE("LeaseRevoke"), LEASE_CHECKPOINT("LeaseCheckpoint"), COMPACTION("Compaction"), ALARM("Alarm"),
        MEMBER("ClusterMemberAttrSet"), OTHER("unknown");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

    }

}
