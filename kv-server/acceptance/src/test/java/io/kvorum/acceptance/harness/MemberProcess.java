/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One member as a child process. It can be killed, paused and started again on the same
 * ports and data. Confined to one thread at a time.
 */
public final class MemberProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private static final int LOG_TAIL_LINES = 60;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(1))
        .build();

    static {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "stop-members"));
    }

    private final Supplier<List<String>> command;

    private final MemberSpec spec;

    private @Nullable Process process;

    MemberProcess(Product product, MemberSpec spec) {
        this(product::command, spec);
    }

    MemberProcess(Supplier<List<String>> command, MemberSpec spec) {
        this.command = command;
        this.spec = spec;
    }

    /** What the member is started with. */
    public MemberSpec spec() {
        return this.spec;
    }

    /** The same member with another cluster token, not started. */
    public MemberProcess withToken(String token) {
        return new MemberProcess(this.command,
                new MemberSpec(this.spec.name(), this.spec.directory(), this.spec.clientPort(), this.spec.peerPort(),
                        this.spec.initialCluster(), token, this.spec.extraFlags()));
    }

    /** The same member with other flags of its own, not started; its ports stay. */
    public MemberProcess withFlags(List<String> extraFlags) {
        return new MemberProcess(this.command, this.spec.withFlags(extraFlags));
    }

    /** What starts the process, for somebody else to start it. */
    public List<String> commandLine() {
        List<String> line = new ArrayList<>(this.command.get());
        line.addAll(this.spec.flags());
        return line;
    }

    /** Where clients connect, as host and port. */
    public String endpoint() {
        return this.spec.endpoint();
    }

    /** Starts the process and returns at once. */
    public void launch() {
        if (isRunning()) {
            throw new IllegalStateException(this.spec.name() + " runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(commandLine()).directory(this.spec.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(this.spec.logFile().toFile()));
        builder.environment().keySet().removeIf((name) -> name.startsWith("ETCD"));
        try {
            Process started = builder.start();
            RUNNING.add(started);
            this.process = started;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Starts the process and waits until it serves. */
    public void start() {
        launch();
        awaitHealthy();
    }

    /** Waits until the member says that it is healthy; fails with the end of its log. */
    public void awaitHealthy() {
        try {
            Awaitility.await()
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::failIfExited)
                .until(this::isHealthy);
        }
        catch (RuntimeException ex) {
            throw new AssertionError(this.spec.name() + " did not become healthy\n" + logTail(), ex);
        }
    }

    /** Whether the member answers its health check with success. */
    public boolean isHealthy() {
        try {
            HttpResponse<String> response = get("/health");
            return response.statusCode() == 200 && response.body().contains("\"true\"");
        }
        catch (IOException notYet) {
            return false;
        }
    }

    /** Asks for a path of the client port over HTTP/1.1. */
    public HttpResponse<String> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + endpoint() + path))
            .timeout(Duration.ofSeconds(5))
            .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException(ex);
        }
    }

    /** Whether the process lives. */
    public boolean isRunning() {
        Process current = this.process;
        return current != null && current.isAlive();
    }

    /** Process id of the running member. */
    public long pid() {
        return running().pid();
    }

    /** Waits until the process ended by itself and answers its exit code. */
    public int awaitExit(Duration timeout) {
        Process current = running();
        if (!waitFor(current, timeout)) {
            throw new AssertionError(this.spec.name() + " still runs after " + timeout + "\n" + logTail());
        }
        RUNNING.remove(current);
        return current.exitValue();
    }

    /** Ends the process with SIGKILL and waits until it is gone. */
    public void kill() {
        Process current = this.process;
        if (current != null) {
            current.destroyForcibly();
            waitFor(current, Duration.ofMinutes(1));
            RUNNING.remove(current);
        }
    }

    /** Ends the process with SIGTERM and waits until it is gone. */
    public void stop() {
        Process current = running();
        current.destroy();
        if (!waitFor(current, Duration.ofMinutes(1))) {
            throw new AssertionError(this.spec.name() + " ignores SIGTERM\n" + logTail());
        }
        RUNNING.remove(current);
    }

    /** Freezes the process (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    /** Lets a frozen process run on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    /** All that the process has written so far. */
    public String log() {
        Path file = this.spec.logFile();
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The last lines of the log, for messages of failed tests. */
    public String logTail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            if (!waitFor(kill, Duration.ofSeconds(5)) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void failIfExited() {
        if (!isRunning()) {
            throw new IllegalStateException("the process has ended");
        }
    }

    private Process running() {
        Process current = this.process;
        if (current == null) {
            throw new IllegalStateException(this.spec.name() + " was not started");
        }
        return current;
    }

    private static boolean waitFor(Process process, Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

}
