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

    /** To read data and to list children. */
    public static final int READ = 1;

    /** To change data. */
    public static final int WRITE = 2;

    /** To create children. */
    public static final int CREATE = 4;

    /** To delete children. */
    public static final int DELETE = 8;

    /** To change the list. */
    public static final int ADMIN = 16;

    /** Everybody may do everything: what znodes have unless they are told otherwise. */
    public static final ZnodeAcl OPEN = new ZnodeAcl(ALL, "world", "anyone");

}
