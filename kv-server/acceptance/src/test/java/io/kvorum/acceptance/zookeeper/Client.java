/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real client, connected, with the events it has heard of. */
final class Client implements Watcher, AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int TIMEOUT_MILLIS = 4000;

    private final BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();

    private volatile Event.KeeperState state = Event.KeeperState.Disconnected;

    private final ZooKeeper zookeeper;

    Client(String endpoints) {
        this(endpoints, 0, new byte[16]);
    }

    Client(String endpoints, long session, byte[] password) {
        try {
            this.zookeeper = (session == 0) ? new ZooKeeper(endpoints, TIMEOUT_MILLIS, this)
                    : new ZooKeeper(endpoints, TIMEOUT_MILLIS, this, session, password);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static Client connected(String endpoints) {
        Client client = new Client(endpoints);
        client.await(Event.KeeperState.SyncConnected);
        return client;
    }

    ZooKeeper zookeeper() {
        return this.zookeeper;
    }

    void await(Event.KeeperState wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> this.state == wanted);
    }

    String create(String path, String data, CreateMode mode) throws KeeperException, InterruptedException {
        return this.zookeeper.create(path, bytes(data), ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
    }

    String get(String path, boolean watch) throws KeeperException, InterruptedException {
        return new String(this.zookeeper.getData(path, watch, null), StandardCharsets.UTF_8);
    }

    List<String> children(String path) throws KeeperException, InterruptedException {
        return this.zookeeper.getChildren(path, false).stream().sorted().toList();
    }

    /** The next event of a znode, as "type path". */
    String nextEvent() throws InterruptedException {
        @Nullable WatchedEvent event = this.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return (event != null) ? event.getType() + " " + event.getPath() : "none";
    }

    boolean hasEvents() {
        return !this.events.isEmpty();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.None) {
            this.state = event.getState();
        }
        else {
            this.events.add(event);
        }
    }

    @Override
    public void close() throws InterruptedException {
        this.zookeeper.close();
    }

}
