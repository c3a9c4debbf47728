/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.Compare;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.StoreOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The rules of apply, as etcd has them. */
class KvStateTests {

    private static final KeyRange EVERYTHING = new KeyRange(Bytes.EMPTY, null);

    private final List<Long> revoked = new ArrayList<>();

    @TempDir
    private Path directory;

    private MvccStore store;

    private KvState state;

    private long index;

    @BeforeEach
    void open() throws IOException {
        this.store = MvccStore.open(StoreOptions.in(this.directory));
        this.state = new KvState(this.store, new RecordingListener());
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Test
    void putAnswersTheRevisionAndTheKeyAsItWas() {
        assertThat(apply(put("a", "1"))).isEqualTo(new Result.Put(2, null));
        Result.Put second = (Result.Put) apply(new PutOperation(key("a"), key("2"), 0, true, false, false));
        assertThat(second.previous()).isEqualTo(new KeyValue(key("a"), key("1"), 2, 2, 1, 0));
    }

    @Test
    void ignoredValueAndLeaseAreKept() {
        apply(new Command.GrantLease(7, 60));
        apply(new PutOperation(key("a"), key("1"), 7, false, false, false));
        apply(new PutOperation(key("a"), key("2"), 0, false, false, true));
        apply(new PutOperation(key("a"), Bytes.EMPTY, 0, false, true, true));
        assertThat(get("a")).isEqualTo(new KeyValue(key("a"), key("2"), 2, 4, 3, 7));
        refused(new PutOperation(key("b"), Bytes.EMPTY, 0, false, true, false), Code.KEY_NOT_FOUND);
    }

    @Test
    void aPutNeedsItsLease() {
        refused(new PutOperation(key("a"), key("1"), 99, false, false, false), Code.LEASE_NOT_FOUND);
        assertThat(this.store.view().revision()).isEqualTo(1);
    }

    @Test
    void aMissingLeaseComesBeforeAMissingKeyButNotWithinATransaction() {
        PutOperation neither = new PutOperation(key("a"), Bytes.EMPTY, 99, false, true, false);
        refused(neither, Code.LEASE_NOT_FOUND);
        refused(txn(List.of(), List.of(neither), List.of()), Code.KEY_NOT_FOUND);
    }

    @Test
    void endingALeaseDeletesItsKeysInOneRevision() {
        apply(new Command.GrantLease(7, 60));
        apply(new PutOperation(key("b"), key("1"), 7, false, false, false));
        apply(new PutOperation(key("a"), key("1"), 7, false, false, false));
        apply(put("c", "1"));
        assertThat(apply(new Command.RevokeLease(7, 0)).revision()).isEqualTo(5);
        assertThat(range().kvs()).extracting((kv) -> kv.key().toUtf8()).containsExactly("c");
        assertThat(this.revoked).containsExactly(7L);
        refused(new Command.RevokeLease(7, 0), Code.LEASE_NOT_FOUND);
    }

    @Test
    void aLeaseThatExpiredInAnEarlierTermIsNotEnded() {
        apply(new Command.GrantLease(7, 60));
        assertThatExceptionOfType(KvException.class)
            .isThrownBy(() -> this.state.apply(new Command.RevokeLease(7, 4), 5));
        assertThat(this.state.leases().find(7)).isNotNull();
        this.state.apply(new Command.RevokeLease(7, 5), 5);
        assertThat(this.state.leases().find(7)).isNull();
    }

    @Test
    void leasesSurviveAReload() {
        apply(new Command.GrantLease(7, 60));
        apply(new Command.CheckpointLeases(Map.of(7L, 20L, 8L, 5L)));
        refused(new Command.GrantLease(7, 5), Code.LEASE_EXISTS);
        this.state.reload();
        assertThat(this.state.leases().find(7)).isEqualTo(new Lease(7, 60, 20));
        assertThat(this.state.leases().find(8)).isNull();
    }

    @Test
    void operationsOfATransactionSeeEachOtherAndShareTheRevision() {
        apply(put("a", "1"));
        Result.Txn result = (Result.Txn) apply(txn(List.of(),
                List.of(put("b", "2"), all(), new DeleteRangeOperation(KeyRange.single(key("a")), true), all()),
                List.of()));
        assertThat(result.revision()).isEqualTo(3);
        assertThat(result.responses()).hasSize(4).allSatisfy((step) -> assertThat(step.revision()).isEqualTo(3));
        assertThat(((Result.Range) result.responses().get(1)).range().count()).isEqualTo(2);
        assertThat(((Result.Range) result.responses().get(3)).range().count()).isEqualTo(1);
    }

    @Test
    void nestedTransactionsAreDecidedBeforeAnythingIsWritten() {
        Compare missing = new Compare(KeyRange.single(key("a")), Compare.Target.VERSION, Compare.Relation.EQUAL, 0,
                Bytes.EMPTY);
        TxnOperation nested = txn(List.of(missing), List.of(put("b", "yes")), List.of(put("b", "no")));
        Result.Txn result = (Result.Txn) apply(txn(List.of(missing), List.of(put("a", "1"), nested), List.of()));
        assertThat(((Result.Txn) result.responses().get(1)).succeeded()).isTrue();
        assertThat(get("b")).extracting(KeyValue::value).isEqualTo(key("yes"));
    }

    @Test
    void aRefusedOperationLeavesNothingOfItsTransaction() {
        refused(txn(List.of(), List.of(put("a", "1"), new RangeOperation(RangeQuery.of(EVERYTHING).at(99))), List.of()),
                Code.FUTURE_REVISION);
        refused(txn(List.of(), List.of(put("a", "1"), new PutOperation(key("b"), key("1"), 5, false, false, false)),
                List.of()), Code.LEASE_NOT_FOUND);
        assertThat(get("a")).isNull();
        assertThat(this.store.view().revision()).isEqualTo(1);
    }

    @Test
    void aNegativeRevisionWithinATransactionIsCompacted() {
        RangeOperation range = new RangeOperation(RangeQuery.of(EVERYTHING).at(-1));
        refused(txn(List.of(), List.of(put("a", "1"), range), List.of()), Code.COMPACTED);
        assertThatExceptionOfType(KvException.class)
            .isThrownBy(() -> KvState.read(txn(List.of(), List.of(range), List.of()), this.store.view()))
            .satisfies((ex) -> assertThat(ex.code()).isEqualTo(Code.COMPACTED));
    }

    @Test
    void aMissingKeyComparesAsZeroButNeverByValue() {
        for (Compare.Relation relation : Compare.Relation.values()) {
            Compare byValue = new Compare(KeyRange.single(key("x")), Compare.Target.VALUE, relation, 0, key("v"));
            assertThat(succeeded(byValue)).as("value %s", relation).isFalse();
        }
        assertThat(succeeded(mod(KeyRange.single(key("x")), Compare.Relation.EQUAL, 0))).isTrue();
        assertThat(succeeded(mod(KeyRange.single(key("x")), Compare.Relation.LESS, 1))).isTrue();
    }

    @Test
    void aCompareOverARangeMustHoldForEveryKey() {
        apply(put("a", "1"));
        apply(put("b", "1"));
        assertThat(succeeded(mod(EVERYTHING, Compare.Relation.GREATER, 1))).isTrue();
        assertThat(succeeded(mod(EVERYTHING, Compare.Relation.GREATER, 2))).isFalse();
    }

    @Test
    void underNoSpaceOnlyWhatGrowsIsRefused() {
        apply(put("a", "1"));
        apply(new Command.GrantLease(7, 60));
        apply(new Command.SetAlarm(1, AlarmType.NOSPACE, true));
        refused(put("b", "1"), Code.NO_SPACE);
        refused(txn(List.of(), List.of(), List.of(put("b", "1"))), Code.NO_SPACE);
        refused(new Command.GrantLease(8, 60), Code.NO_SPACE);
        apply(new Command.RevokeLease(7, 0));
        apply(new DeleteRangeOperation(EVERYTHING, false));
        apply(new Command.SetAlarm(1, AlarmType.NOSPACE, false));
        apply(put("b", "1"));
    }

    @Test
    void underCorruptDataIsOutOfReach() {
        apply(new Command.SetAlarm(1, AlarmType.CORRUPT, true));
        refused(put("b", "1"), Code.CORRUPT);
        refused(new Command.Compact(1), Code.CORRUPT);
        assertThat(this.state.alarms()).containsExactly(new Result.Alarm(1, AlarmType.CORRUPT));
    }

    @Test
    void clearingAnAlarmThatIsNotUpChangesNothing() {
        Result.Alarms cleared = (Result.Alarms) apply(new Command.SetAlarm(1, AlarmType.NOSPACE, false));
        assertThat(cleared.changed()).isEmpty();
    }

    @Test
    void compactionChecksItsRevision() {
        apply(put("a", "1"));
        refused(new Command.Compact(3), Code.FUTURE_REVISION);
        apply(new Command.Compact(2));
        refused(new Command.Compact(2), Code.COMPACTED);
    }

    @Test
    void whatMembersSayIsKept() {
        apply(new Command.PublishMember(5, "n1", List.of("http://127.0.0.1:2379")));
        this.state.reload();
        assertThat(this.state.members().values()).singleElement()
            .satisfies((member) -> assertThat(member.clientUrls()).containsExactly("http://127.0.0.1:2379"));
    }

    private boolean succeeded(Compare compare) {
        TxnOperation txn = txn(List.of(compare), List.of(all()), List.of());
        boolean onView = KvState.read(txn, this.store.view()).succeeded();
        assertThat(((Result.Txn) apply(txn)).succeeded()).isEqualTo(onView);
        return onView;
    }

    private Result apply(Command<?> command) {
        try {
            return this.state.apply(command, 1);
        }
        finally {
            this.store.publish(++this.index);
        }
    }

    private void refused(Command<?> command, Code code) {
        assertThatExceptionOfType(KvException.class).isThrownBy(() -> apply(command))
            .satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
    }

    private @Nullable KeyValue get(String key) {
        return this.store.view().get(key(key));
    }

    private RangeResult range() {
        return this.store.view().range(RangeQuery.of(EVERYTHING));
    }

    private static RangeOperation all() {
        return new RangeOperation(RangeQuery.of(EVERYTHING));
    }

    private static Compare mod(KeyRange range, Compare.Relation relation, long number) {
        return new Compare(range, Compare.Target.MOD, relation, number, Bytes.EMPTY);
    }

    private static PutOperation put(String key, String value) {
        return new PutOperation(key(key), key(value), 0, false, false, false);
    }

    private static TxnOperation txn(List<Compare> compares, List<Command.Operation<?>> success,
            List<Command.Operation<?>> failure) {
        return new TxnOperation(compares, success, failure);
    }

    private static Bytes key(String text) {
        return Bytes.utf8(text);
    }

    /** Remembers which leases ended. */
    private final class RecordingListener implements KvState.LeaseListener {

        @Override
        public void granted(Lease lease) {
            assertThat(lease.id()).isNotZero();
        }

        @Override
        public void revoked(long id) {
            KvStateTests.this.revoked.add(id);
        }

    }

}
