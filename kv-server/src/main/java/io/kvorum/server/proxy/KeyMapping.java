/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.tree.TreeKeys;

/**
 * Where keys are in the remote cluster. The tree's rules know keys below {@code /zk/};
 * they are below the proxy's prefix in truth. Beside them the proxy has keys of its own,
 * which the tree never sees: those of ephemeral znodes by session, and a mark. Immutable.
 */
final class KeyMapping {

    /** Written where a write changes nothing else but needs a revision. */
    static final Bytes MARK = Bytes.utf8("~mark");

    /** No name of the tree begins with it. */
    private static final byte OWN = '~';

    private static final String OWNED = "~owned/";

    private static final int MOST_KEYS_OF_A_ZNODE = 8;

    private static final int SESSION_DIGITS = 16;

    private static final Bytes TREE = TreeKeys.ALL.start();

    private final byte[] prefix;

    KeyMapping(String prefix) {
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells whether a range is no more than the few keys of a znode, or a session's. */
    static boolean isSmall(KeyRange range) {
        return range.holdsAtMost(MOST_KEYS_OF_A_ZNODE);
    }

    /** Returns the range of the keys that tell which znodes a session owns. */
    static KeyRange ownedBy(long session) {
        String start = OWNED + HexFormat.of().toHexDigits(session);
        return new KeyRange(Bytes.utf8(start + "/"), Bytes.utf8(start + "0"));
    }

    /** Returns the range of all keys that tell which znodes a session owns. */
    static KeyRange allOwned() {
        return new KeyRange(Bytes.utf8(OWNED), Bytes.utf8("~owned0"));
    }

    /** Returns the key that says that a session owns a znode. */
    static Bytes owned(long session, Bytes znode) {
        byte[] start = ownedBy(session).start().array();
        return concat(start, start.length, znode.array(), TREE.length());
    }

    /** Returns the session of a key that says what a session owns. */
    static long ownerOf(Bytes owned) {
        return HexFormat.fromHexDigitsToLong(owned.toUtf8().substring(OWNED.length(), OWNED.length() + SESSION_DIGITS));
    }

    /** Returns the znode's key of a key that says what a session owns. */
    static Bytes znodeOf(Bytes owned) {
        return concat(TREE.array(), TREE.length(), owned.array(), OWNED.length() + SESSION_DIGITS + 1);
    }

    /** Returns the range of everything that the proxies of this prefix write. */
    ByteString start() {
        return UnsafeByteOperations.unsafeWrap(this.prefix);
    }

    ByteString end() {
        byte[] end = this.prefix.clone();
        end[end.length - 1]++;
        return UnsafeByteOperations.unsafeWrap(end);
    }

    ByteString remote(Bytes key) {
        int skip = startsWithTree(key) ? TREE.length() : 0;
        return UnsafeByteOperations.unsafeWrap(concat(this.prefix, this.prefix.length, key.array(), skip).array());
    }

    /** Returns the range's end as requests carry it: nothing for a single key. */
    ByteString remoteEnd(KeyRange range) {
        Bytes end = range.end();
        if (end == null) {
            throw new IllegalArgumentException("the tree has no open ranges");
        }
        return range.isSingle() ? ByteString.EMPTY : remote(end);
    }

    /** Returns the key as the tree knows it. */
    Bytes local(ByteString key) {
        ByteString rest = key.substring(this.prefix.length);
        byte[] name = rest.toByteArray();
        boolean own = name.length > 0 && name[0] == OWN;
        return own ? Bytes.wrap(name) : concat(TREE.array(), TREE.length(), name, 0);
    }

    KeyValue local(io.kvorum.proto.mvccpb.KeyValue kv) {
        return new KeyValue(local(kv.getKey()), Bytes.wrap(kv.getValue().toByteArray()), kv.getCreateRevision(),
                kv.getModRevision(), kv.getVersion(), kv.getLease());
    }

    static boolean isOfTree(@Nullable Bytes key) {
        return key != null && startsWithTree(key);
    }

    private static boolean startsWithTree(Bytes key) {
        return TreeKeys.ALL.contains(key);
    }

    private static Bytes concat(byte[] first, int length, byte[] second, int from) {
        byte[] all = new byte[length + second.length - from];
        System.arraycopy(first, 0, all, 0, length);
        System.arraycopy(second, from, all, length, second.length - from);
        return Bytes.wrap(all);
    }

}
