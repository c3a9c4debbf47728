/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * The files of a store. A lock file of its own keeps other processes out, because a lock
 * on the data file would be lost as soon as any channel to that file is closed.
 */
final class StoreDirectory implements AutoCloseable {

    private final Path directory;

    private final FileChannel lockChannel;

    private StoreDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    static StoreDirectory open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path lockFile = directory.resolve("store.lock");
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException(
                    "the store in " + directory + " is in use by another process: " + lockFile + " is locked");
        }
        StoreDirectory opened = new StoreDirectory(directory, channel);
        opened.deleteNewFile();
        return opened;
    }

    Path file() {
        return this.directory.resolve("store.mv");
    }

    /** Returns an empty place for a file that is to replace the old one. */
    Path createNewFile() throws IOException {
        deleteNewFile();
        return newFile();
    }

    /** Removes what an interrupted installation left. */
    void deleteNewFile() throws IOException {
        Files.deleteIfExists(newFile());
    }

    /** Puts the new file in place of the old one, for good. */
    void switchToNewFile() throws IOException {
        Files.move(newFile(), file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(this.directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        try {
            this.lockChannel.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private Path newFile() {
        return this.directory.resolve("store.mv.new");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        }
        catch (OverlappingFileLockException ex) {
            return null;
        }
    }

}
