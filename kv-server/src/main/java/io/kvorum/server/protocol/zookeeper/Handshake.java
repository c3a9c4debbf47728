/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import org.apache.jute.BinaryInputArchive;

import io.kvorum.server.common.Bytes;

/**
 * The first frame of a connection.
 *
 * @param lastZxidSeen the newest revision the client has seen anywhere
 * @param timeoutMillis the session timeout it would like
 * @param sessionId the session to resume, or 0
 * @param password the password of that session
 * @param knowsReadOnly whether the client sent, and so expects, the byte about read-only
 * servers, which clients before 3.4 do not know
 * @param readOnly whether it is content with a server that it can only read from
 */
record Handshake(long lastZxidSeen, int timeoutMillis, long sessionId, Bytes password, boolean knowsReadOnly,
        boolean readOnly) {

    static final int PASSWORD_BYTES = 16;

    private static final int PROTOCOL_VERSION = 0;

    static Handshake decode(ByteBuf frame) throws IOException {
        BinaryInputArchive in = new BinaryInputArchive(new DataInputStream(new ByteBufInputStream(frame)),
                frame.readableBytes(), 0);
        try {
            in.readInt("protocolVersion");
            long lastZxidSeen = in.readLong("lastZxidSeen");
            int timeoutMillis = in.readInt("timeOut");
            long sessionId = in.readLong("sessionId");
            byte[] password = in.readBuffer("passwd");
            boolean knowsReadOnly = frame.isReadable();
            boolean readOnly = knowsReadOnly && in.readBool("readOnly");
            return new Handshake(lastZxidSeen, timeoutMillis, sessionId,
                    (password != null) ? Bytes.wrap(password) : Bytes.EMPTY, knowsReadOnly, readOnly);
        }
        catch (RuntimeException ex) {
            throw new IOException("malformed connect request", ex);
        }
    }

    /** The answer to a client whose session is there. */
    ByteBuf accepted(ByteBufAllocator allocator, long session, Bytes sessionPassword, int negotiatedMillis,
            boolean onlyReads) {
        ByteBuf frame = allocator.buffer();
        frame.writeInt(0).writeInt(PROTOCOL_VERSION).writeInt(negotiatedMillis).writeLong(session);
        frame.writeInt(sessionPassword.length()).writeBytes(sessionPassword.array());
        if (this.knowsReadOnly) {
            frame.writeBoolean(onlyReads);
        }
        return frame.setInt(0, frame.readableBytes() - Integer.BYTES);
    }

    /** The answer to a client whose session is gone, or was never its own. */
    ByteBuf expired(ByteBufAllocator allocator) {
        return accepted(allocator, 0, Bytes.wrap(new byte[PASSWORD_BYTES]), 0, false);
    }

    /** What is kept of a password: nobody who reads the store can resume a session. */
    static Bytes hash(long session, Bytes password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(session).array());
            return Bytes.wrap(digest.digest(password.array()));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

}
