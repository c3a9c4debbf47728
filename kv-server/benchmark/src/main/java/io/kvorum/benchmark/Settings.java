/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.kvorum.benchmark.cluster.ServerProgram;
import io.kvorum.benchmark.report.Machine;
import io.kvorum.benchmark.report.ReportFile;

/**
 * Where the project is, which servers are compared and where results go. Confined to the
 * main thread.
 */
final class Settings {

    private static final List<String> DEFAULT_SERVERS = List.of("etcd", "kv-server");

    private final Path root = Path.of(System.getProperty("kvorum.root", "")).toAbsolutePath();

    private final Path workDirectory;

    private final List<ServerProgram> servers;

    private final ReportFile report;

    private Settings(Path workDirectory, List<ServerProgram> servers, ReportFile report) {
        this.workDirectory = workDirectory;
        this.servers = servers;
        this.report = report;
    }

    static Settings from(Options options, String command) throws IOException {
        Path root = Path.of(System.getProperty("kvorum.root", "")).toAbsolutePath();
        Path target = root.resolve("kv-server/benchmark/target");
        Path work = Path.of(options.text("work-dir", target.resolve("work").toString()));
        List<String> names = options.texts("servers", String.join(",", DEFAULT_SERVERS));
        if (names.size() != 2) {
            throw new IllegalArgumentException("--servers wants two servers, such as etcd,kv-server or etcd,etcd");
        }
        List<ServerProgram> servers = new ArrayList<>();
        for (String name : names) {
            servers.add(program(name, root, !servers.isEmpty() && name.equals(names.get(0))));
        }
        Settings settings = new Settings(work, servers, ReportFile.in(target, "report-" + command));
        settings.publish("## `" + command + "`\n\n" + Machine.describe(work));
        return settings;
    }

    private static ServerProgram program(String name, Path root, boolean second) {
        return switch (name) {
            case "etcd" -> ServerProgram.etcd(second ? "etcd (again)" : "etcd");
            case "kv-server" -> ServerProgram.kvServer(root, second ? "kv-server (again)" : "kv-server");
            default -> throw new IllegalArgumentException("unknown server '" + name + "', known: " + DEFAULT_SERVERS);
        };
    }

    Path root() {
        return this.root;
    }

    Path workDirectory() {
        return this.workDirectory;
    }

    ServerProgram reference() {
        return this.servers.get(0);
    }

    ServerProgram subject() {
        return this.servers.get(1);
    }

    List<ServerProgram> servers() {
        return this.servers;
    }

    /** Shows a part of the report and keeps it. */
    void publish(String markdown) throws IOException {
        Console.line(markdown);
        this.report.add(markdown);
    }

}
