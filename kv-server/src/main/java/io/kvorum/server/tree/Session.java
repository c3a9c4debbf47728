/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.kvorum.server.common.Bytes;

/**
 * What is stored of a session; its life is that of the lease with the same id.
 *
 * @param timeoutMillis the negotiated timeout
 * @param owner tells the connection apart that has the session now
 * @param passwordHash what the password that resumes it hashes to
 */
public record Session(int timeoutMillis, long owner, Bytes passwordHash) {

    private static final byte FORMAT = 1;

    private static final int HEADER_BYTES = 1 + Integer.BYTES + Long.BYTES;

    private static final long MILLIS_PER_SECOND = 1000;

    /**
     * Returns the TTL of the session's lease: the timeout in whole seconds, and one more,
     * so that not every packet has to renew it.
     * @return seconds
     */
    public long ttlSeconds() {
        return (this.timeoutMillis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND + 1;
    }

    Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + this.passwordHash.length());
        out.put(FORMAT).putInt(this.timeoutMillis).putLong(this.owner).put(this.passwordHash.array());
        return Bytes.wrap(out.array());
    }

    /**
     * Reads a session from the value of its key.
     * @param value the value
     * @return the session
     */
    public static Session decode(Bytes value) {
        TreeFormat.check(value, FORMAT, HEADER_BYTES);
        ByteBuffer in = ByteBuffer.wrap(value.array());
        in.get();
        return new Session(in.getInt(), in.getLong(),
                Bytes.wrap(Arrays.copyOfRange(value.array(), HEADER_BYTES, value.length())));
    }

}
