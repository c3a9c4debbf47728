/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What history is kept without anybody asking for a compaction.
 *
 * @param period how long revisions stay readable, or zero
 * @param revisions how many revisions stay readable, or zero
 */
record AutoCompaction(Duration period, long revisions) {

    /** All history is kept until a client compacts it. */
    static final AutoCompaction OFF = new AutoCompaction(Duration.ZERO, 0);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    static AutoCompaction of(String mode, String retention) {
        boolean isNumber = NUMBER.matcher(retention).matches();
        switch (mode) {
            case "revision" -> {
                if (!isNumber) {
                    throw SettingException.invalid("--auto-compaction-retention='" + retention
                            + "' must be a number of revisions with --auto-compaction-mode=revision");
                }
                return new AutoCompaction(Duration.ZERO, Long.parseLong(retention));
            }
            case "periodic" -> {
                return new AutoCompaction(isNumber ? Duration.ofHours(Long.parseLong(retention)) : period(retention),
                        0);
            }
            default -> throw SettingException
                .invalid("--auto-compaction-mode='" + mode + "' must be 'periodic' or 'revision'");
        }
    }

    private static Duration period(String retention) {
        try {
            return Duration.parse(FlagType.DURATION.property(retention));
        }
        catch (IllegalArgumentException ex) {
            throw SettingException.invalid("--auto-compaction-retention: '" + retention + "' " + ex.getMessage());
        }
    }

}
