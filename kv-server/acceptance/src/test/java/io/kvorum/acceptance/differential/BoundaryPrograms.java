/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;

/**
 * Programs for what chance seldom meets: limits, special ranges, and each of the intended
 * differences.
 */
final class BoundaryPrograms {

    private static final ByteString A = ByteString.copyFromUtf8("a");

    private static final ByteString B = ByteString.copyFromUtf8("b");

    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private BoundaryPrograms() {
    }

    static Map<String, List<Operation>> all() {
        return Map.of("watch from a negative revision", List.of(watch(watching(A).setStartRevision(-5_000))),
                "watch ranges",
                List.of(watch(watching(ByteString.EMPTY)), watch(watching(A).setRangeEnd(A)),
                        watch(watching(B).setRangeEnd(A)), watch(watching(A).setRangeEnd(ZERO).setWatchId(7)),
                        watch(watching(A).setWatchId(7)), call(put(A)), call(put(B)), new Operation.CancelWatch(7),
                        call(put(A))),
                "watch with filters",
                List.of(watch(watching(A).addFiltersValue(0)), watch(watching(A).addFiltersValue(1)),
                        watch(watching(A).addFiltersValue(0).addFiltersValue(1)), call(put(A)), call(delete(A)),
                        call(put(A))),
                "watch resumes at a deletion that was compacted",
                List.of(call(put(A)), call(delete(A)), call(put(B)),
                        call(CompactionRequest.newBuilder().setRevision(2).build()),
                        watch(watching(A).setStartRevision(2)), call(put(A))),
                "unknown sort order",
                List.of(call(put(A)), call(RangeRequest.newBuilder().setKey(A).setSortOrderValue(7).build())),
                "operations of a transaction",
                List.of(call(puts(128)), call(puts(129)), call(nestedPuts(127)), call(nestedPuts(128)),
                        call(TxnRequest.newBuilder().addSuccess(RequestOp.getDefaultInstance()).build())),
                "leases", leases(), "compares", compares());
    }

    private static List<Operation> leases() {
        return List.of(call(grant(7, 9_000_000_000L)), call(grant(7, 60)), call(grant(8, 9_000_000_001L)),
                call(grant(-5, 60)), call(grant(Long.MAX_VALUE, 60)), call(put(A).toBuilder().setLease(-5).build()),
                call(LeaseTimeToLiveRequest.newBuilder().setID(-5).setKeys(true).build()),
                call(LeaseTimeToLiveRequest.newBuilder().setID(0).setKeys(true).build()),
                call(LeaseRevokeRequest.newBuilder().setID(0).build()), call(grant(0, 60)),
                call(put(B).toBuilder().setLease(7).build()), call(put(A).toBuilder().setLease(7).build()),
                call(LeaseRevokeRequest.newBuilder().setID(7).build()), new Operation.KeepAlive(0),
                new Operation.KeepAlive(-5), new Operation.KeepAlive(Long.MAX_VALUE));
    }

    private static List<Operation> compares() {
        Compare.Builder value = Compare.newBuilder().setKey(A).setTarget(Compare.CompareTarget.VALUE);
        return List.of(call(compare(value)), call(compare(value.setValue(B))), call(put(A)),
                call(compare(value.clone().clearValue())), call(compare(Compare.newBuilder().setKey(A))),
                call(compare(Compare.newBuilder().setKey(A).setRangeEnd(ZERO).setVersion(1))),
                call(compare(Compare.newBuilder().setKey(ZERO).setRangeEnd(ZERO).setCreateRevision(1))),
                call(compare(Compare.newBuilder().setKey(B).setRangeEnd(A).setVersion(0))),
                call(compare(Compare.newBuilder().setVersion(0))));
    }

    private static TxnRequest compare(Compare.Builder compare) {
        return TxnRequest.newBuilder().addCompare(compare).build();
    }

    private static TxnRequest puts(int count) {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            txn.addSuccess(RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("k" + i))));
        }
        return txn.build();
    }

    private static TxnRequest nestedPuts(int count) {
        return TxnRequest.newBuilder().addSuccess(RequestOp.newBuilder().setRequestTxn(puts(count))).build();
    }

    private static LeaseGrantRequest grant(long id, long ttl) {
        return LeaseGrantRequest.newBuilder().setID(id).setTTL(ttl).build();
    }

    private static PutRequest put(ByteString key) {
        return PutRequest.newBuilder().setKey(key).setValue(B).build();
    }

    private static DeleteRangeRequest delete(ByteString key) {
        return DeleteRangeRequest.newBuilder().setKey(key).build();
    }

    private static WatchCreateRequest.Builder watching(ByteString key) {
        return WatchCreateRequest.newBuilder().setKey(key);
    }

    private static Operation watch(WatchCreateRequest.Builder watch) {
        return new Operation.OpenWatch(watch.build());
    }

    private static Operation call(Message request) {
        return new Operation.Call(request);
    }

}
