/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.kvorum.server.common.MemberId;
import org.awaitility.Awaitility;

/** Members of one group in this process, with real files and real sockets. */
final class TestGroup implements AutoCloseable {

    private static final AtomicLong CLUSTER_IDS = new AtomicLong(System.nanoTime());

    private final long clusterId = CLUSTER_IDS.incrementAndGet();

    private final Path directory;

    private final Map<Long, Path> directories = new TreeMap<>();

    private final Map<Long, String> addresses = new TreeMap<>();

    private final Map<Long, RaftMember> members = new TreeMap<>();

    private final Map<Long, MapStateMachine> states = new TreeMap<>();

    private final long snapshotEntries;

    TestGroup(Path directory, int size, long snapshotEntries) {
        this.directory = directory;
        this.snapshotEntries = snapshotEntries;
        for (long id = 1; id <= size; id++) {
            this.addresses.put(id, "127.0.0.1:" + freePort());
            this.states.put(id, new MapStateMachine());
        }
    }

    void startAll() {
        this.addresses.keySet().forEach(this::start);
    }

    RaftMember start(long id) {
        try {
            RaftMember member = RaftMembers.start(config(id), state(id),
                    (from, kind, request) -> CompletableFuture.completedFuture(request), RaftEnvironment.DEFAULT);
            this.members.put(id, member);
            return member;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    RaftConfig config(long id) {
        Map<MemberId, String> peers = new TreeMap<>(Comparator.comparingLong(MemberId::value));
        this.addresses.forEach((peer, address) -> peers.put(new MemberId(peer), address));
        String listen = this.addresses.get(id);
        if (listen == null) {
            throw new IllegalArgumentException("No member " + id);
        }
        return new RaftConfig(this.clusterId, new MemberId(id), peers, listen, directory(id), Duration.ofMillis(50),
                Duration.ofMillis(500), this.snapshotEntries, this.snapshotEntries, true);
    }

    Path directory(long id) {
        return this.directories.getOrDefault(id, this.directory.resolve("member-" + id));
    }

    /** Puts a member's files elsewhere. */
    void useDirectory(long id, Path other) {
        this.directories.put(id, other);
    }

    RaftMember member(long id) {
        RaftMember member = this.members.get(id);
        if (member == null) {
            throw new IllegalArgumentException("Member " + id + " is not running");
        }
        return member;
    }

    MapStateMachine state(long id) {
        MapStateMachine state = this.states.get(id);
        if (state == null) {
            throw new IllegalArgumentException("No member " + id);
        }
        return state;
    }

    /** Stops a member; its state falls back to what was durable, as after a kill. */
    void stop(long id) {
        RaftMember member = this.members.remove(id);
        if (member != null) {
            member.close();
        }
        this.states.put(id, state(id).reopened());
    }

    /** Stops a member and removes everything it had. */
    void wipe(long id) {
        stop(id);
        this.states.put(id, new MapStateMachine());
        deleteAll(directory(id));
    }

    long awaitLeader() {
        long found = leader();
        return (found > 0) ? found
                : Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(20))
                    .until(this::leader, (id) -> id > 0);
    }

    long leader() {
        long found = 0;
        for (Map.Entry<Long, RaftMember> entry : this.members.entrySet()) {
            if (entry.getValue().isConfirmedLeader()
                    && state(entry.getKey()).leader.equals(new MemberId(entry.getKey()))) {
                found = entry.getKey();
            }
        }
        return found;
    }

    List<Long> followers() {
        long leader = awaitLeader();
        return this.members.keySet().stream().filter((id) -> id != leader).toList();
    }

    CompletableFuture<Long> propose(long id, String key, String value) {
        CompletableFuture<Long> index = new CompletableFuture<>();
        member(id).propose(MapStateMachine.entry(key, value), index, (certain, reason) -> index
            .completeExceptionally(new IllegalStateException("certain=" + certain + " " + reason)));
        return index;
    }

    /** Proposes to whoever leads, until it works. */
    void put(String key, String value) {
        Awaitility.await()
            .pollInSameThread()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(10))
            .atMost(Duration.ofSeconds(20))
            .ignoreExceptions()
            .until(() -> {
                propose(awaitLeader(), key, value).get(5, TimeUnit.SECONDS);
                return true;
            });
    }

    void awaitEqual() {
        long leader = awaitLeader();
        Awaitility.await()
            .pollDelay(Duration.ZERO)
            .atMost(Duration.ofSeconds(30))
            .until(() -> this.members.keySet()
                .stream()
                .allMatch((id) -> state(id).content().equals(state(leader).content())));
    }

    @Override
    public void close() {
        this.members.values().forEach(RaftMember::close);
        this.members.clear();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void deleteAll(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
