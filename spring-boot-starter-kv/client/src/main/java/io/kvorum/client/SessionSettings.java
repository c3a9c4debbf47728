/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.time.Duration;

/**
 * How long a session lives without news.
 *
 * @param ttl how long the servers keep it after the last renewal; whole seconds
 * @param safetyMargin how much earlier this side stops trusting it, for clocks that do
 * not run alike
 */
public record SessionSettings(Duration ttl, Duration safetyMargin) {

    /** Fifteen seconds, two of which are not used. */
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofSeconds(15), Duration.ofSeconds(2));

    /** Checks that there is time left to renew a session. */
    public SessionSettings {
        if (ttl.toSeconds() < 1 || ttl.toNanosPart() != 0) {
            throw new IllegalArgumentException("the time to live of a session must be whole seconds, not " + ttl);
        }
        if (safetyMargin.isNegative() || safetyMargin.multipliedBy(2).compareTo(ttl) > 0) {
            throw new IllegalArgumentException("the safety margin " + safetyMargin
                    + " of a session must be between nothing and half of its time to live " + ttl);
        }
    }

    /**
     * Settings with a margin of a tenth.
     * @param ttl how long the servers keep the session after the last renewal
     * @return the settings
     */
    public static SessionSettings of(Duration ttl) {
        return new SessionSettings(ttl, ttl.dividedBy(10));
    }

}
