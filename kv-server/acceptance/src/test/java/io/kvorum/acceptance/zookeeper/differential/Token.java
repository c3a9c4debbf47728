/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

/** A part of a frame that is compared. */
sealed interface Token {

    /** Must be the same. */
    record Text(String text) implements Token {

        @Override
        public String toString() {
            return this.text;
        }

    }

    /**
     * A zxid: each server counts in its own way, but in the same order.
     *
     * @param name the field
     * @param value the number
     * @param exact whether it stands for one change, rather than for all up to it
     */
    record Zxid(String name, long value, boolean exact) implements Token {

        @Override
        public String toString() {
            return this.name + (this.exact ? "=" : "~") + "0x" + Long.toHexString(this.value);
        }

    }

}
