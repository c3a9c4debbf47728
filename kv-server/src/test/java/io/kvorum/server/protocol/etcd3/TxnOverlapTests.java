/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.List;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Rule T3 of the protocol. */
class TxnOverlapTests {

    @Test
    void differentKeysPass() {
        assertPasses(put("a"), put("b"), delete("c", ""));
    }

    @Test
    void aKeyIsPutOnce() {
        assertRefused(put("a"), put("a"));
    }

    @Test
    void aKeyIsNotPutAndDeleted() {
        assertRefused(put("a"), delete("a", ""));
        assertRefused(put("b"), delete("a", "c"));
        assertRefused(delete("a", "c"), put("b"));
        assertPasses(put("c"), delete("a", "c"));
    }

    @Test
    void deletionsMayOverlap() {
        assertPasses(delete("a", "c"), delete("b", "d"), put("d"));
        assertRefused(delete("a", "c"), delete("b", "e"), put("d"));
        assertRefused(delete("b", "e"), delete("a", "c"), put("a"));
        assertRefused(delete("a", "f"), delete("b", "c"), put("e"));
    }

    @Test
    void anEmptyDeletionDeletesNothing() {
        assertPasses(delete("c", "a"), put("b"));
        assertPasses(delete("b", "b"), put("b"));
    }

    /** As etcd 3.4.23 does: the put wins. */
    @Test
    void aDeletionWithoutAnUpperBoundIsNotLookedAt() {
        assertPasses(delete("a", "\0"), put("b"));
        assertPasses(delete("\0", "\0"), put("b"));
    }

    @Test
    void nestedTransactionsCount() {
        assertRefused(put("a"), txn(List.of(put("a")), List.of()));
        assertRefused(put("a"), txn(List.of(), List.of(put("a"))));
        assertRefused(delete("a", "c"), txn(List.of(put("b")), List.of()));
        assertRefused(put("b"), txn(List.of(), List.of(delete("a", "c"))));
        assertRefused(txn(List.of(put("a")), List.of()), txn(List.of(), List.of(put("a"))));
    }

    @Test
    void theBranchesOfANestedTransactionMayOverlap() {
        assertPasses(txn(List.of(put("a")), List.of(put("a"))));
        assertPasses(txn(List.of(put("a")), List.of(delete("a", ""))));
    }

    @Test
    void aNestedTransactionIsCheckedOnItsOwn() {
        assertRefused(txn(List.of(put("a"), put("a")), List.of()));
    }

    private static RequestOp put(String key) {
        return RequestOp.newBuilder().setRequestPut(PutRequest.newBuilder().setKey(bytes(key))).build();
    }

    private static RequestOp delete(String key, String end) {
        return RequestOp.newBuilder()
            .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end)))
            .build();
    }

    private static RequestOp txn(List<RequestOp> success, List<RequestOp> failure) {
        return RequestOp.newBuilder()
            .setRequestTxn(TxnRequest.newBuilder().addAllSuccess(success).addAllFailure(failure))
            .build();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static void assertPasses(RequestOp... branch) {
        assertThatCode(() -> TxnOverlap.check(List.of(branch))).doesNotThrowAnyException();
    }

    private static void assertRefused(RequestOp... branch) {
        KvException refusal = catchThrowableOfType(KvException.class, () -> TxnOverlap.check(List.of(branch)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(Code.DUPLICATE_KEY);
    }

}
