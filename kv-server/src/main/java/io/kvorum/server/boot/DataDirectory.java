/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything a member knows, locked for this process. A member
 * that forgets what it voted for or acknowledged breaks the cluster, so nothing starts in
 * a directory that is not certainly its own.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "kvorum.lock";

    private final Path root;

    private final Path raft;

    private final FileChannel lockFile;

    private DataDirectory(Path root, Path raft, FileChannel lockFile) {
        this.root = root;
        this.raft = raft;
        this.lockFile = lockFile;
    }

    /** Creates what is missing and locks the directory. */
    static DataDirectory open(MemberProperties member) {
        Path root = Path.of(member.dataDir()).toAbsolutePath().normalize();
        create("data-dir", root);
        if (Files.isDirectory(root.resolve("member").resolve("wal"))) {
            throw SettingException
                .invalid("--data-dir=" + root + " holds data of etcd, which cannot be read; choose another directory");
        }
        Path raft = member.walDir().isEmpty() ? root.resolve("raft")
                : Path.of(member.walDir()).toAbsolutePath().normalize();
        FileChannel lockFile = lock(root);
        DataDirectory directory = new DataDirectory(root, raft, lockFile);
        try {
            create(member.walDir().isEmpty() ? "data-dir" : "wal-dir", raft);
            create("data-dir", directory.store());
        }
        catch (SettingException ex) {
            directory.close();
            throw ex;
        }
        return directory;
    }

    Path root() {
        return this.root;
    }

    /** Where log, hard state and snapshots of Raft live. */
    Path raft() {
        return this.raft;
    }

    /** Where the store lives. */
    Path store() {
        return this.root.resolve("store");
    }

    @Override
    public void close() {
        try {
            this.lockFile.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void create(String flag, Path directory) {
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new AccessDeniedException(directory.toString());
            }
        }
        catch (FileAlreadyExistsException ex) {
            throw SettingException.invalid("--" + flag + "=" + directory + " is not a directory");
        }
        catch (AccessDeniedException ex) {
            throw SettingException.invalid("--" + flag + "=" + directory + " is not writable for this user");
        }
        catch (IOException ex) {
            throw SettingException.invalid("--" + flag + "=" + directory + " cannot be created: " + ex.getMessage());
        }
    }

    private static FileChannel lock(Path root) {
        Path file = root.resolve(LOCK_FILE);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw SettingException
                    .invalid("--data-dir=" + root + " is in use by another process, which holds " + file);
            }
            return channel;
        }
        catch (IOException ex) {
            throw SettingException.invalid("--data-dir=" + root + ": cannot lock " + file + ": " + ex.getMessage());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        }
        catch (OverlappingFileLockException ex) {
            // Another member in this very process, as in tests.
            return null;
        }
    }

}
