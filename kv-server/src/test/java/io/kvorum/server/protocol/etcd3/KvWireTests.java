/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.DeleteRangeResponse;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;
import io.kvorum.proto.mvccpb.KeyValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The KV service over the wire, as a transcript of what clients say and hear. */
class KvWireTests {

    @TempDir
    private static Path directory;

    private static SoloServer server;

    private KVGrpc.KVBlockingStub kv;

    @BeforeAll
    static void start() throws IOException {
        server = new SoloServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        this.kv = KVGrpc.newBlockingStub(server.channel());
        this.kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(bytes("\0")).setRangeEnd(bytes("\0")).build());
    }

    @Test
    void putAndGet() {
        PutResponse first = put("a", "1");
        PutResponse second = this.kv
            .put(PutRequest.newBuilder().setKey(bytes("a")).setValue(bytes("2")).setPrevKv(true).build());
        assertThat(first.hasPrevKv()).isFalse();
        assertThat(second.getPrevKv().getValue()).isEqualTo(bytes("1"));
        assertThat(second.getHeader().getRevision()).isEqualTo(first.getHeader().getRevision() + 1);
        RangeResponse range = get("a");
        assertThat(range.getHeader()).isEqualTo(ResponseHeader.newBuilder()
            .setClusterId(SoloServer.CLUSTER_ID)
            .setMemberId(SoloServer.MEMBER_ID)
            .setRaftTerm(2)
            .setRevision(second.getHeader().getRevision())
            .build());
        assertThat(range.getCount()).isEqualTo(1);
        assertThat(range.getKvsList()).containsExactly(KeyValue.newBuilder()
            .setKey(bytes("a"))
            .setValue(bytes("2"))
            .setCreateRevision(first.getHeader().getRevision())
            .setModRevision(second.getHeader().getRevision())
            .setVersion(2)
            .build());
    }

    @Test
    void rangeOptions() {
        for (String key : List.of("a", "b", "c", "d")) {
            put(key, "v" + key);
        }
        put("b", "later");
        RangeRequest all = RangeRequest.newBuilder().setKey(bytes("a")).setRangeEnd(bytes("z")).build();
        RangeResponse limited = this.kv.range(all.toBuilder().setLimit(2).build());
        assertThat(keys(limited)).containsExactly("a", "b");
        assertThat(limited.getMore()).isTrue();
        assertThat(limited.getCount()).isEqualTo(4);
        assertThat(keys(this.kv.range(all.toBuilder()
            .setSortOrder(RangeRequest.SortOrder.DESCEND)
            .setSortTarget(RangeRequest.SortTarget.MOD)
            .build()))).containsExactly("b", "d", "c", "a");
        RangeResponse counted = this.kv.range(all.toBuilder().setCountOnly(true).build());
        assertThat(counted.getKvsList()).isEmpty();
        assertThat(counted.getCount()).isEqualTo(4);
        assertThat(this.kv.range(all.toBuilder().setKeysOnly(true).build()).getKvs(0).getValue()).isEmpty();
        RangeResponse empty = this.kv.range(all.toBuilder().setRangeEnd(bytes("A")).build());
        assertThat(empty.getCount()).isZero();
        assertThat(keys(this.kv.range(all.toBuilder().setRangeEnd(bytes("\0")).setSerializable(true).build())))
            .containsExactly("a", "b", "c", "d");
    }

    @Test
    void oldAndFutureRevisions() {
        long first = put("a", "1").getHeader().getRevision();
        long second = put("a", "2").getHeader().getRevision();
        RangeRequest get = RangeRequest.newBuilder().setKey(bytes("a")).build();
        RangeResponse old = this.kv.range(get.toBuilder().setRevision(first).build());
        assertThat(old.getKvs(0).getValue()).isEqualTo(bytes("1"));
        assertThat(old.getHeader().getRevision()).isEqualTo(second);
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision",
                () -> this.kv.range(get.toBuilder().setRevision(second + 1).build()));
        this.kv.compact(CompactionRequest.newBuilder().setRevision(second).setPhysical(true).build());
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted",
                () -> this.kv.range(get.toBuilder().setRevision(first).build()));
        assertThat(this.kv.range(get.toBuilder().setRevision(second).build()).getCount()).isEqualTo(1);
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted",
                () -> this.kv.compact(CompactionRequest.newBuilder().setRevision(second).build()));
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision",
                () -> this.kv.compact(CompactionRequest.newBuilder().setRevision(second + 9).build()));
    }

    @Test
    void deleteTellsWhatWasThere() {
        put("a", "1");
        long before = put("b", "2").getHeader().getRevision();
        DeleteRangeResponse nothing = delete("x", "");
        assertThat(nothing.getDeleted()).isZero();
        assertThat(nothing.getHeader().getRevision()).isEqualTo(before);
        DeleteRangeResponse deleted = delete("a", "c");
        assertThat(deleted.getDeleted()).isEqualTo(2);
        assertThat(deleted.getPrevKvsList()).extracting(KeyValue::getValue).containsExactly(bytes("1"), bytes("2"));
        assertThat(deleted.getHeader().getRevision()).isEqualTo(before + 1);
    }

    @Test
    void refusals() {
        assertRefused(Status.Code.INVALID_ARGUMENT, "etcdserver: key not found",
                () -> this.kv.put(PutRequest.newBuilder().setKey(bytes("none")).setIgnoreValue(true).build()));
        assertRefused(Status.Code.NOT_FOUND, "etcdserver: requested lease not found",
                () -> this.kv.put(PutRequest.newBuilder().setKey(bytes("a")).setLease(12345).build()));
        assertRefused(Status.Code.INVALID_ARGUMENT, "etcdserver: key is not provided",
                () -> this.kv.range(RangeRequest.getDefaultInstance()));
    }

    @Test
    void txnComparesAndAnswersEachOperation() {
        long revision = put("a", "1").getHeader().getRevision();
        TxnResponse done = this.kv.txn(TxnRequest.newBuilder()
            .addCompare(Compare.newBuilder()
                .setKey(bytes("a"))
                .setTarget(Compare.CompareTarget.MOD)
                .setModRevision(revision))
            .addSuccess(put("a", "2", true))
            .addSuccess(range("a"))
            .addSuccess(RequestOp.newBuilder().setRequestTxn(TxnRequest.newBuilder().addSuccess(put("b", "3", false))))
            .addFailure(range("b"))
            .build());
        assertThat(done.getSucceeded()).isTrue();
        assertThat(done.getHeader().getMemberId()).isEqualTo(SoloServer.MEMBER_ID);
        assertThat(done.getHeader().getRevision()).isEqualTo(revision + 1);
        PutResponse put = done.getResponses(0).getResponsePut();
        assertThat(put.getHeader()).isEqualTo(ResponseHeader.newBuilder().setRevision(revision + 1).build());
        assertThat(put.getPrevKv().getValue()).isEqualTo(bytes("1"));
        assertThat(done.getResponses(1).getResponseRange().getKvs(0).getValue()).isEqualTo(bytes("2"));
        TxnResponse inner = done.getResponses(2).getResponseTxn();
        assertThat(inner.hasHeader()).isTrue();
        assertThat(inner.getHeader()).isEqualTo(ResponseHeader.getDefaultInstance());
        assertThat(inner.getSucceeded()).isTrue();
        TxnResponse again = this.kv.txn(TxnRequest.newBuilder()
            .addCompare(Compare.newBuilder()
                .setKey(bytes("a"))
                .setTarget(Compare.CompareTarget.MOD)
                .setModRevision(revision))
            .addFailure(range("b"))
            .build());
        assertThat(again.getSucceeded()).isFalse();
        assertThat(again.getHeader().getRevision()).isEqualTo(revision + 1);
        assertThat(again.getResponses(0).getResponseRange().getCount()).isEqualTo(1);
    }

    @Test
    void aKeyMayBePutBackAfterADeletionWithoutBound() {
        long revision = put("b", "1").getHeader().getRevision();
        this.kv.txn(TxnRequest.newBuilder()
            .addSuccess(RequestOp.newBuilder()
                .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes("a")).setRangeEnd(bytes("\0"))))
            .addSuccess(put("b", "2", false))
            .build());
        // As etcd 3.4.23 answers: created anew at the revision of the transaction.
        assertThat(get("b").getKvsList()).containsExactly(KeyValue.newBuilder()
            .setKey(bytes("b"))
            .setValue(bytes("2"))
            .setCreateRevision(revision + 1)
            .setModRevision(revision + 1)
            .setVersion(1)
            .build());
    }

    @Test
    void txnWithoutOperationsIsARead() {
        TxnResponse done = this.kv.txn(TxnRequest.getDefaultInstance());
        assertThat(done.getSucceeded()).isTrue();
        assertThat(done.getHeader().getRevision()).isPositive();
    }

    @Test
    void streamedPiecesMergeToTheUnaryAnswer() {
        for (int i = 0; i < 300; i++) {
            put("k%04d".formatted(i), "v".repeat(i));
        }
        RangeRequest all = RangeRequest.newBuilder().setKey(bytes("k")).setRangeEnd(bytes("l")).build();
        for (RangeRequest request : List.of(all, all.toBuilder().setLimit(7).build(),
                all.toBuilder().setLimit(95).build(), all.toBuilder().setLimit(300).build(),
                all.toBuilder().setKeysOnly(true).build(), all.toBuilder().setCountOnly(true).build(),
                all.toBuilder().setKey(bytes("z")).build(), all.toBuilder().clearRangeEnd().build(),
                all.toBuilder().setRangeEnd(bytes("\0")).setSerializable(true).build())) {
            List<RangeResponse> pieces = new ArrayList<>();
            this.kv.rangeStream(request).forEachRemaining((piece) -> pieces.add(piece.getRangeResponse()));
            RangeResponse.Builder merged = RangeResponse.newBuilder();
            pieces.forEach(merged::mergeFrom);
            assertThat(merged.build()).isEqualTo(this.kv.range(request));
            assertThat(pieces.subList(0, pieces.size() - 1)).noneMatch(RangeResponse::hasHeader);
            assertThat(pieces.get(0).getKvsCount()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void streamsRefuseLikeRanges() {
        assertRefused(Status.Code.INVALID_ARGUMENT, "etcdserver: key is not provided",
                () -> this.kv.rangeStream(RangeRequest.getDefaultInstance()).hasNext());
        assertRefused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision",
                () -> this.kv.rangeStream(RangeRequest.newBuilder().setKey(bytes("a")).setRevision(1L << 40).build())
                    .hasNext());
    }

    @Test
    void largeAnswersArrive() {
        byte[] value = new byte[1_400_000];
        for (int i = 0; i < 4; i++) {
            this.kv
                .put(PutRequest.newBuilder().setKey(bytes("large" + i)).setValue(ByteString.copyFrom(value)).build());
        }
        RangeResponse range = this.kv
            .range(RangeRequest.newBuilder().setKey(bytes("large")).setRangeEnd(bytes("largf")).build());
        assertThat(range.getKvsList()).hasSize(4)
            .allSatisfy((kv) -> assertThat(kv.getValue().size()).isEqualTo(value.length));
    }

    private PutResponse put(String key, String value) {
        return this.kv.put(PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build());
    }

    private RangeResponse get(String key) {
        return this.kv.range(RangeRequest.newBuilder().setKey(bytes(key)).build());
    }

    private DeleteRangeResponse delete(String key, String end) {
        return this.kv.deleteRange(
                DeleteRangeRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end)).setPrevKv(true).build());
    }

    private static RequestOp put(String key, String value, boolean previous) {
        return RequestOp.newBuilder()
            .setRequestPut(PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).setPrevKv(previous))
            .build();
    }

    private static RequestOp range(String key) {
        return RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(bytes(key))).build();
    }

    private static List<String> keys(RangeResponse range) {
        return range.getKvsList().stream().map((kv) -> kv.getKey().toStringUtf8()).toList();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static void assertRefused(Status.Code code, String text, ThrowingCallable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getDescription()).isEqualTo(text);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    }

}
