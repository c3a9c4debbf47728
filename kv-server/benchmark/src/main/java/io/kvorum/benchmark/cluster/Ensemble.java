/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Members that ZooKeeper clients can use: ZooKeeper's own, or those of kv-server. On
 * loopback with fresh data, all gone after {@link #close()}.
 */
public final class Ensemble implements AutoCloseable {

    /** The label of ZooKeeper in tables. */
    public static final String ZOOKEEPER = "ZooKeeper";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int ANSWER_MILLIS = 2_000;

    private final String label;

    private final Path directory;

    private final List<Integer> ports;

    private final List<ServerProcess> processes = new ArrayList<>();

    private Ensemble(String label, Path directory, List<Integer> ports) {
        this.label = label;
        this.directory = directory;
        this.ports = ports;
    }

    /**
     * Starts servers of ZooKeeper and waits until all of them serve. They sync before
     * they acknowledge, as they do when nobody says otherwise.
     * @param classPath where their classes are
     * @param jvmOptions the same file as kv-server gets
     * @param members how many
     * @param workDirectory where the data goes, in a new directory
     * @return the ensemble
     */
    public static Ensemble zookeeper(String classPath, Path jvmOptions, int members, Path workDirectory) {
        List<Integer> ports = MemberAddress.freePorts(3 * members);
        Ensemble ensemble = new Ensemble(ZOOKEEPER, Cluster.fresh(workDirectory), ports.subList(0, members));
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < members; i++) {
            servers.append("server.%d=127.0.0.1:%d:%d;127.0.0.1:%d\n".formatted(i + 1, ports.get(members + i),
                    ports.get(2 * members + i), ports.get(i)));
        }
        try {
            Path quiet = Files.writeString(ensemble.directory.resolve("logback.xml"),
                    "<configuration><root level=\"OFF\"/></configuration>");
            for (int i = 0; i < members; i++) {
                Path data = Files.createDirectories(ensemble.directory.resolve("n" + (i + 1)));
                Files.writeString(data.resolve("myid"), Integer.toString(i + 1));
                Path configuration = Files.writeString(ensemble.directory.resolve("n" + (i + 1) + ".cfg"),
                        "tickTime=2000\ninitLimit=10\nsyncLimit=5\nmaxClientCnxns=0\nadmin.enableServer=false\n"
                                + "4lw.commands.whitelist=*\ndataDir=" + data + "\n" + servers);
                ensemble.processes.add(ServerProcess.start(
                        List.of(java(), "@" + jvmOptions, "-Dlogback.configurationFile=" + quiet, "-cp", classPath,
                                "org.apache.zookeeper.server.quorum.QuorumPeerMain", configuration.toString()),
                        ensemble.directory.resolve("n" + (i + 1) + ".log")));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return ensemble.awaitServing();
    }

    /**
     * Starts members of kv-server with ZooKeeper ports and waits until all of them serve.
     * @param program kv-server
     * @param members how many
     * @param workDirectory where the data goes, in a new directory
     * @return the ensemble
     */
    public static Ensemble kvServer(ServerProgram program, int members, Path workDirectory) {
        List<MemberAddress> addresses = MemberAddress.free(members);
        Ensemble ensemble = new Ensemble(program.label(), Cluster.fresh(workDirectory),
                MemberAddress.freePorts(members));
        for (int i = 0; i < members; i++) {
            ServerProgram withPort = program.with(List.of("--zookeeper-port", ensemble.ports.get(i).toString()));
            ensemble.processes.add(Member
                .start(withPort, addresses.get(i), MemberAddress.initialCluster(addresses), ensemble.directory)
                .process());
        }
        return ensemble.awaitServing();
    }

    /**
     * The name in tables.
     * @return the name
     */
    public String label() {
        return this.label;
    }

    /**
     * Where clients go.
     * @return host and port of each member
     */
    public List<String> endpoints() {
        return this.ports.stream().map((port) -> "127.0.0.1:" + port).toList();
    }

    /**
     * CPU time of all members so far.
     * @return seconds
     */
    public double cpuSeconds() {
        return this.processes.stream().mapToDouble(ServerProcess::cpuSeconds).sum();
    }

    /**
     * Peak resident memory, summed over the members.
     * @return MiB
     */
    public double peakResidentMebibytes() {
        return this.processes.stream().mapToDouble(ServerProcess::peakResidentMebibytes).sum();
    }

    @Override
    public void close() {
        this.processes.forEach(ServerProcess::kill);
        Cluster.delete(this.directory);
    }

    private Ensemble awaitServing() {
        for (int port : this.ports) {
            if (!Patience.await(() -> serves(port), Duration.ofMillis(100), PATIENCE)) {
                this.processes.forEach(ServerProcess::kill);
                throw new IllegalStateException(this.label + ": no answer at port " + port + ", see " + this.directory);
            }
        }
        return this;
    }

    /**
     * Whether a member says in which role it is: it says nothing of it before it serves.
     */
    private static boolean serves(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("Mode:");
        }
        catch (IOException notYet) {
            return false;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

}
