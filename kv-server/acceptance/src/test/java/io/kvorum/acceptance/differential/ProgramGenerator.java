/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import com.google.protobuf.ByteString;
import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseLeasesRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;

/** Makes programs from a seed: the same seed gives the same program on every machine. */
final class ProgramGenerator {

    private static final int MAX_DEPTH = 2;

    private static final List<Long> TTLS = List.of(60L, 600L, 9_000_000_000L, 9_000_000_001L, Long.MAX_VALUE);

    private static final List<Long> SHORT_TTLS = List.of(0L, 1L, 2L, -1L, Long.MIN_VALUE);

    private final Vocabulary words;

    private int writes;

    private int watches;

    ProgramGenerator(long seed) {
        this.words = new Vocabulary(new SplittableRandom(seed));
    }

    List<Operation> program(int length) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            operations.add(operation());
        }
        return operations;
    }

    private Operation operation() {
        int kind = this.words.below(100);
        if (kind < 28) {
            this.writes++;
            return new Operation.Call(put());
        }
        if (kind < 50) {
            return new Operation.Call(range());
        }
        if (kind < 58) {
            this.writes++;
            return new Operation.Call(delete());
        }
        if (kind < 76) {
            this.writes++;
            return new Operation.Call(txn(0));
        }
        if (kind < 79) {
            return new Operation.Call(CompactionRequest.newBuilder()
                .setRevision(this.words.revision(this.writes))
                .setPhysical(this.words.chance(50))
                .build());
        }
        return (kind < 92) ? lease() : watch();
    }

    private Operation lease() {
        long id = this.words.lease();
        return switch (this.words.below(8)) {
            case 0, 1, 2 ->
                new Operation.Call(LeaseGrantRequest.newBuilder().setID(id).setTTL(this.words.oneOf(TTLS)).build());
            case 3 -> new Operation.Call(LeaseRevokeRequest.newBuilder().setID(id).build());
            case 4 -> new Operation.Call(
                    LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(this.words.chance(70)).build());
            case 5 -> new Operation.KeepAlive(id);
            case 6 -> new Operation.Call(LeaseLeasesRequest.getDefaultInstance());
            default -> new Operation.GrantShortLease(200 + this.words.below(3), this.words.oneOf(SHORT_TTLS));
        };
    }

    private Operation watch() {
        if (this.watches > 0 && this.words.chance(25)) {
            return new Operation.CancelWatch(this.words.below(this.watches));
        }
        this.watches++;
        WatchCreateRequest.Builder watch = WatchCreateRequest.newBuilder()
            .setKey(this.words.key())
            .setRangeEnd(this.words.rangeEnd())
            .setStartRevision(this.words.chance(50) ? 0 : this.words.pastOrNextRevision(this.writes))
            .setPrevKv(this.words.chance(40))
            .setFragment(this.words.chance(20));
        if (this.words.chance(20)) {
            watch.addFiltersValue(this.words.below(2));
        }
        // The id of a watcher that a compaction ended stays taken in etcd: only watchers
        // from now on choose theirs.
        if (watch.getStartRevision() == 0 && this.words.chance(20)) {
            watch.setWatchId(101 + this.words.below(3));
        }
        return new Operation.OpenWatch(watch.build());
    }

    private PutRequest put() {
        PutRequest.Builder put = PutRequest.newBuilder()
            .setKey(this.words.key())
            .setPrevKv(this.words.chance(30))
            .setIgnoreValue(this.words.chance(8))
            .setIgnoreLease(this.words.chance(8));
        if (!put.getIgnoreValue() || this.words.chance(15)) {
            put.setValue(this.words.value());
        }
        if (this.words.chance(put.getIgnoreLease() ? 15 : 25)) {
            put.setLease(this.words.lease());
        }
        return put.build();
    }

    private RangeRequest range() {
        RangeRequest.Builder range = RangeRequest.newBuilder()
            .setKey(this.words.key())
            .setRangeEnd(this.words.rangeEnd())
            .setLimit(this.words.limit())
            // An unknown sort target ends etcd 3.4 with a panic, so the enums stay inside
            // their bounds.
            .setSortOrderValue(this.words.below(3))
            .setSortTargetValue(this.words.below(5))
            .setSerializable(this.words.chance(20))
            .setKeysOnly(this.words.chance(15))
            .setCountOnly(this.words.chance(10));
        if (this.words.chance(35)) {
            range.setRevision(this.words.revision(this.writes));
        }
        if (this.words.chance(20)) {
            switch (this.words.below(4)) {
                case 0 -> range.setMinModRevision(this.words.revision(this.writes));
                case 1 -> range.setMaxModRevision(this.words.revision(this.writes));
                case 2 -> range.setMinCreateRevision(this.words.revision(this.writes));
                default -> range.setMaxCreateRevision(this.words.revision(this.writes));
            }
        }
        return range.build();
    }

    private DeleteRangeRequest delete() {
        return DeleteRangeRequest.newBuilder()
            .setKey(this.words.key())
            .setRangeEnd(this.words.rangeEnd())
            .setPrevKv(this.words.chance(40))
            .build();
    }

    private TxnRequest txn(int depth) {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = this.words.below(3); i > 0; i--) {
            txn.addCompare(compare());
        }
        for (int i = this.words.below(4); i > 0; i--) {
            txn.addSuccess(operationOfTxn(depth));
        }
        for (int i = this.words.below(3); i > 0; i--) {
            txn.addFailure(operationOfTxn(depth));
        }
        return txn.build();
    }

    private RequestOp operationOfTxn(int depth) {
        int kind = this.words.below(100);
        if (kind < 45) {
            return RequestOp.newBuilder().setRequestPut(put()).build();
        }
        if (kind < 70) {
            return RequestOp.newBuilder().setRequestRange(range()).build();
        }
        if (kind < 84) {
            return RequestOp.newBuilder().setRequestDeleteRange(delete()).build();
        }
        if (kind < 98 && depth < MAX_DEPTH) {
            return RequestOp.newBuilder().setRequestTxn(txn(depth + 1)).build();
        }
        return (kind == 99) ? RequestOp.getDefaultInstance()
                : RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(this.words.key())).build();
    }

    private Compare compare() {
        Compare.Builder compare = Compare.newBuilder().setKey(this.words.key()).setResultValue(this.words.below(4));
        if (this.words.chance(25)) {
            compare.setRangeEnd(this.words.rangeEnd());
        }
        switch (this.words.below(5)) {
            case 0 -> compare.setTarget(Compare.CompareTarget.VERSION).setVersion(this.words.below(4));
            case 1 ->
                compare.setTarget(Compare.CompareTarget.CREATE).setCreateRevision(this.words.revision(this.writes));
            case 2 -> compare.setTarget(Compare.CompareTarget.MOD).setModRevision(this.words.revision(this.writes));
            case 3 ->
                compare.setTarget(Compare.CompareTarget.LEASE).setLease(this.words.chance(50) ? 0 : this.words.lease());
            default -> compare.setTarget(Compare.CompareTarget.VALUE).setValue(value());
        }
        return compare.build();
    }

    private ByteString value() {
        return this.words.value();
    }

}
