/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeResult;

/**
 * What a command answers. Lives on the member that serves the client only and is never
 * serialized.
 */
public sealed interface Result {

    /**
     * Returns the store's revision after the command, or, inside a transaction, at the
     * operation.
     * @return the revision
     */
    long revision();

    /**
     * Nothing to say but that it is done.
     *
     * @param revision the revision
     */
    record Done(long revision) implements Result {
    }

    /**
     * Answer to a put.
     *
     * @param revision the revision
     * @param previous the key as it was, if that was asked for and it existed
     */
    record Put(long revision, @Nullable KeyValue previous) implements Result {
    }

    /**
     * Answer to a range.
     *
     * @param revision the current revision, also for reads of an old one
     * @param range what was read
     */
    record Range(long revision, RangeResult range) implements Result {
    }

    /**
     * Answer to a delete range.
     *
     * @param revision the revision
     * @param deleted number of keys deleted
     * @param previous the keys as they were, if that was asked for
     */
    record DeleteRange(long revision, long deleted, List<KeyValue> previous) implements Result {
    }

    /**
     * Answer to a transaction.
     *
     * @param revision the revision
     * @param succeeded whether all comparisons held
     * @param responses one answer for each operation of the branch that was done
     */
    record Txn(long revision, boolean succeeded, List<Result> responses) implements Result {
    }

    /**
     * Answer to the grant of a lease.
     *
     * @param revision the revision
     * @param id the lease
     * @param ttlSeconds the TTL granted
     */
    record LeaseGranted(long revision, long id, long ttlSeconds) implements Result {
    }

    /**
     * Answer to the begin, the take-over or the end of a session.
     *
     * @param revision the revision
     * @param valid whether there was such a session with that password or owner
     */
    record Session(long revision, boolean valid) implements Result {
    }

    /**
     * Answer to writes of the tree.
     *
     * @param revision the revision
     * @param answers one for each write
     */
    record Znodes(long revision, List<ZnodeAnswer> answers) implements Result {
    }

    /**
     * Answer to a change of alarms.
     *
     * @param revision the revision
     * @param changed the alarms that were raised or cleared by the command
     */
    record Alarms(long revision, List<Alarm> changed) implements Result {
    }

    /**
     * One alarm.
     *
     * @param memberId the member it is about
     * @param type what it is about
     */
    record Alarm(long memberId, AlarmType type) {
    }

}
