/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What of another project's suite runs, class by class, and what does not, with a reason
 * each. Both are text files of the module: {@code runs.txt} has a class on each line;
 * {@code left-out.txt} has a class, a class and a method, or a package with everything
 * below it that does not run, and behind it the reason.
 *
 * @param runs names of the classes that run
 * @param leftOut reasons by what is left out
 */
public record SuiteList(Set<String> runs, Map<String, String> leftOut) {

    private static final String EVERYTHING_BELOW = ".**";

    /** Reads the files of the module whose tests run. */
    public static SuiteList ofThisModule() {
        Set<String> runs = new LinkedHashSet<>(lines("/runs.txt"));
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (String line : lines("/left-out.txt")) {
            String[] parts = line.split("\\s+", 2);
            if (parts.length < 2) {
                throw new IllegalStateException("left-out.txt gives no reason for " + line);
            }
            leftOut.put(parts[0], parts[1]);
        }
        return new SuiteList(runs, leftOut);
    }

    /**
     * Says why something does not run.
     * @param type name of the test class
     * @param method name of the test method, or {@code null} for the whole class
     * @return the reason, or {@code null} if it does run
     */
    public @Nullable String reason(String type, @Nullable String method) {
        if (method != null) {
            return this.leftOut.get(type + "#" + method);
        }
        String own = this.leftOut.get(type);
        if (this.runs.contains(type)) {
            return own;
        }
        for (int dot = type.lastIndexOf('.'); own == null && dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            own = this.leftOut.get(type.substring(0, dot) + EVERYTHING_BELOW);
        }
        return own;
    }

    /**
     * Reads a list of the module whose tests run.
     * @param resource name of the file, with a slash in front
     * @return its lines, without comments
     */
    public static List<String> lines(String resource) {
        InputStream file = SuiteList.class.getResourceAsStream(resource);
        if (file == null) {
            throw new IllegalStateException("no " + resource + " on the class path");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines()
                .map(String::strip)
                .filter((line) -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
