/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import java.util.Set;

/** ZooKeeper's numbers of requests, as far as comparing needs to know them. */
final class RequestType {

    static final int ERROR = -1;

    static final int CLOSE_SESSION = -11;

    static final int CREATE = 1;

    static final int EXISTS = 3;

    static final int GET_DATA = 4;

    static final int SET_DATA = 5;

    static final int GET_ACL = 6;

    static final int SET_ACL = 7;

    static final int GET_CHILDREN = 8;

    static final int PING = 11;

    static final int GET_CHILDREN_2 = 12;

    static final int MULTI = 14;

    static final int CREATE_2 = 15;

    static final int CREATE_CONTAINER = 19;

    static final int CREATE_TTL = 21;

    static final int MULTI_READ = 22;

    private static final int SASL = 102;

    private static final int SET_WATCHES = 101;

    private static final int SET_WATCHES_2 = 105;

    /** Requests with a path in front. */
    private static final Set<Integer> WITH_PATH = Set.of(CREATE, 2, EXISTS, GET_DATA, SET_DATA, GET_ACL, SET_ACL,
            GET_CHILDREN, 9, GET_CHILDREN_2, CREATE_2, 17, 18, CREATE_CONTAINER, CREATE_TTL, 103, 104, 106);

    private RequestType() {
    }

    static boolean hasPath(int type) {
        return WITH_PATH.contains(type);
    }

    /**
     * Tells whether a request means the same to somebody else: secrets are made for one
     * server, and zxids are one server's.
     */
    static boolean isUniversal(int type) {
        return type != SASL && !isSetWatches(type);
    }

    static boolean isSetWatches(int type) {
        return type == SET_WATCHES || type == SET_WATCHES_2;
    }

}
