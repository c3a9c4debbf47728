/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

/** What an alarm is about. The order is part of the encoding. */
public enum AlarmType {

    /** The member's quota is used up. */
    NOSPACE,

    /** The member's data differ from the others'. */
    CORRUPT

}
