/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two servers that are compared. Both take the same flags. */
public enum Product {

    /** The judge: etcd 3.4 as Debian ships it. */
    ETCD,

    /** The jar that this build has just packaged. */
    KVORUM;

    private static final String HEAP = "-Xmx256m";

    List<String> command() {
        return switch (this) {
            case ETCD -> List.of("etcd");
            case KVORUM -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                    "-XX:+ExitOnOutOfMemoryError", "-jar", jar().toString());
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
