/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.apache.jute.BinaryOutputArchive;
import org.apache.zookeeper.proto.RequestHeader;

/** Writes requests for one server: with its znode for the base, and with its zxids. */
final class RequestArchive extends BinaryOutputArchive {

    private final String base;

    private final List<Long> writes;

    private RequestArchive(DataOutputStream out, String base, List<Long> writes) {
        super(out);
        this.base = base;
        this.writes = writes;
    }

    static byte[] encode(int xid, Request request, String base, List<Long> writes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            RequestArchive archive = new RequestArchive(new DataOutputStream(bytes), base, writes);
            new RequestHeader(xid, request.type()).serialize(archive, "header");
            request.body().serialize(archive, "request");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    @Override
    public void writeString(String text, String tag) throws IOException {
        super.writeString((text != null) ? text.replace(Request.BASE, this.base) : null, tag);
    }

    @Override
    public void writeLong(long value, String tag) throws IOException {
        if (tag.equals("relativeZxid") && !this.writes.isEmpty()) {
            super.writeLong(this.writes.get((int) value % this.writes.size()), tag);
            return;
        }
        super.writeLong(value, tag);
    }

}
