/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.damage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * A file system of a few megabytes, with a ballast that can be thrown away. Needs the
 * right to mount.
 */
final class SmallDisk implements AutoCloseable {

    private final Path mountPoint;

    private final Path ballast;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
        this.ballast = mountPoint.resolve("ballast");
    }

    /** Mounts it, or aborts the test with the reason. */
    static SmallDisk mount(Path mountPoint, int sizeMiB, int ballastMiB) throws IOException {
        Files.createDirectories(mountPoint);
        boolean mounted = run(
                List.of("mount", "-t", "tmpfs", "-o", "size=" + sizeMiB + "m", "tmpfs", mountPoint.toString()));
        Assumptions.assumeTrue(mounted, "mounting a small tmpfs needs root: run as root, or in a privileged container");
        SmallDisk disk = new SmallDisk(mountPoint);
        byte[] block = new byte[1024 * 1024];
        try (RandomAccessFile file = new RandomAccessFile(disk.ballast.toFile(), "rw")) {
            for (int i = 0; i < ballastMiB; i++) {
                file.write(block);
            }
        }
        return disk;
    }

    void throwBallastAway() throws IOException {
        Files.delete(this.ballast);
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", "--lazy", this.mountPoint.toString()));
    }

    private static boolean run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

}
