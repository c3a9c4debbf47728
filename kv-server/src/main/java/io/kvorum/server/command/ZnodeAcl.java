/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

/**
 * One entry of an access control list.
 *
 * @param permissions ZooKeeper's bits
 * @param scheme how the id is to be understood
 * @param id who it is about
 */
public record ZnodeAcl(int permissions, String scheme, String id) {

    /** All that can be allowed. */
    public static final int ALL = 31;

    /** Everybody may do everything: what znodes have unless they are told otherwise. */
    public static final ZnodeAcl OPEN = new ZnodeAcl(ALL, "world", "anyone");

}
