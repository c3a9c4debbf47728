/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import io.kvorum.server.common.MemberId;

/**
 * Who leads in which term, as this member knows it.
 *
 * @param leader the leader, or {@link MemberId#NONE}
 * @param term the term
 * @param self this member
 */
record Leadership(MemberId leader, long term, MemberId self) {

    boolean isSelf() {
        return this.leader.equals(this.self);
    }

    boolean isKnown() {
        return !this.leader.equals(MemberId.NONE);
    }

}
