/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;
import java.util.Map;

/**
 * What goes through the log: one change of the replicated state. Everything that is not a
 * function of the state, such as time and new ids, is in the command, put there by the
 * proposer.
 *
 * @param <R> the type of the result
 */
public sealed interface Command<R extends Result> {

    /**
     * Drops the history before a revision.
     *
     * @param revision the oldest revision that stays readable
     */
    record Compact(long revision) implements Command<Result.Done> {
    }

    /**
     * Creates a lease.
     *
     * @param id the lease's id, chosen by the client or the proposer, never 0
     * @param ttlSeconds the granted TTL
     */
    record GrantLease(long id, long ttlSeconds) implements Command<Result.LeaseGranted> {
    }

    /**
     * Ends a lease and deletes its keys in one revision.
     *
     * @param id the lease's id
     * @param expiredInTerm 0 when a client asked for it; otherwise the term of the leader
     * that saw it expire, and apply ignores the command when it arrives in a later term
     * (etcd#15247)
     */
    record RevokeLease(long id, long expiredInTerm) implements Command<Result.Done> {
    }

    /**
     * Records how long leases have left, so that a new leader does not start them anew.
     *
     * @param remainingSeconds by lease id; 0 means the full TTL
     */
    record CheckpointLeases(Map<Long, Long> remainingSeconds) implements Command<Result.Done> {
    }

    /**
     * Raises or clears an alarm.
     *
     * @param memberId the member it is about
     * @param alarm the alarm
     * @param active raise or clear
     */
    record SetAlarm(long memberId, AlarmType alarm, boolean active) implements Command<Result.Alarms> {
    }

    /**
     * Makes known what a member says about itself when it starts.
     *
     * @param memberId the member
     * @param name its human-readable name
     * @param clientUrls where it serves clients
     */
    record PublishMember(long memberId, String name, List<String> clientUrls) implements Command<Result.Done> {
    }

    /** A command on keys, which can also be part of a transaction. */
    sealed interface Operation<R extends Result> extends Command<R>
            permits RangeOperation, PutOperation, DeleteRangeOperation, TxnOperation {

    }

    /** A command on the tree of znodes and on the sessions of its clients. */
    sealed interface TreeCommand<R extends Result> extends Command<R>
            permits OpenSession, ResumeSession, CloseSession, WriteZnodes, ExpireZnodes {

    }

}
