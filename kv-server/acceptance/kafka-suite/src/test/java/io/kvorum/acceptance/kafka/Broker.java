/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** A broker as a child process, in ZooKeeper mode. Confined to one thread at a time. */
final class Broker implements AutoCloseable {

    /** How long a broker may be silent before its session ends. */
    private static final int SESSION_MILLIS = 6000;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "stop-brokers"));
    }

    private final int id;

    private final int port;

    private final Path directory;

    private @Nullable Process process;

    Broker(int id, int port, Path directory, String zookeeper) {
        this.id = id;
        this.port = port;
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("server.properties"), properties(zookeeper));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    int id() {
        return this.id;
    }

    String address() {
        return "127.0.0.1:" + this.port;
    }

    void start() {
        try {
            Process started = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path"), "kafka.Kafka",
                    this.directory.resolve("server.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("broker.log").toFile()))
                .start();
            RUNNING.add(started);
            this.process = started;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Ends the process without a chance to say goodbye. */
    void kill() throws InterruptedException {
        Process current = this.process;
        if (current != null) {
            current.destroyForcibly().waitFor();
            RUNNING.remove(current);
        }
    }

    /** What the broker has written, for messages of failed tests. */
    String log() {
        try {
            List<String> lines = Files.readAllLines(this.directory.resolve("broker.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        }
        catch (IOException ex) {
            return ex.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private String properties(String zookeeper) {
        return String.join("\n", "broker.id=" + this.id, "listeners=PLAINTEXT://" + address(),
                "zookeeper.connect=" + zookeeper, "zookeeper.session.timeout.ms=" + SESSION_MILLIS,
                "zookeeper.connection.timeout.ms=30000", "log.dirs=" + this.directory.resolve("data"),
                "offsets.topic.num.partitions=1", "offsets.topic.replication.factor=2", "default.replication.factor=2",
                "group.initial.rebalance.delay.ms=0", "delete.topic.enable=true", "num.network.threads=2",
                "num.io.threads=2", "background.threads=2", "replica.lag.time.max.ms=5000",
                "unclean.leader.election.enable=false", "auto.create.topics.enable=false", "");
    }

}
