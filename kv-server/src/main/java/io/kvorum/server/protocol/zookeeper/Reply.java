/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.proto.ReplyHeader;
import org.jspecify.annotations.Nullable;

/**
 * An answer, or an event.
 *
 * @param xid the request's number
 * @param zxid the revision that it stands for
 * @param error what went wrong, or {@link ErrorCodes#OK}
 * @param body what else there is to say
 */
record Reply(int xid, long zxid, int error, @Nullable Record body) {

    private static final int EVENT_XID = -1;

    static Reply ok(int xid, long zxid, @Nullable Record body) {
        return new Reply(xid, zxid, ErrorCodes.OK, body);
    }

    static Reply failed(int xid, long zxid, int error) {
        return new Reply(xid, zxid, error, null);
    }

    static Reply event(long zxid, Record event) {
        return new Reply(EVENT_XID, zxid, ErrorCodes.OK, event);
    }

    ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf frame = allocator.buffer();
        frame.writeInt(0);
        try (DataOutputStream out = new DataOutputStream(new ByteBufOutputStream(frame))) {
            BinaryOutputArchive archive = new BinaryOutputArchive(out);
            new ReplyHeader(this.xid, this.zxid, this.error).serialize(archive, "header");
            if (this.body != null) {
                this.body.serialize(archive, "response");
            }
        }
        catch (IOException ex) {
            frame.release();
            throw new UncheckedIOException(ex);
        }
        frame.setInt(0, frame.readableBytes() - Integer.BYTES);
        return frame;
    }

}
