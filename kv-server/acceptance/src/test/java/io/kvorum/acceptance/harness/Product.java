/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two servers that are compared. Both take the same flags. */
public enum Product {

    /** The judge: etcd 3.4 as Debian ships it. */
    ETCD,

    /** The jar that this build has just packaged. */
    KVORUM,

    /** The same, unpacked: for suites that start it so often that its start matters. */
    KVORUM_UNPACKED;

    /**
     * Small, and without the second compiler: these processes are many and do not live
     * long.
     */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError");

    List<String> command() {
        return switch (this) {
            case ETCD -> List.of("etcd");
            case KVORUM -> {
                List<String> command = new ArrayList<>();
                command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
                command.addAll(JVM_OPTIONS);
                command.addAll(List.of("-jar", jar().toString()));
                yield command;
            }
            case KVORUM_UNPACKED -> UnpackedServer.command(jar());
        };
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("kvorum.server.jar", "../target/kv-server.jar"));
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException("no server at " + jar.toAbsolutePath()
                    + ": package kv-server first (./mvnw package) or set -Dkvorum.server.jar");
        }
        return jar.toAbsolutePath();
    }

}
