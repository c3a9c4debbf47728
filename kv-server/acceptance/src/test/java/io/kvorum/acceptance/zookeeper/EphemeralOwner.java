/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import org.apache.zookeeper.CreateMode;

/** A client in a process of its own, so that it can be killed. */
final class EphemeralOwner {

    private EphemeralOwner() {
    }

    /**
     * Starts a process that creates an ephemeral znode and then only keeps its session.
     */
    static Process start(String endpoints, String path) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), EphemeralOwner.class.getName(),
                endpoints, path)
            .inheritIO()
            .start();
    }

    public static void main(String[] arguments) throws Exception {
        Client client = Client.connected(arguments[0]);
        client.create(arguments[1], "", CreateMode.EPHEMERAL);
        new CountDownLatch(1).await();
    }

}
