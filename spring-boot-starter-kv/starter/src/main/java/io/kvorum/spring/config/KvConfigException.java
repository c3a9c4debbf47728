/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.io.Serial;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataException;

/**
 * The configuration could not be read, or makes no sense; the message says what to do.
 */
public final class KvConfigException extends ConfigDataException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String action;

    KvConfigException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /**
     * Returns the way out.
     * @return what to do about it
     */
    public String action() {
        return this.action;
    }

}
