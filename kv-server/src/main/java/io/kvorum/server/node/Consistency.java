/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

/** How fresh a read must be. */
public enum Consistency {

    /** Sees every write that was acknowledged before the read began. Needs a quorum. */
    LINEARIZABLE,

    /** Sees what this member has applied, which may be old. Needs nobody else. */
    SERIALIZABLE

}
