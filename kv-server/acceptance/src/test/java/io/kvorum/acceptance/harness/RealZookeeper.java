/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.awaitility.Awaitility;

/**
 * The judge: ZooKeeper itself, a single server in a process of its own, with its data in
 * memory. Confined to one thread at a time.
 */
public final class RealZookeeper implements AutoCloseable {

    /** Opens everything to who authenticates with the digest scheme as this. */
    public static final String SUPER = "super:secret";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private static final int ANSWER_MILLIS = 5_000;

    private static final Path MEMORY = Path.of("/dev/shm");

    /** As ZooKeeper's own generator prints it. */
    private static final String SUPER_DIGEST = digest(SUPER);

    private final Path directory;

    private final int port;

    private final Process process;

    private RealZookeeper(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts a server and waits until it serves. */
    public static RealZookeeper start(String... systemProperties) {
        try {
            Path parent = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
            Path directory = Files.createTempDirectory(parent, "kvorum-real-zookeeper-");
            int port = FreePorts.next();
            Path configuration = Files.writeString(directory.resolve("zoo.cfg"), """
                    tickTime=2000
                    dataDir=%s
                    clientPort=%d
                    clientPortAddress=127.0.0.1
                    maxClientCnxns=0
                    admin.enableServer=false
                    extendedTypesEnabled=true
                    4lw.commands.whitelist=*
                    """.formatted(directory.resolve("data"), port));
            Process process = launch(directory, configuration, systemProperties);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-zookeeper"));
            RealZookeeper server = new RealZookeeper(directory, port, process);
            server.awaitServing();
            return server;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Where clients connect, as host and port. */
    public String endpoint() {
        return "127.0.0.1:" + this.port;
    }

    /** Asks with a word of four letters. */
    public String ask(String word) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        this.process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(this.directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Process launch(Path directory, Path configuration, String... systemProperties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-Dzookeeper.DigestAuthenticationProvider.superDigest=" + SUPER_DIGEST));
        command.addAll(List.of(systemProperties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                "org.apache.zookeeper.server.quorum.QuorumPeerMain", configuration.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
    }

    private void awaitServing() {
        try {
            Awaitility.await()
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> !this.process.isAlive() || ask("srvr").contains("Mode:"));
            if (!this.process.isAlive()) {
                throw new IllegalStateException(
                        "ZooKeeper ended: " + Files.readString(this.directory.resolve("server.log")));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The id of an access control list for who knows this name and password. */
    public static String digest(String nameAndPassword) {
        try {
            return DigestAuthenticationProvider.generateDigest(nameAndPassword);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-1", ex);
        }
    }

}
