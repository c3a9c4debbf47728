/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What the process runs on. */
final class Environment {

    /** The ZooKeeper whose protocol and behaviour are served. */
    static final String VERSION = "3.9.5-kvorum";

    private static final List<String> PROPERTIES = List.of("java.version", "java.vendor", "java.home",
            "java.class.path", "java.library.path", "java.io.tmpdir", "java.compiler", "os.name", "os.arch",
            "os.version", "user.name", "user.home", "user.dir");

    private static final long BYTES_PER_MEBIBYTE = 1 << 20;

    private Environment() {
    }

    static Report report() {
        Report report = new Report().with("zookeeper.version", VERSION).with("host.name", hostName());
        PROPERTIES.forEach((name) -> report.with(name, System.getProperty(name, "<NA>")));
        Runtime runtime = Runtime.getRuntime();
        return report.with("os.memory.free", mebibytes(runtime.freeMemory()))
            .with("os.memory.max", mebibytes(runtime.maxMemory()))
            .with("os.memory.total", mebibytes(runtime.totalMemory()));
    }

    private static String mebibytes(long bytes) {
        return bytes / BYTES_PER_MEBIBYTE + "MB";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        }
        catch (UnknownHostException ex) {
            return "<NA>";
        }
    }

}
