/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.nio.ByteBuffer;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/**
 * Takes the array out of a received byte string where it is the whole of it, which it is
 * for the fields of parsed messages, and copies otherwise. Nobody changes either.
 */
final class ByteArrays extends ByteOutput {

    private byte @Nullable [] whole;

    private ByteArrays() {
    }

    static Bytes bytes(ByteString string) {
        if (string.isEmpty()) {
            return Bytes.EMPTY;
        }
        ByteArrays parts = new ByteArrays();
        try {
            UnsafeByteOperations.unsafeWriteTo(string, parts);
        }
        catch (IOException ex) {
            throw new IllegalStateException("memory does not fail", ex);
        }
        byte[] whole = parts.whole;
        return Bytes.wrap((whole != null && whole.length == string.size()) ? whole : string.toByteArray());
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
        if (offset == 0 && length == value.length) {
            this.whole = value;
        }
    }

    @Override
    public void write(byte value) {
        this.whole = null;
    }

    @Override
    public void write(byte[] value, int offset, int length) {
        this.whole = null;
    }

    @Override
    public void write(ByteBuffer value) {
        this.whole = null;
    }

    @Override
    public void writeLazy(ByteBuffer value) {
        this.whole = null;
    }

}
