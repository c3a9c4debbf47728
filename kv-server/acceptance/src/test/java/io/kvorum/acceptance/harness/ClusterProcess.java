/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster of member processes on loopback, with its own temporary folder. Confined to
 * one thread at a time.
 */
public final class ClusterProcess implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path directory;

    private final List<MemberProcess> members;

    private ClusterProcess(Path directory, List<MemberProcess> members) {
        this.directory = directory;
        this.members = List.copyOf(members);
    }

    /**
     * Starts one member with its data in memory where the system has a place for that:
     * for tests of answers only.
     */
    public static ClusterProcess inMemory(Product product, String... extraFlags) {
        return start(prepare(product, 1, createDirectory(product, MEMORY), extraFlags));
    }

    /** Starts one member and waits until it serves. */
    public static ClusterProcess single(Product product, String... extraFlags) {
        return start(product, 1, extraFlags);
    }

    /** Starts a cluster with static bootstrap and waits until every member serves. */
    public static ClusterProcess start(Product product, int size, String... extraFlags) {
        return start(prepare(product, size, extraFlags));
    }

    /**
     * Starts a cluster of kv-server whose members each have a port for ZooKeeper clients.
     */
    public static ClusterProcess withZookeeper(int size, String... extraFlags) {
        return start(prepareWithZookeeper(Product.KVORUM, size, FreePorts::next, extraFlags));
    }

    /**
     * Makes the members of such a cluster without starting them, for suites that start
     * and stop them often.
     */
    public static ClusterProcess prepareForSuite(int size, String... extraFlags) {
        return prepareWithZookeeper(Product.KVORUM_UNPACKED, size, FreePorts::next, extraFlags);
    }

    /** Makes one such member with a given port for ZooKeeper clients. */
    public static ClusterProcess prepareForSuiteOn(int port, String... extraFlags) {
        return prepareWithZookeeper(Product.KVORUM_UNPACKED, 1, () -> port, extraFlags);
    }

    private static ClusterProcess prepareWithZookeeper(Product product, int size, IntSupplier ports,
            String... extraFlags) {
        return prepare(product, size, createDirectory(product, MEMORY), () -> {
            List<String> flags = new ArrayList<>(List.of(extraFlags));
            flags.addAll(List.of(MemberSpec.ZOOKEEPER_PORT, Integer.toString(ports.getAsInt())));
            return flags;
        });
    }

    private static ClusterProcess start(ClusterProcess cluster) {
        try {
            cluster.members.forEach(MemberProcess::launch);
            cluster.awaitHealthy();
            return cluster;
        }
        catch (RuntimeException | Error ex) {
            cluster.close();
            throw ex;
        }
    }

    /** Makes the members of a cluster without starting them. */
    public static ClusterProcess prepare(Product product, int size, String... extraFlags) {
        Path parent = Path.of(System.getProperty("kvorum.work.directory", "target/acceptance")).toAbsolutePath();
        return prepare(product, size, createDirectory(product, parent), extraFlags);
    }

    /**
     * Makes the members of a cluster in an existing folder, which is emptied in the end.
     */
    public static ClusterProcess prepare(Product product, int size, Path directory, String... extraFlags) {
        return prepare(product, size, directory, () -> List.of(extraFlags));
    }

    private static ClusterProcess prepare(Product product, int size, Path directory,
            Supplier<List<String>> extraFlags) {
        List<Integer> peerPorts = Stream.generate(FreePorts::next).distinct().limit(size).toList();
        StringBuilder initialCluster = new StringBuilder();
        for (int i = 0; i < size; i++) {
            initialCluster.append((i > 0) ? "," : "").append("n" + (i + 1) + "=http://127.0.0.1:" + peerPorts.get(i));
        }
        List<MemberProcess> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Path home = directory.resolve("n" + (i + 1));
            makeDirectory(home);
            members.add(new MemberProcess(product, new MemberSpec("n" + (i + 1), home, FreePorts.next(),
                    peerPorts.get(i), initialCluster.toString(), "acceptance", extraFlags.get())));
        }
        return new ClusterProcess(directory, members);
    }

    /** All members in the order of their names. */
    public List<MemberProcess> members() {
        return this.members;
    }

    /** The member with this number, from 0. */
    public MemberProcess member(int index) {
        return this.members.get(index);
    }

    /** The endpoints of all members, separated by commas. */
    public String endpoints() {
        return this.members.stream().map(MemberProcess::endpoint).collect(Collectors.joining(","));
    }

    /** Waits until every member serves. */
    public void awaitHealthy() {
        this.members.forEach(MemberProcess::awaitHealthy);
    }

    /** The folder of this cluster; it is deleted on {@link #close()}. */
    public Path directory() {
        return this.directory;
    }

    /** Where ZooKeeper clients reach all members, separated by commas. */
    public String zookeeperEndpoints() {
        return this.members.stream()
            .map((member) -> member.spec().zookeeperEndpoint())
            .collect(Collectors.joining(","));
    }

    /** The last log lines of every member. */
    public String logTails() {
        return this.members.stream()
            .map((member) -> "--- " + member.spec().name() + "\n" + member.logTail())
            .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        this.members.forEach(MemberProcess::close);
        deleteDirectory(this.directory);
    }

    private static Path createDirectory(Product product, Path wanted) {
        Path parent = (wanted != MEMORY || Files.isWritable(MEMORY)) ? wanted
                : Path.of(System.getProperty("java.io.tmpdir"));
        makeDirectory(parent);
        try {
            return Files.createTempDirectory(parent, "kvorum-" + product.name().toLowerCase(Locale.ROOT) + "-");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void deleteDirectory(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
