/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A stand-alone ZooKeeper proxy as a child process. Confined to one thread at a time.
 */
public final class ProxyProcess {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "stop-proxies"));
    }

    private final List<String> command;

    private final int port = FreePorts.next();

    private final Path logFile;

    private @Nullable Process process;

    /** Makes a proxy in front of a cluster, without starting it. */
    public ProxyProcess(ClusterProcess cluster, String... extraFlags) {
        String endpoints = cluster.members()
            .stream()
            .map((member) -> "http://" + member.endpoint())
            .collect(Collectors.joining(","));
        this.command = new ArrayList<>(Product.KVORUM.command());
        this.command.addAll(List.of("zookeeper-proxy", "--endpoints", endpoints, "--listen", "127.0.0.1:" + this.port));
        this.command.addAll(List.of(extraFlags));
        this.logFile = cluster.directory().resolve("proxy-" + this.port + ".log");
    }

    /** Where ZooKeeper clients connect, as host and port. */
    public String endpoint() {
        return "127.0.0.1:" + this.port;
    }

    /** Starts the process and returns at once. */
    public void launch() {
        try {
            Process started = new ProcessBuilder(this.command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(this.logFile.toFile()))
                .start();
            RUNNING.add(started);
            this.process = started;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Waits until the proxy listens; fails with its log. */
    public void awaitReady() {
        try {
            Awaitility.await()
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the process has ended", () -> this.process == null || !this.process.isAlive())
                .until(this::listens);
        }
        catch (RuntimeException ex) {
            throw new AssertionError("the proxy did not become ready\n" + log(), ex);
        }
    }

    /** Ends the process with SIGKILL and waits until it is gone. */
    public void kill() {
        Process current = this.process;
        if (current != null) {
            current.destroyForcibly();
            awaitExit(current);
            RUNNING.remove(current);
        }
    }

    /** Ends the process with SIGTERM and answers all that it has written. */
    public String stop() {
        Process current = this.process;
        if (current != null) {
            current.destroy();
            awaitExit(current);
        }
        return log();
    }

    /** All that the process has written so far. */
    public String log() {
        try {
            return Files.exists(this.logFile) ? Files.readString(this.logFile) : "";
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
            return true;
        }
        catch (IOException notYet) {
            return false;
        }
    }

    private static void awaitExit(Process process) {
        try {
            process.waitFor(1, TimeUnit.MINUTES);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
