/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs Debian's etcdctl against some endpoints. Thread-safe. */
public final class Etcdctl {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String endpoints;

    private final Path directory;

    /**
     * Creates a runner.
     * @param endpoints endpoints separated by commas
     * @param directory working folder, also for captured output
     */
    public Etcdctl(String endpoints, Path directory) {
        this.endpoints = endpoints;
        this.directory = directory;
    }

    /** Runs a command to its end. */
    public Outcome run(String... arguments) {
        return run(List.of(arguments), "");
    }

    /** Runs a command to its end with this standard input. */
    public Outcome run(List<String> arguments, String input) {
        try (Running running = start(arguments, input)) {
            return running.await(TIMEOUT);
        }
    }

    /** Runs a command that must succeed and answers its standard output. */
    public String output(String... arguments) {
        Outcome outcome = run(arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("etcdctl " + String.join(" ", arguments) + " failed: " + outcome);
        }
        return outcome.output();
    }

    /** Starts a command that runs until it is stopped. */
    public Running start(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints=" + this.endpoints));
        command.addAll(arguments);
        try {
            Path in = Files.createTempFile(this.directory, "etcdctl", ".in");
            Files.writeString(in, input);
            Path out = Files.createTempFile(this.directory, "etcdctl", ".out");
            Path err = Files.createTempFile(this.directory, "etcdctl", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
            builder.environment().put("ETCDCTL_API", "3");
            return new Running(builder.start(), in, out, err);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * What a command answered.
     *
     * @param exitCode exit code
     * @param output standard output
     * @param errors standard error without the client library's own log lines
     */
    public record Outcome(int exitCode, String output, String errors) {
    }

    /** A command that runs. */
    public static final class Running implements AutoCloseable {

        private final Process process;

        private final Path in;

        private final Path out;

        private final Path err;

        private Running(Process process, Path in, Path out, Path err) {
            this.process = process;
            this.in = in;
            this.out = out;
            this.err = err;
        }

        /** What it has written to standard output so far. */
        public String outputSoFar() {
            return read(this.out);
        }

        /** Waits for its end. */
        public Outcome await(Duration timeout) {
            try {
                if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    this.process.destroyForcibly();
                    throw new AssertionError(
                            "etcdctl did not end within " + timeout + ": " + read(this.out) + read(this.err));
                }
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(ex);
            }
            String errors = read(this.err).lines()
                .filter((line) -> !line.startsWith("{\"level\""))
                .collect(Collectors.joining("\n"));
            return new Outcome(this.process.exitValue(), read(this.out), errors);
        }

        /** Sends SIGTERM, which ends a lock or election in good order. */
        public void terminate() {
            this.process.destroy();
        }

        @Override
        public void close() {
            this.process.destroyForcibly();
            try {
                Files.deleteIfExists(this.in);
                Files.deleteIfExists(this.out);
                Files.deleteIfExists(this.err);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        private static String read(Path file) {
            try {
                return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

    }

}
