/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;

/** What the first bytes of a connection say about the protocol that follows. */
enum FirstBytes {

    /** Too few of them to tell. */
    UNDECIDED,
    /** HTTP/2 with prior knowledge, which is gRPC here. */
    HTTP2,
    /** HTTP/1: a method in capital letters and a space. */
    HTTP1,
    /** Nothing that is spoken here. */
    GARBAGE;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The part of the preface that no request of HTTP/1 can begin with. */
    private static final int PREFACE_METHOD_LENGTH = "PRI ".length();

    private static final int MAX_METHOD_LENGTH = 16;

    /**
     * Looks at bytes without taking them.
     * @param in what has arrived so far
     * @return the verdict
     */
    static FirstBytes of(ByteBuf in) {
        int common = commonWithPreface(in);
        if (common == PREFACE.length) {
            return HTTP2;
        }
        if (common == in.readableBytes()) {
            return UNDECIDED;
        }
        return (common >= PREFACE_METHOD_LENGTH) ? GARBAGE : http1(in);
    }

    private static int commonWithPreface(ByteBuf in) {
        int length = Math.min(in.readableBytes(), PREFACE.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                return i;
            }
        }
        return length;
    }

    private static FirstBytes http1(ByteBuf in) {
        int length = Math.min(in.readableBytes(), MAX_METHOD_LENGTH + 1);
        for (int i = 0; i < length; i++) {
            byte b = in.getByte(in.readerIndex() + i);
            if (b == ' ' && i > 0) {
                return HTTP1;
            }
            if (b < 'A' || b > 'Z') {
                return GARBAGE;
            }
        }
        return (length > MAX_METHOD_LENGTH) ? GARBAGE : UNDECIDED;
    }

}
