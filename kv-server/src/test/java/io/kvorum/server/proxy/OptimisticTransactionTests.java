/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.tree.TreeKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What of a transaction goes to the cluster: comparisons, and writes in their order. */
class OptimisticTransactionTests {

    private static final int MAX_OPS = 128;

    private static final Bytes NODE = TreeKeys.node("/a");

    private static final KeyRange RECORD = TreeKeys.record("/a");

    private final ReadSet reads = new ReadSet();

    @Test
    void whatWasReadIsCompared() {
        this.reads.put(ReadSet.Known.of(RECORD, List.of(key(NODE, 3, 7)), 9));
        OptimisticTransaction txn = begin();
        assertThat(txn.get(NODE)).isNotNull();
        assertThat(txn.mayCommit()).isTrue();
        TxnRequest request = request(txn);
        assertThat(request.getCompareList()).extracting(Compare::getModRevision).contains(7L);
        assertThat(request.getCompareList()).filteredOn((compare) -> !compare.getRangeEnd().isEmpty())
            .singleElement()
            .satisfies((compare) -> {
                assertThat(compare.getResult()).isEqualTo(Compare.CompareResult.LESS);
                assertThat(compare.getCreateRevision()).isEqualTo(10);
            });
        assertThat(request.getSuccessList()).as("a mark, for a revision")
            .singleElement()
            .matches(RequestOp::hasRequestPut);
        assertThat(request.getFailureList()).as("reads again").singleElement().matches(RequestOp::hasRequestRange);
    }

    @Test
    void whatIsNotKnownIsTakenForAbsentAndComparedSo() {
        OptimisticTransaction txn = begin();
        assertThat(txn.get(NODE)).isNull();
        assertThat(txn.missing()).containsExactly(RECORD);
        assertThat(txn.mayCommit()).isTrue();
        txn.put(NODE, Bytes.utf8("x"), 0);
        assertThat(request(txn).getCompareList()).singleElement().satisfies((compare) -> {
            assertThat(compare.getTarget()).isEqualTo(Compare.CompareTarget.CREATE);
            assertThat(compare.getCreateRevision()).isZero();
        });
    }

    @Test
    void aFailureIsNotBuiltOnWhatIsNotKnown() {
        OptimisticTransaction txn = begin();
        txn.get(NODE);
        txn.undo();
        assertThat(txn.mayCommit()).isFalse();
    }

    @Test
    void theLastWriteOfAKeyDecides() {
        this.reads.put(ReadSet.Known.of(RECORD, List.of(), 9));
        OptimisticTransaction txn = begin();
        txn.put(NODE, Bytes.utf8("1"), 0);
        txn.put(TreeKeys.node("/b"), Bytes.utf8("b"), 0);
        txn.put(NODE, Bytes.utf8("2"), 0);
        assertThat(request(txn).getSuccessList())
            .extracting((operation) -> operation.getRequestPut().getValue().toStringUtf8())
            .containsExactly("b", "2");
        assertThat(txn.after()).filteredOn((known) -> known.range().equals(RECORD))
            .singleElement()
            .satisfies((known) -> assertThat(known.kvs()).hasEntrySatisfying(NODE,
                    (kv) -> assertThat(kv.value()).isEqualTo(Bytes.utf8("2"))));
    }

    @Test
    void ephemeralsAreRememberedAndNotLeased() {
        OptimisticTransaction txn = begin();
        txn.put(NODE, Bytes.utf8("x"), 0x77);
        assertThat(request(txn).getSuccessList()).hasSize(2)
            .allMatch((operation) -> operation.getRequestPut().getLease() == 0)
            .anyMatch((operation) -> operation.getRequestPut().getKey().toStringUtf8().contains("~owned/"));
    }

    @Test
    void theSessionItselfIsLeased() {
        OptimisticTransaction txn = new OptimisticTransaction(this.reads, 1, 0x55);
        txn.put(TreeKeys.session(0x77), Bytes.utf8("x"), 0x77);
        assertThat(request(txn).getSuccessList()).singleElement()
            .matches((operation) -> operation.getRequestPut().getLease() == 0x55);
    }

    @Test
    void manyWritesGoInPartsThatTheClusterTakes() {
        List<Bytes> owned = new ArrayList<>();
        OptimisticTransaction txn = begin();
        for (int i = 0; i < 1000; i++) {
            Bytes node = TreeKeys.node("/a/" + i);
            owned.add(node);
            txn.delete(KeyRange.single(node));
        }
        TxnRequest request = request(txn);
        int parts = request.getSuccessCount();
        assertThat(request.getSuccessList()).allMatch(RequestOp::hasRequestTxn)
            .allMatch((part) -> parts + part.getRequestTxn().getSuccessCount() <= MAX_OPS);
        assertThat(request.getSuccessList().stream().mapToInt((part) -> part.getRequestTxn().getSuccessCount()).sum())
            .isEqualTo(owned.size());
    }

    @Test
    void tooMuchIsRefused() {
        OptimisticTransaction txn = begin();
        for (int i = 0; i < 200; i++) {
            txn.get(TreeKeys.node("/a/" + i));
        }
        assertThatThrownBy(() -> request(txn)).isInstanceOfSatisfying(KvException.class,
                (ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.TOO_MANY_OPS));
    }

    private OptimisticTransaction begin() {
        return new OptimisticTransaction(this.reads, 1, 0);
    }

    private static TxnRequest request(OptimisticTransaction txn) {
        return new CommitRequest(new KeyMapping("/p/"), MAX_OPS).of(txn);
    }

    private static KeyValue key(Bytes key, long created, long modified) {
        return new KeyValue(key, Bytes.EMPTY, created, modified, 1, 0);
    }

}
