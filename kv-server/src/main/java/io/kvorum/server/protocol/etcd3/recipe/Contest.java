/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.protobuf.ByteString;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Compare;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.RangeOperation;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeQuery.RevisionFilter;
import io.kvorum.server.common.RangeQuery.Sort;

/**
 * The keys of one lock or one election, as etcd's clients lay them out: one for each
 * lease that takes part, and the one that was created first holds the lock or leads.
 *
 * @param prefix what all these keys begin with: the name and a slash
 */
record Contest(Bytes prefix) {

    private static final Sort OLDEST_FIRST = new Sort(Sort.Target.CREATE, Sort.Order.ASCEND);

    private static final Sort NEWEST_FIRST = new Sort(Sort.Target.CREATE, Sort.Order.DESCEND);

    static Contest of(ByteString name) {
        return new Contest(Bytes.wrap(name.concat(ByteString.copyFromUtf8("/")).toByteArray()));
    }

    /** The key of a lease: its id is in hexadecimal, with a sign if it is negative. */
    Bytes keyOf(long lease) {
        String id = (lease < 0) ? "-" + Long.toHexString(-lease) : Long.toHexString(lease);
        return concat(this.prefix.array(), id.getBytes(StandardCharsets.US_ASCII));
    }

    /** All keys of the contest. */
    KeyRange range() {
        byte[] end = this.prefix.array().clone();
        end[end.length - 1]++;
        return new KeyRange(this.prefix, Bytes.wrap(end));
    }

    /** Asks who holds the lock or leads. */
    RangeQuery oldest() {
        return new RangeQuery(range(), 0, 1, OLDEST_FIRST, RevisionFilter.NONE, false, false);
    }

    /** Asks for the last one that was created before a key. */
    RangeQuery lastBefore(long createRevision) {
        RevisionFilter before = new RevisionFilter(0, 0, 0, createRevision - 1);
        return new RangeQuery(range(), 0, 1, NEWEST_FIRST, before, true, false);
    }

    /**
     * Takes part, unless the lease does already. Answers in both cases what
     * {@link #oldest()} asks, and in the second one the key that is there before it.
     */
    TxnOperation enter(long lease, Bytes value) {
        KeyRange key = KeyRange.single(keyOf(lease));
        Command.Operation<?> put = new PutOperation(key.start(), value, lease, false, false, false);
        Command.Operation<?> get = new RangeOperation(RangeQuery.of(key));
        Command.Operation<?> oldest = new RangeOperation(oldest());
        Compare absent = new Compare(key, Compare.Target.CREATE, Compare.Relation.EQUAL, 0, Bytes.EMPTY);
        return new TxnOperation(List.of(absent), List.of(put, oldest), List.of(get, oldest));
    }

    private static Bytes concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return Bytes.wrap(both);
    }

}
