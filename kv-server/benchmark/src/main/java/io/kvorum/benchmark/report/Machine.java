/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** What a table was measured on. */
public final class Machine {

    private static final int FSYNCS = 300;

    private static final int BLOCK_BYTES = 4096;

    private Machine() {
    }

    /**
     * Describes the machine and probes its disk for a second.
     * @param workDirectory a directory on the disk to probe
     * @return Markdown
     * @throws IOException if the disk cannot be written
     */
    public static String describe(Path workDirectory) throws IOException {
        return String.join("\n", "- CPU: " + cpuModel() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                "- Memory: " + memory(),
                "- Kernel: " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "- JDK: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "- etcd: " + etcdVersion(), "- Disk: " + fsyncLatency(workDirectory),
                "- Load average before the run: " + Files.readString(Path.of("/proc/loadavg")).strip(), "");
    }

    private static String cpuModel() throws IOException {
        return field(Path.of("/proc/cpuinfo"), "model name");
    }

    private static String memory() throws IOException {
        long kibibytes = Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""));
        return String.format(Locale.ROOT, "%.1f GiB", kibibytes / 1024.0 / 1024);
    }

    private static String field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter((line) -> line.startsWith(name))
                .map((line) -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        }
    }

    private static String etcdVersion() throws IOException {
        Process process = new ProcessBuilder("etcd", "--version").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines().findFirst().orElse("unknown").replace("etcd Version: ", "");
    }

    /** Appends a block and syncs it, as a log does. */
    private static String fsyncLatency(Path workDirectory) throws IOException {
        Files.createDirectories(workDirectory);
        Path file = Files.createTempFile(workDirectory, "fsync", null);
        double[] micros = new double[FSYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < FSYNCS; i++) {
                long start = System.nanoTime();
                channel.write(block.rewind());
                channel.force(false);
                micros[i] = (System.nanoTime() - start) / 1000.0;
            }
        }
        finally {
            Files.delete(file);
        }
        Arrays.sort(micros);
        return String.format(Locale.ROOT, "fdatasync of 4 KiB appended: p50 %.0f µs, p99 %.0f µs", micros[FSYNCS / 2],
                micros[FSYNCS * 99 / 100]);
    }

}
