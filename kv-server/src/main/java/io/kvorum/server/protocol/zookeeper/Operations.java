/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

/** What is said about kinds of requests in statistics. */
final class Operations {

    private Operations() {
    }

    /** ZooKeeper's abbreviation of a request's name. */
    static String abbreviation(int type) {
        return switch (type) {
            case OpCode.CREATE_SESSION -> "SESS";
            case OpCode.CLOSE_SESSION -> "CLOS";
            case OpCode.PING -> "PING";
            case OpCode.CREATE, OpCode.CREATE_2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL -> "CREA";
            case OpCode.DELETE -> "DELE";
            case OpCode.EXISTS -> "EXIS";
            case OpCode.GET_DATA -> "GETD";
            case OpCode.SET_DATA -> "SETD";
            case OpCode.GET_ACL -> "GETA";
            case OpCode.SET_ACL -> "SETA";
            case OpCode.GET_CHILDREN, OpCode.GET_CHILDREN_2 -> "GETC";
            case OpCode.SYNC -> "SYNC";
            case OpCode.CHECK -> "CHEC";
            case OpCode.MULTI -> "MULT";
            case OpCode.MULTI_READ -> "MLTR";
            case OpCode.RECONFIG -> "RECO";
            case OpCode.CHECK_WATCHES -> "CHKW";
            case OpCode.REMOVE_WATCHES -> "REMW";
            case OpCode.SET_WATCHES -> "SETW";
            case OpCode.SET_WATCHES_2 -> "STW2";
            case OpCode.ADD_WATCH -> "ADDW";
            case OpCode.GET_EPHEMERALS -> "GETE";
            case OpCode.GET_ALL_CHILDREN_NUMBER -> "GETACN";
            case OpCode.WHO_AM_I -> "HOMI";
            default -> "NA";
        };
    }

    /** Tells whether a request goes through the log. */
    static boolean isWrite(int type) {
        return switch (type) {
            case OpCode.CREATE_SESSION, OpCode.CLOSE_SESSION, OpCode.CREATE, OpCode.CREATE_2, OpCode.DELETE,
                    OpCode.SET_DATA, OpCode.MULTI, OpCode.SET_ACL, OpCode.RECONFIG, OpCode.CREATE_CONTAINER,
                    OpCode.CREATE_TTL ->
                true;
            default -> false;
        };
    }

}
