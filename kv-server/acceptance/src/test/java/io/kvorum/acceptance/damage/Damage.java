/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Ways in which a file ends up different from what was written. */
enum Damage {

    /** A write that was never finished: bytes after the end that mean nothing. */
    GARBAGE_AT_THE_END {
        @Override
        void apply(FileChannel file) throws IOException {
            write(file, file.size(), 1_000);
        }
    },

    /** A write that was cut off. */
    TORN_END {
        @Override
        void apply(FileChannel file) throws IOException {
            file.truncate(Math.max(0, lastUsed(file) - 7));
        }
    },

    /** The last block was lost and came back as something else. */
    WRONG_BYTES_AT_THE_END {
        @Override
        void apply(FileChannel file) throws IOException {
            write(file, Math.max(0, lastUsed(file) - 20), 20);
        }
    },

    /** A bad sector in what was written long ago. */
    WRONG_BYTES_IN_THE_MIDDLE {
        @Override
        void apply(FileChannel file) throws IOException {
            write(file, lastUsed(file) / 2, 64);
        }
    },

    /** Nothing is left. */
    EMPTY {
        @Override
        void apply(FileChannel file) throws IOException {
            file.truncate(0);
        }
    };

    abstract void apply(FileChannel file) throws IOException;

    void apply(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            apply(file);
        }
    }

    /** Files may be allocated ahead: the damage is for the part that holds something. */
    private static long lastUsed(FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        for (long from = Math.max(0, file.size() - buffer.capacity()); from >= 0; from -= buffer.capacity()) {
            buffer.clear();
            int count = file.read(buffer, from);
            for (int i = count - 1; i >= 0; i--) {
                if (buffer.get(i) != 0) {
                    return from + i + 1;
                }
            }
        }
        return file.size();
    }

    private static void write(FileChannel file, long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 37 + 11);
        }
        file.write(ByteBuffer.wrap(bytes), at);
    }

}
