/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.common.Bytes;

/**
 * What of a znode changes without any watch hearing of it, and without a new zxid of its
 * data. Znodes that everybody may do everything with, which are most of them, have none.
 *
 * @param aversion number of changes of the access control list
 * @param acl the access control list
 * @param usage what stands in place of the data, if it tells what a subtree uses
 */
record SideRecord(int aversion, List<ZnodeAcl> acl, @Nullable Usage usage) {

    /** Of znodes without one. */
    static final SideRecord OPEN = new SideRecord(0, List.of(ZnodeAcl.OPEN), null);

    /** Of the znode with ZooKeeper's configuration, until somebody changes it. */
    static final SideRecord READABLE = new SideRecord(-1, List.of(new ZnodeAcl(ZnodeAcl.READ, "world", "anyone")),
            null);

    private static final byte FORMAT = 1;

    private static final int HEADER_BYTES = 2 + 2 * Integer.BYTES;

    SideRecord withAcl(List<ZnodeAcl> newAcl) {
        return new SideRecord(this.aversion + 1, newAcl, this.usage);
    }

    SideRecord withUsage(@Nullable Usage newUsage) {
        return new SideRecord(this.aversion, this.acl, newUsage);
    }

    boolean isOpen() {
        return this.acl.equals(OPEN.acl);
    }

    Bytes encode() {
        List<byte[]> texts = new ArrayList<>(2 * this.acl.size());
        int size = HEADER_BYTES + ((this.usage != null) ? Usage.ENCODED_BYTES : 0);
        for (ZnodeAcl entry : this.acl) {
            texts.add(entry.scheme().getBytes(StandardCharsets.UTF_8));
            texts.add(entry.id().getBytes(StandardCharsets.UTF_8));
            size += Integer.BYTES;
        }
        size += texts.stream().mapToInt((text) -> Integer.BYTES + text.length).sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(FORMAT).put((byte) ((this.usage != null) ? 1 : 0));
        out.putInt(this.aversion).putInt(this.acl.size());
        for (int i = 0; i < this.acl.size(); i++) {
            out.putInt(this.acl.get(i).permissions());
            out.putInt(texts.get(2 * i).length).put(texts.get(2 * i));
            out.putInt(texts.get(2 * i + 1).length).put(texts.get(2 * i + 1));
        }
        if (this.usage != null) {
            this.usage.writeTo(out);
        }
        return Bytes.wrap(out.array());
    }

    static SideRecord decode(Bytes value) {
        TreeFormat.check(value, FORMAT, HEADER_BYTES);
        ByteBuffer in = ByteBuffer.wrap(value.array());
        in.get();
        boolean hasUsage = in.get() != 0;
        int aversion = in.getInt();
        int entries = in.getInt();
        List<ZnodeAcl> acl = new ArrayList<>(entries);
        for (int i = 0; i < entries; i++) {
            acl.add(new ZnodeAcl(in.getInt(), text(in), text(in)));
        }
        return new SideRecord(aversion, List.copyOf(acl), hasUsage ? Usage.readFrom(in) : null);
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getInt()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

}
