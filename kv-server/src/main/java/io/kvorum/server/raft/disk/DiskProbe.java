/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds out whether a disk takes data (again), by writing some and deleting it. */
public final class DiskProbe {

    private static final int SLICE_BYTES = 1 << 20;

    private final Path file;

    private final int sizeBytes;

    /**
     * Describes a probe; nothing is written.
     * @param directory where to write
     * @param sizeBytes how much must be free
     */
    public DiskProbe(Path directory, int sizeBytes) {
        this.file = directory.resolve("probe");
        this.sizeBytes = sizeBytes;
    }

    /**
     * Writes, syncs and deletes a file.
     * @throws IOException if the disk refuses
     */
    public void write() throws IOException {
        try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer slice = ByteBuffer.allocate(SLICE_BYTES);
            for (int written = 0; written < this.sizeBytes;) {
                slice.clear();
                written += channel.write(slice);
            }
            channel.force(true);
        }
        finally {
            Files.deleteIfExists(this.file);
        }
    }

}
