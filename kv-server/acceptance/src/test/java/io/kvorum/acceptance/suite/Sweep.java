/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Deletes everything that tests have left in a server. */
final class Sweep {

    /** The super user of all suites' servers. */
    static final String SUPER = "super:test";

    private static final int TIMEOUT_MILLIS = 10_000;

    private static final int DELETES_PER_REQUEST = 500;

    /** Clients of the test before may still write for a moment. */
    private static final int ROUNDS = 5;

    private final String endpoint;

    Sweep(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Deletes what can be deleted.
     * @return whether the server is empty now
     */
    boolean run() {
        CountDownLatch connected = new CountDownLatch(1);
        try (ZooKeeper zookeeper = new ZooKeeper(this.endpoint, TIMEOUT_MILLIS, (event) -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        })) {
            if (!connected.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    List<String> paths = leftovers(zookeeper);
                    if (paths.isEmpty()) {
                        return true;
                    }
                    delete(zookeeper, paths);
                }
                catch (KeeperException.NoAuthException protectedLeftovers) {
                    zookeeper.addAuthInfo("digest", SUPER.getBytes(StandardCharsets.UTF_8));
                }
            }
            return false;
        }
        catch (IOException | KeeperException ex) {
            return false;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(ZooKeeper zookeeper, List<String> paths) throws KeeperException, InterruptedException {
        for (int from = 0; from < paths.size(); from += DELETES_PER_REQUEST) {
            List<String> some = paths.subList(from, Math.min(paths.size(), from + DELETES_PER_REQUEST));
            try {
                zookeeper.multi(some.stream().map((path) -> Op.delete(path, -1)).toList());
            }
            catch (KeeperException.NoNodeException | KeeperException.NotEmptyException changedMeanwhile) {
                return;
            }
        }
    }

    /** Paths of all znodes that tests made, children before their parents. */
    private static List<String> leftovers(ZooKeeper zookeeper) throws KeeperException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (String child : zookeeper.getChildren("/", false)) {
            if (!child.equals("zookeeper")) {
                collect(zookeeper, "/" + child, paths);
            }
        }
        for (String child : zookeeper.getChildren("/zookeeper/quota", false)) {
            collect(zookeeper, "/zookeeper/quota/" + child, paths);
        }
        return paths;
    }

    private static void collect(ZooKeeper zookeeper, String path, List<String> paths)
            throws KeeperException, InterruptedException {
        try {
            for (String child : zookeeper.getChildren(path, false)) {
                collect(zookeeper, path + "/" + child, paths);
            }
            paths.add(path);
        }
        catch (KeeperException.NoNodeException goneMeanwhile) {
            return;
        }
    }

}
