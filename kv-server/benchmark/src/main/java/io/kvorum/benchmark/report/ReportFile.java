/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Markdown in a file that grows with each part, so that an aborted run leaves what it
 * has.
 */
public final class ReportFile {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path file;

    private ReportFile(Path file) {
        this.file = file;
    }

    /**
     * A new file.
     * @param directory where
     * @param name beginning of its name
     * @return the file
     * @throws IOException if it cannot be made
     */
    public static ReportFile in(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        String stamp = STAMP.format(LocalDateTime.now(ZoneOffset.UTC));
        return new ReportFile(directory.resolve(name + "-" + stamp + ".md"));
    }

    /**
     * Adds a part.
     * @param markdown the part
     * @throws IOException if it cannot be written
     */
    public void add(String markdown) throws IOException {
        Files.writeString(this.file, markdown + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Where it is.
     * @return the path
     */
    public Path path() {
        return this.file;
    }

}
