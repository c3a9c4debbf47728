/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Members on loopback with fresh data, all gone after {@link #close()}. */
public final class Cluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServerProgram program;

    private final Path directory;

    private final List<Member> members = new ArrayList<>();

    private boolean keepDirectory;

    private Cluster(ServerProgram program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /**
     * Starts members and waits until all of them serve.
     * @param program what to start
     * @param members how many
     * @param workDirectory where the data goes, in a new directory
     * @return the cluster
     */
    public static Cluster start(ServerProgram program, int members, Path workDirectory) {
        Cluster cluster = launch(program, members, workDirectory);
        try {
            cluster.awaitHealthy(PATIENCE);
            return cluster;
        }
        catch (RuntimeException ex) {
            cluster.close();
            throw ex;
        }
    }

    /**
     * Starts members and waits for nothing.
     * @param program what to start
     * @param members how many
     * @param workDirectory where the data goes, in a new directory
     * @return the cluster
     */
    public static Cluster launch(ServerProgram program, int members, Path workDirectory) {
        Cluster cluster = new Cluster(program, fresh(workDirectory));
        List<MemberAddress> addresses = MemberAddress.free(members);
        String initialCluster = MemberAddress.initialCluster(addresses);
        for (MemberAddress address : addresses) {
            cluster.members.add(Member.start(program, address, initialCluster, cluster.directory));
        }
        return cluster;
    }

    /**
     * A port of loopback that nobody uses.
     * @return the port
     */
    public static int freePort() {
        return MemberAddress.freePorts(1).get(0);
    }

    static Path fresh(Path workDirectory) {
        try {
            Files.createDirectories(workDirectory);
            return Files.createTempDirectory(workDirectory, "cluster-");
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot make a directory in " + workDirectory, ex);
        }
    }

    /**
     * Waits until every member is healthy.
     * @param limit time after which to give up
     */
    public void awaitHealthy(Duration limit) {
        for (Member member : this.members) {
            boolean settled = Patience.await(() -> member.healthy() || !member.process().alive(), Duration.ofMillis(20),
                    limit);
            if (!settled || !member.process().alive()) {
                this.keepDirectory = true;
                throw new IllegalStateException(this.program.label() + ": member " + member.name()
                        + (settled ? " ended" : " is not healthy after " + limit) + ", see " + member.log());
            }
        }
    }

    /**
     * What runs here.
     * @return the program
     */
    public ServerProgram program() {
        return this.program;
    }

    /**
     * All members.
     * @return the members
     */
    public List<Member> members() {
        return List.copyOf(this.members);
    }

    /**
     * Where clients go.
     * @return host and port of each member
     */
    public List<String> endpoints() {
        return this.members.stream().map(Member::endpoint).toList();
    }

    /**
     * CPU time of all members so far.
     * @return seconds
     */
    public double cpuSeconds() {
        return this.members.stream().mapToDouble((member) -> member.process().cpuSeconds()).sum();
    }

    /**
     * Peak resident memory, summed over the members.
     * @return MiB
     */
    public double peakResidentMebibytes() {
        return this.members.stream().mapToDouble((member) -> member.process().peakResidentMebibytes()).sum();
    }

    /**
     * Keeps data and logs when the cluster is closed, because somebody must look at them.
     */
    public void keepDirectory() {
        this.keepDirectory = true;
    }

    /**
     * Size of data and logs.
     * @return MiB
     */
    public double diskMebibytes() {
        try (Stream<Path> files = Files.walk(this.directory)) {
            return files.mapToLong((file) -> file.toFile().isFile() ? file.toFile().length() : 0).sum() / 1024.0 / 1024;
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot measure " + this.directory, ex);
        }
    }

    @Override
    public void close() {
        this.members.forEach((member) -> member.process().kill());
        if (!this.keepDirectory) {
            delete(this.directory);
        }
    }

    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }

            });
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot remove " + directory, ex);
        }
    }

}
