/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

/**
 * Identifies a member of the cluster. Printed in hexadecimal, as etcd does.
 *
 * @param value the id, an unsigned 64-bit number; 0 means no member
 */
public record MemberId(long value) {

    /** No member. */
    public static final MemberId NONE = new MemberId(0);

    @Override
    public String toString() {
        return Long.toHexString(this.value);
    }

}
