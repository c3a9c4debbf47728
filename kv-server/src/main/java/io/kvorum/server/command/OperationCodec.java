/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeQuery.RevisionFilter;
import io.kvorum.server.common.RangeQuery.Sort;

/**
 * Encoding of the operations on keys. Tags and the order of enum values are part of the
 * format: append only.
 */
final class OperationCodec {

    static final int RANGE = 1;

    static final int PUT = 2;

    static final int DELETE_RANGE = 3;

    static final int TXN = 4;

    private static final Sort.Target[] TARGETS = Sort.Target.values();

    private static final Sort.Order[] ORDERS = Sort.Order.values();

    private static final Compare.Target[] COMPARE_TARGETS = Compare.Target.values();

    private static final Compare.Relation[] RELATIONS = Compare.Relation.values();

    private OperationCodec() {
    }

    static void write(ByteWriter out, Command.Operation<?> operation) {
        if (operation instanceof PutOperation put) {
            out.u8(PUT).bytes(put.key()).bytes(put.value()).fixed64(put.lease());
            out.u8((put.previous() ? 1 : 0) | (put.ignoreValue() ? 2 : 0) | (put.ignoreLease() ? 4 : 0));
        }
        else if (operation instanceof RangeOperation range) {
            out.u8(RANGE);
            writeQuery(out, range.query());
        }
        else if (operation instanceof DeleteRangeOperation delete) {
            out.u8(DELETE_RANGE);
            writeRange(out, delete.range());
            out.bool(delete.previous());
        }
        else if (operation instanceof TxnOperation txn) {
            out.u8(TXN).varint(txn.compares().size());
            txn.compares().forEach((compare) -> writeCompare(out, compare));
            writeBranch(out, txn.success());
            writeBranch(out, txn.failure());
        }
    }

    static Command.Operation<?> read(ByteReader in, int tag) {
        return switch (tag) {
            case PUT -> readPut(in);
            case RANGE -> new RangeOperation(readQuery(in));
            case DELETE_RANGE -> new DeleteRangeOperation(readRange(in), in.bool());
            case TXN -> new TxnOperation(readCompares(in), readBranch(in), readBranch(in));
            default -> throw new IllegalStateException("command encoding: unknown operation " + tag);
        };
    }

    private static PutOperation readPut(ByteReader in) {
        Bytes key = in.bytes();
        Bytes value = in.bytes();
        long lease = in.fixed64();
        int flags = in.u8();
        return new PutOperation(key, value, lease, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
    }

    private static void writeRange(ByteWriter out, KeyRange range) {
        Bytes end = range.end();
        out.bytes(range.start()).bool(end != null);
        if (end != null) {
            out.bytes(end);
        }
    }

    private static KeyRange readRange(ByteReader in) {
        Bytes start = in.bytes();
        return new KeyRange(start, in.bool() ? in.bytes() : null);
    }

    private static void writeQuery(ByteWriter out, RangeQuery query) {
        writeRange(out, query.range());
        out.varint(query.revision()).varint(query.limit());
        out.u8(query.sort().target().ordinal()).u8(query.sort().order().ordinal());
        RevisionFilter filter = query.filter();
        out.varint(filter.minMod()).varint(filter.maxMod()).varint(filter.minCreate()).varint(filter.maxCreate());
        out.bool(query.keysOnly()).bool(query.countOnly());
    }

    private static RangeQuery readQuery(ByteReader in) {
        KeyRange range = readRange(in);
        long revision = in.varint();
        long limit = in.varint();
        Sort sort = new Sort(TARGETS[in.u8()], ORDERS[in.u8()]);
        RevisionFilter filter = new RevisionFilter(in.varint(), in.varint(), in.varint(), in.varint());
        return new RangeQuery(range, revision, limit, sort, filter, in.bool(), in.bool());
    }

    private static void writeCompare(ByteWriter out, Compare compare) {
        writeRange(out, compare.range());
        out.u8(compare.target().ordinal()).u8(compare.relation().ordinal());
        if (compare.target() == Compare.Target.VALUE) {
            out.bytes(compare.value());
        }
        else {
            out.fixed64(compare.number());
        }
    }

    private static List<Compare> readCompares(ByteReader in) {
        int count = in.count();
        List<Compare> compares = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            KeyRange range = readRange(in);
            Compare.Target target = COMPARE_TARGETS[in.u8()];
            Compare.Relation relation = RELATIONS[in.u8()];
            boolean byValue = target == Compare.Target.VALUE;
            long number = byValue ? 0 : in.fixed64();
            compares.add(new Compare(range, target, relation, number, byValue ? in.bytes() : Bytes.EMPTY));
        }
        return List.copyOf(compares);
    }

    private static void writeBranch(ByteWriter out, List<Command.Operation<?>> branch) {
        out.varint(branch.size());
        branch.forEach((operation) -> write(out, operation));
    }

    private static List<Command.Operation<?>> readBranch(ByteReader in) {
        int count = in.count();
        List<Command.Operation<?>> branch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            branch.add(read(in, in.u8()));
        }
        return List.copyOf(branch);
    }

}
