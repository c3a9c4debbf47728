/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.time.Duration;
import java.util.regex.Pattern;

import io.kvorum.server.node.Retention;

/** What etcd's two flags about automatic compaction mean together. */
final class AutoCompaction {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private static final int MOST_HOURS = 1_000_000;

    private AutoCompaction() {
    }

    static Retention retention(String mode, String retention) {
        boolean isNumber = NUMBER.matcher(retention).matches();
        switch (mode) {
            case "revision" -> {
                if (!isNumber) {
                    throw SettingException.invalid("--auto-compaction-retention='" + retention
                            + "' must be a number of revisions with --auto-compaction-mode=revision");
                }
                long revisions = Long.parseLong(retention);
                return (revisions == 0) ? Retention.ALL
                        : new Retention(Retention.Mode.REVISION, revisions, Duration.ZERO);
            }
            case "periodic" -> {
                Duration period = isNumber ? hours(Long.parseLong(retention)) : period(retention);
                return period.isZero() ? Retention.ALL : new Retention(Retention.Mode.PERIODIC, 0, period);
            }
            default -> throw SettingException
                .invalid("--auto-compaction-mode='" + mode + "' must be 'periodic' or 'revision'");
        }
    }

    private static Duration hours(long hours) {
        if (hours > MOST_HOURS) {
            throw SettingException.invalid("--auto-compaction-retention=" + hours + " hours is too long");
        }
        return Duration.ofHours(hours);
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
