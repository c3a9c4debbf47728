/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.kvorum.server.common.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one member of one cluster, in use by one process at a time. With
 * another member's files this member would vote twice in a term.
 */
public final class OwnedDirectory implements Closeable {

    private static final int MAGIC = 0x4b564944;

    private static final int FORMAT_VERSION = 1;

    private final FileChannel lockFile;

    private OwnedDirectory(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory if needed and takes it.
     * @param directory the directory
     * @param clusterId the cluster
     * @param member the member
     * @param fsync whether a new directory survives a power cut
     * @return the directory, taken until it is closed
     * @throws IOException if another process has it, or it belongs to another member or
     * cluster; the message says so
     */
    public static OwnedDirectory open(Path directory, long clusterId, MemberId member, boolean fsync)
            throws IOException {
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException("Directory " + directory + " is in use by another process");
            }
            identify(directory, clusterId, member, fsync);
            return new OwnedDirectory(channel);
        }
        catch (IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        this.lockFile.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        }
        catch (OverlappingFileLockException ex) {
            // This process has it.
            return null;
        }
    }

    private static void identify(Path directory, long clusterId, MemberId member, boolean fsync) throws IOException {
        ChecksummedFile file = new ChecksummedFile(directory.resolve("identity"), MAGIC, FORMAT_VERSION, fsync);
        byte[] content = file.read();
        if (content == null) {
            file.write(ByteBuffer.allocate(2 * Long.BYTES).putLong(clusterId).putLong(member.value()).array());
            return;
        }
        ByteBuffer fields = ByteBuffer.wrap(content);
        long foundCluster = fields.getLong();
        MemberId foundMember = new MemberId(fields.getLong());
        if (foundCluster != clusterId || !foundMember.equals(member)) {
            throw new IOException("Directory " + directory + " belongs to member " + foundMember + " of cluster "
                    + Long.toHexString(foundCluster) + ", not to member " + member + " of cluster "
                    + Long.toHexString(clusterId) + ". Check the name, the cluster token and the data directory.");
        }
    }

}
