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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * A small file that is replaced as a whole. After {@link #write} returned, a power cut
 * leaves the new content; before, the old one; never a mixture. Not for concurrent
 * writers.
 */
public final class ChecksummedFile {

    private static final int HEADER_BYTES = 16;

    private static final int MAX_CONTENT_BYTES = 1 << 20;

    private final Path path;

    private final int magic;

    private final int formatVersion;

    private final boolean fsync;

    /**
     * Describes a file; nothing is read or written.
     * @param path where it is
     * @param magic what it begins with, so that files are not mistaken for each other
     * @param formatVersion the version of its content
     * @param fsync whether the content survives a power cut
     */
    public ChecksummedFile(Path path, int magic, int formatVersion, boolean fsync) {
        this.path = path;
        this.magic = magic;
        this.formatVersion = formatVersion;
        this.fsync = fsync;
    }

    /**
     * Reads the content.
     * @return the content, or {@code null} if the file does not exist
     * @throws IOException if the file is damaged or cannot be read
     */
    public byte @Nullable [] read() throws IOException {
        if (!Files.exists(this.path)) {
            return null;
        }
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(this.path));
        if (file.remaining() < HEADER_BYTES || file.getInt() != this.magic) {
            throw new DamagedFileException(this.path, 0, "this is not the file that belongs here");
        }
        int version = file.getInt();
        if (version != this.formatVersion) {
            throw new IOException("File " + this.path + " has format version " + version + ", this release knows "
                    + this.formatVersion + ". Start the release that wrote it.");
        }
        int length = file.getInt();
        int checksum = file.getInt();
        if (length != file.remaining() || checksum(file.array(), HEADER_BYTES, length) != checksum) {
            throw new DamagedFileException(this.path, HEADER_BYTES, "the checksum does not match");
        }
        byte[] content = new byte[length];
        file.get(content);
        return content;
    }

    /**
     * Replaces the content and makes it durable.
     * @param content the new content
     * @throws IOException if the disk refuses; the old content is then still there
     */
    public void write(byte[] content) throws IOException {
        if (content.length > MAX_CONTENT_BYTES) {
            throw new IOException("Content of " + content.length + " bytes is too large for " + this.path);
        }
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + content.length);
        file.putInt(this.magic).putInt(this.formatVersion).putInt(content.length);
        file.putInt(checksum(content, 0, content.length)).put(content).flip();
        Path next = this.path.resolveSibling(this.path.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            while (file.hasRemaining()) {
                channel.write(file);
            }
            if (this.fsync) {
                channel.force(true);
            }
        }
        Files.move(next, this.path, StandardCopyOption.ATOMIC_MOVE);
        if (this.fsync) {
            syncDirectory(this.path.toAbsolutePath().getParent());
        }
    }

    /**
     * Makes creations, deletions and renamings in a directory durable.
     * @param directory the directory
     * @throws IOException if the disk refuses
     */
    public static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

}
