/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import org.jspecify.annotations.Nullable;

/**
 * A location as users write it: {@code kv:} for the application's own folders,
 * {@code kv:/path} for one folder or document, with {@code ?revision=} and
 * {@code ?format=} behind it.
 *
 * @param path the folder or document; {@code null} for the application's own folders
 * @param revision the revision to stay at, 0 for the newest
 * @param format how values are written
 */
record ConfigLocation(@Nullable String path, long revision, ConfigFormat format) {

    static final String SCHEME = "kv:";

    static ConfigLocation parse(String location, ConfigFormat usual) {
        String rest = location.substring(SCHEME.length());
        int question = rest.indexOf('?');
        String path = (question < 0) ? rest : rest.substring(0, question);
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "location '" + location + "': a path begins with a slash, as in kv:/config/shared");
        }
        long revision = 0;
        ConfigFormat format = usual;
        String options = (question < 0) ? "" : rest.substring(question + 1);
        for (String option : options.isEmpty() ? new String[0] : options.split("&")) {
            if (option.startsWith("revision=")) {
                revision = revision(option.substring("revision=".length()), location);
            }
            else if (option.startsWith("format=")) {
                format = ConfigFormat.named(option.substring("format=".length()), location);
            }
            else {
                throw new IllegalArgumentException("location '" + location + "': there is no option '" + option
                        + "'; there are revision= and format=");
            }
        }
        return new ConfigLocation(path.isEmpty() ? null : path, revision, format);
    }

    private static long revision(String text, String location) {
        try {
            long revision = Long.parseLong(text);
            if (revision > 0) {
                return revision;
            }
        }
        catch (NumberFormatException ex) {
            // Said below.
        }
        throw new IllegalArgumentException("location '" + location + "': '" + text + "' is no revision");
    }

}
