/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server to measure: what to type before the flags, which are the same for all of them.
 *
 * @param label name in tables
 * @param command program and options of the program
 */
public record ServerProgram(String label, List<String> command) {

    public ServerProgram {
        command = List.copyOf(command);
    }

    /**
     * The etcd that is first on the path.
     * @param label name in tables
     * @return the program
     */
    public static ServerProgram etcd(String label) {
        return new ServerProgram(label, List.of("etcd"));
    }

    /**
     * The built kv-server with the JVM options that the project ships.
     * @param root the project's folder
     * @param label name in tables
     * @return the program
     */
    public static ServerProgram kvServer(Path root, String label) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ServerProgram(label, List.of(java.toString(), "@" + root.resolve("config/jvm.options"), "-jar",
                root.resolve("kv-server/target/kv-server.jar").toString()));
    }

    /**
     * The same program with more at the end of its command.
     * @param more flags
     * @return the program
     */
    public ServerProgram with(List<String> more) {
        List<String> all = new ArrayList<>(this.command);
        all.addAll(more);
        return new ServerProgram(this.label, all);
    }

}
