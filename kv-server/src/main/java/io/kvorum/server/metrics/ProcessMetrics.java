/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What the operating system says about this process, under the names that every
 * Prometheus client uses. What the system does not tell is left out.
 */
public final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");

    private static final double BYTES_PER_KIB = 1024;

    private static final double MILLIS_PER_SECOND = 1e3;

    private static final double NANOS_PER_SECOND = 1e9;

    private ProcessMetrics() {
    }

    /**
     * Registers the metrics.
     * @param metrics where to
     */
    public static void register(Metrics metrics) {
        gauge(metrics, "process_resident_memory_bytes", "Memory of the process that is in RAM.",
                () -> memory("VmRSS:"));
        gauge(metrics, "process_virtual_memory_bytes", "Address space of the process.", () -> memory("VmSize:"));
        gauge(metrics, "process_start_time_seconds", "When the process started, in seconds since the epoch.",
                () -> OptionalDouble.of(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            Supplier<OptionalDouble> open = () -> OptionalDouble.of((double) system.getOpenFileDescriptorCount());
            Supplier<OptionalDouble> limit = () -> OptionalDouble.of((double) system.getMaxFileDescriptorCount());
            gauge(metrics, "process_open_fds", "File descriptors in use.", open);
            gauge(metrics, "process_max_fds", "File descriptors allowed.", limit);
            gauge(metrics, "os_fd_used", "File descriptors in use.", open);
            gauge(metrics, "os_fd_limit", "File descriptors allowed.", limit);
            metrics.secondsCounter("process_cpu_seconds_total", "Processor time of the process.",
                    () -> system.getProcessCpuTime() / NANOS_PER_SECOND);
        }
    }

    private static void gauge(Metrics metrics, String name, String help, Supplier<OptionalDouble> value) {
        metrics.gauges(name, help, (values) -> value.get().ifPresent((known) -> values.add(Labels.NONE, known)));
    }

    private static OptionalDouble memory(String field) {
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return lines.stream()
                .filter((line) -> line.startsWith(field))
                .mapToDouble((line) -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
                .findFirst();
        }
        catch (IOException ex) {
            // No such file on this operating system.
            return OptionalDouble.empty();
        }
    }

}
