/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server, unpacked beside its jar and with its classes archived, which is
 * how it starts in less than half the time. It is prepared once for each jar, by
 * whichever process is first.
 */
final class UnpackedServer {

    private static final String DONE = "done";

    private static final String ARCHIVE = "classes.jsa";

    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError");

    private UnpackedServer() {
    }

    /** The command that starts the server, without its flags. */
    static List<String> command(Path jar) {
        try {
            Path directory = jar.resolveSibling("unpacked-" + Files.getLastModifiedTime(jar).toMillis());
            if (!Files.exists(directory.resolve(DONE))) {
                prepare(jar, directory);
            }
            return command(jar, directory, "-XX:SharedArchiveFile=" + directory.resolve(ARCHIVE));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void prepare(Path jar, Path directory) throws IOException {
        Files.createDirectories(directory);
        try (FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
            if (Files.exists(directory.resolve(DONE))) {
                return;
            }
            Path log = directory.resolve("unpack.log");
            Process unpack = new ProcessBuilder(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract",
                    "--destination", directory.toString(), "--force")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
            await(unpack, log);
            int peerPort = FreePorts.next();
            MemberSpec spec = new MemberSpec("sample", directory, FreePorts.next(), peerPort,
                    "sample=http://127.0.0.1:" + peerPort, "sample",
                    List.of(MemberSpec.ZOOKEEPER_PORT, Integer.toString(FreePorts.next())));
            try (MemberProcess sample = new MemberProcess(
                    () -> command(jar, directory, "-XX:ArchiveClassesAtExit=" + directory.resolve(ARCHIVE)), spec)) {
                sample.start();
                sample.stop();
            }
            Files.createFile(directory.resolve(DONE));
        }
    }

    private static List<String> command(Path jar, Path directory, String archive) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(OPTIONS);
        command.addAll(List.of(archive, "-jar", directory.resolve(jar.getFileName()).toString()));
        return command;
    }

    private static void await(Process process, Path log) throws IOException {
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("the server could not be unpacked, see " + log);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException(ex);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

}
