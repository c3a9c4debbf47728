/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running process whose output goes to a file. */
public final class ServerProcess {

    /** {@code USER_HZ} of every Linux that Java runs on. */
    private static final double CLOCK_TICKS_PER_SECOND = 100;

    /**
     * Fields after the command's closing parenthesis in {@code /proc/PID/stat}; see
     * proc(5).
     */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    private final Process process;

    private final long startedNanos;

    private ServerProcess(Process process, long startedNanos) {
        this.process = process;
        this.startedNanos = startedNanos;
    }

    /**
     * Starts a process.
     * @param command program and arguments
     * @param log file that its output is appended to
     * @return the process
     */
    public static ServerProcess start(List<String> command, Path log) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf((name) -> name.startsWith("ETCD"));
            long startedNanos = System.nanoTime();
            return new ServerProcess(builder.start(), startedNanos);
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot start " + command, ex);
        }
    }

    /**
     * When the process was started, in the terms of {@link System#nanoTime()}.
     * @return the time
     */
    public long startedNanos() {
        return this.startedNanos;
    }

    /**
     * Whether the process has not ended.
     * @return whether it lives
     */
    public boolean alive() {
        return this.process.isAlive();
    }

    /**
     * CPU time of all threads so far, in user and system mode.
     * @return seconds
     */
    public double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / CLOCK_TICKS_PER_SECOND;
    }

    /**
     * The most memory that was ever resident.
     * @return MiB
     */
    public double peakResidentMebibytes() {
        String line = read("status").lines()
            .filter((candidate) -> candidate.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }

    /** Ends the process as {@code kill -9} does and waits for its end. */
    public void kill() {
        this.process.destroyForcibly();
        awaitEnd();
    }

    /** Asks the process to end; insists after ten seconds. */
    public void stop() {
        this.process.destroy();
        if (!awaitEnd()) {
            kill();
        }
    }

    private boolean awaitEnd() {
        try {
            return this.process.waitFor(10, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(this.process.pid()), file));
        }
        catch (IOException ex) {
            throw new UncheckedIOException("the process " + this.process.pid() + " is gone", ex);
        }
    }

}
