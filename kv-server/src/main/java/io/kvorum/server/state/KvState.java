/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.util.List;
import java.util.Map;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.Command.PublishMember;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.lease.LeaseTable;
import io.kvorum.server.store.KvStore;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.store.Transaction;

/**
 * The replicated state: keys, leases, alarms, members. A function of the log and of
 * nothing else. {@link #apply} is confined to the apply thread; the tables may be read by
 * any thread.
 */
public final class KvState {

    private final KvStore store;

    private final LeaseTable leases = new LeaseTable();

    private final AlarmTable alarms = new AlarmTable();

    private final MemberTable members = new MemberTable();

    private final OperationRunner operations = new OperationRunner(this.leases);

    private final LeaseListener leaseListener;

    private final TreeRunner tree;

    /**
     * Creates the state over a store and reads its tables.
     * @param store the store
     * @param leaseListener hears of leases that come and go
     */
    public KvState(KvStore store, LeaseListener leaseListener) {
        this.store = store;
        this.leaseListener = leaseListener;
        this.tree = new TreeRunner(store, this.leases, leaseListener);
        reload();
    }

    /** Reads the tables again, after the store was replaced. */
    public void reload() {
        ReadView view = this.store.view();
        this.leases.load(view);
        this.alarms.load(view);
        this.members.load(view);
    }

    /**
     * Applies one command.
     * @param command the command
     * @param term the term of the entry it came in
     * @return its result
     * @throws KvException if it cannot be done; nothing has changed then
     */
    public Result apply(Command<?> command, long term) {
        refuseUnderAlarm(command);
        if (command instanceof Command.Operation<?> operation) {
            return this.store.transact((txn) -> this.operations.run(txn, operation));
        }
        if (command instanceof Command.TreeCommand<?> treeCommand) {
            return this.tree.run(treeCommand);
        }
        if (command instanceof Command.Compact compact) {
            this.store.compact(compact.revision());
            return this.store.transact((txn) -> new Result.Done(txn.revision()));
        }
        return this.store.transact((txn) -> applyToTables(txn, command, term));
    }

    /**
     * Returns the leases.
     * @return the table, to be read only
     */
    public LeaseTable leases() {
        return this.leases;
    }

    /**
     * Returns the alarms that are up.
     * @return the alarms
     */
    public List<Result.Alarm> alarms() {
        return this.alarms.all();
    }

    /**
     * Tells whether an alarm is up for any member.
     * @param type the alarm
     * @return {@code true} if it is
     */
    public boolean isAlarmActive(AlarmType type) {
        return this.alarms.isActive(type);
    }

    /**
     * Returns what members said about themselves.
     * @return by member id
     */
    public Map<Long, PublishMember> members() {
        return this.members.all();
    }

    private Result applyToTables(Transaction txn, Command<?> command, long term) {
        if (command instanceof Command.GrantLease grant) {
            return grant(txn, grant);
        }
        if (command instanceof Command.RevokeLease revoke) {
            return revoke(txn, revoke, term);
        }
        if (command instanceof Command.CheckpointLeases checkpoint) {
            checkpoint.remainingSeconds().forEach((id, remaining) -> {
                Lease lease = this.leases.find(id);
                if (lease != null) {
                    this.leases.put(txn, new Lease(id, lease.ttlSeconds(), remaining));
                }
            });
            return new Result.Done(txn.revision());
        }
        if (command instanceof Command.SetAlarm set) {
            List<Result.Alarm> changed = this.alarms.set(txn, new Result.Alarm(set.memberId(), set.alarm()),
                    set.active());
            return new Result.Alarms(txn.revision(), changed);
        }
        if (command instanceof PublishMember member) {
            this.members.put(txn, member);
            return new Result.Done(txn.revision());
        }
        throw new IllegalStateException("command without a rule: " + command);
    }

    private Result grant(Transaction txn, Command.GrantLease grant) {
        if (this.leases.find(grant.id()) != null) {
            throw new KvException(Code.LEASE_EXISTS);
        }
        Lease lease = new Lease(grant.id(), grant.ttlSeconds(), 0);
        this.leases.put(txn, lease);
        this.leaseListener.granted(lease);
        return new Result.LeaseGranted(txn.revision(), lease.id(), lease.ttlSeconds());
    }

    private Result revoke(Transaction txn, Command.RevokeLease revoke, long term) {
        // A deposed leader that has not noticed must not end anybody's lease
        // (etcd#15247).
        boolean outdated = revoke.expiredInTerm() != 0 && revoke.expiredInTerm() != term;
        if (this.leases.find(revoke.id()) == null || outdated) {
            throw new KvException(Code.LEASE_NOT_FOUND);
        }
        if (!TreeRunner.endSession(txn, revoke.id())) {
            for (Bytes key : txn.keysOfLease(revoke.id())) {
                txn.delete(KeyRange.single(key));
            }
        }
        this.leases.remove(txn, revoke.id());
        this.leaseListener.revoked(revoke.id());
        return new Result.Done(txn.revision());
    }

    private void refuseUnderAlarm(Command<?> command) {
        if (this.alarms.all().isEmpty()) {
            return;
        }
        boolean aboutData = command instanceof Command.Operation<?> || command instanceof Command.Compact
                || command instanceof Command.TreeCommand || command instanceof Command.GrantLease
                || command instanceof Command.RevokeLease;
        if (aboutData && this.alarms.isActive(AlarmType.CORRUPT)) {
            throw new KvException(Code.CORRUPT);
        }
        if (needsSpace(command) && this.alarms.isActive(AlarmType.NOSPACE)) {
            throw new KvException(Code.NO_SPACE);
        }
    }

    /**
     * Tells whether a command makes the store grow, and so is refused when the quota is
     * used up.
     * @param command the command
     * @return {@code true} for puts, transactions with a put in any branch, and new
     * leases
     */
    public static boolean needsSpace(Command<?> command) {
        if (command instanceof TxnOperation txn) {
            return txn.success().stream().anyMatch(KvState::needsSpace)
                    || txn.failure().stream().anyMatch(KvState::needsSpace);
        }
        return command instanceof PutOperation || command instanceof Command.GrantLease
                || command instanceof OpenSession || (command instanceof WriteZnodes write && write.needsSpace());
    }

    /**
     * Evaluates a read-only transaction on a view.
     * @param txn the transaction
     * @param view the view
     * @return its result
     */
    public static Result.Txn read(TxnOperation txn, ReadView view) {
        boolean succeeded = txn.compares().stream().allMatch((compare) -> Comparison.holds(compare, view::range));
        List<Result> responses = (succeeded ? txn.success() : txn.failure()).stream()
            .map(RangeOperation.class::cast)
            .<Result>map((range) -> new Result.Range(view.revision(), view.range(OperationRunner.queryOf(range))))
            .toList();
        return new Result.Txn(view.revision(), succeeded, responses);
    }

    /** Hears of leases that come and go. Called on the apply thread; must not block. */
    public interface LeaseListener {

        /**
         * A lease was granted.
         * @param lease the lease
         */
        void granted(Lease lease);

        /**
         * A lease is gone.
         * @param id the lease
         */
        void revoked(long id);

    }

}
