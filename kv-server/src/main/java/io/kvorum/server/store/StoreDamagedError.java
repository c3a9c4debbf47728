/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

/**
 * The apply thread read something that is not what was written: this member must stop,
 * because whatever it applied from here on could differ from the others. Readers get a
 * {@link io.kvorum.server.common.KvException} with code CORRUPT instead. An
 * {@link Error}, so that no handler of ordinary failures swallows it.
 */
public final class StoreDamagedError extends Error {

    private static final long serialVersionUID = 1L;

    StoreDamagedError(String message, Throwable cause) {
        super(message, cause);
    }

}
