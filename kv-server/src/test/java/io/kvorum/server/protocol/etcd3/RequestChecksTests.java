/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Rules R1, R2, P1, P2, T1, T2 of the protocol, and the order in which they are found.
 */
class RequestChecksTests {

    private static final ByteString KEY = ByteString.copyFromUtf8("k");

    @Test
    void rangeNeedsAKey() {
        assertRefused(Code.EMPTY_KEY, () -> RequestChecks.check(RangeRequest.getDefaultInstance()));
    }

    @Test
    void rangeKnowsItsSortOptions() {
        assertRefused(Code.INVALID_SORT_OPTION,
                () -> RequestChecks.check(RangeRequest.newBuilder().setKey(KEY).setSortOrderValue(7).build()));
        assertRefused(Code.INVALID_SORT_OPTION,
                () -> RequestChecks.check(RangeRequest.newBuilder().setKey(KEY).setSortTargetValue(5).build()));
    }

    @Test
    void theKeyComesBeforeTheSortOption() {
        assertRefused(Code.EMPTY_KEY,
                () -> RequestChecks.check(RangeRequest.newBuilder().setSortOrderValue(7).build()));
    }

    @Test
    void streamedRangesHaveNoOrderAndNoFilter() {
        RangeRequest range = RangeRequest.newBuilder().setKey(KEY).build();
        assertThatCode(() -> RequestChecks.checkStream(range)).doesNotThrowAnyException();
        assertThatCode(
                () -> RequestChecks.checkStream(range.toBuilder().setSortOrder(RangeRequest.SortOrder.ASCEND).build()))
            .doesNotThrowAnyException();
        // Without an order, the target does not count.
        assertThatCode(
                () -> RequestChecks.checkStream(range.toBuilder().setSortTarget(RangeRequest.SortTarget.MOD).build()))
            .doesNotThrowAnyException();
        assertUnimplemented("RangeStream does not support custom sort orders",
                range.toBuilder().setSortOrder(RangeRequest.SortOrder.DESCEND).build());
        assertUnimplemented("RangeStream does not support revision filters",
                range.toBuilder().setMaxCreateRevision(3).build());
    }

    @Test
    void putNeedsAKeyAndNoContradiction() {
        assertRefused(Code.EMPTY_KEY, () -> RequestChecks.check(PutRequest.getDefaultInstance()));
        assertRefused(Code.VALUE_PROVIDED, () -> RequestChecks.check(
                PutRequest.newBuilder().setKey(KEY).setValue(KEY).setIgnoreValue(true).setIgnoreLease(true).build()));
        assertRefused(Code.LEASE_PROVIDED, () -> RequestChecks
            .check(PutRequest.newBuilder().setKey(KEY).setLease(1).setIgnoreValue(true).setIgnoreLease(true).build()));
    }

    @Test
    void deleteNeedsAKey() {
        assertRefused(Code.EMPTY_KEY, () -> RequestChecks.check(DeleteRangeRequest.getDefaultInstance()));
    }

    @Test
    void txnHasOnlySoManyOperations() {
        assertThatCode(() -> RequestChecks.check(txn(128), 128)).doesNotThrowAnyException();
        assertRefused(Code.TOO_MANY_OPS, () -> RequestChecks.check(txn(129), 128));
    }

    @Test
    void nestedTxnHasWhatTheOuterOneLeaves() {
        assertThatCode(() -> RequestChecks.check(nested(1, txn(127)), 128)).doesNotThrowAnyException();
        assertRefused(Code.TOO_MANY_OPS, () -> RequestChecks.check(nested(1, txn(128)), 128));
    }

    @Test
    void theSizeOfATxnComesBeforeItsKeys() {
        TxnRequest request = txn(129).toBuilder().addCompare(Compare.getDefaultInstance()).build();
        assertRefused(Code.TOO_MANY_OPS, () -> RequestChecks.check(request, 128));
    }

    @Test
    void comparesNeedAKey() {
        TxnRequest request = TxnRequest.newBuilder().addCompare(Compare.getDefaultInstance()).build();
        assertRefused(Code.EMPTY_KEY, () -> RequestChecks.check(request, 128));
    }

    @Test
    void anOperationMustBeOne() {
        TxnRequest request = TxnRequest.newBuilder().addFailure(RequestOp.getDefaultInstance()).build();
        assertRefused(Code.KEY_NOT_FOUND, () -> RequestChecks.check(request, 128));
    }

    @Test
    void operationsAreCheckedLikeRequests() {
        TxnRequest request = TxnRequest.newBuilder()
            .addSuccess(RequestOp.newBuilder().setRequestPut(PutRequest.getDefaultInstance()))
            .build();
        assertRefused(Code.EMPTY_KEY, () -> RequestChecks.check(nested(1, request), 128));
    }

    private static TxnRequest txn(int ops) {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = 0; i < ops; i++) {
            txn.addSuccess(RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(KEY)));
        }
        return txn.build();
    }

    private static TxnRequest nested(int ops, TxnRequest inner) {
        return txn(ops - 1).toBuilder().addSuccess(RequestOp.newBuilder().setRequestTxn(inner)).build();
    }

    private static void assertRefused(Code code, ThrowingCallable check) {
        KvException refusal = catchThrowableOfType(KvException.class, check);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    private static void assertUnimplemented(String text, RangeRequest request) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class,
                () -> RequestChecks.checkStream(request));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(refusal.getStatus().getDescription()).isEqualTo(text);
    }

}
