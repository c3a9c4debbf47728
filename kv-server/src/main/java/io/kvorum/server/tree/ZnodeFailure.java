/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import io.kvorum.server.command.ZnodeError;

/**
 * An operation cannot be done. An answer, not a bug: it carries no stack trace. Confined
 * to this package.
 */
final class ZnodeFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ZnodeError error;

    ZnodeFailure(ZnodeError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    ZnodeError error() {
        return this.error;
    }

}
