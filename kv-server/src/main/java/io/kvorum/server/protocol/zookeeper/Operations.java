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
            case OpCode.CREATE, OpCode.CREATE_2, 19, 21 -> "CREA";
            case OpCode.DELETE -> "DELE";
            case OpCode.EXISTS -> "EXIS";
            case OpCode.GET_DATA -> "GETD";
            case OpCode.SET_DATA -> "SETD";
            case OpCode.GET_ACL -> "GETA";
            case 7 -> "SETA";
            case OpCode.GET_CHILDREN, OpCode.GET_CHILDREN_2 -> "GETC";
            case OpCode.SYNC -> "SYNC";
            case OpCode.CHECK -> "CHEC";
            case OpCode.MULTI -> "MULT";
            case 22 -> "MLTR";
            case 16 -> "RECO";
            case OpCode.CHECK_WATCHES -> "CHKW";
            case OpCode.REMOVE_WATCHES -> "REMW";
            case OpCode.SET_WATCHES -> "SETW";
            case OpCode.SET_WATCHES_2 -> "STW2";
            case OpCode.ADD_WATCH -> "ADDW";
            case 103 -> "GETE";
            case 104 -> "GETACN";
            case 107 -> "HOMI";
            default -> "NA";
        };
    }

    /** Tells whether a request goes through the log. */
    static boolean isWrite(int type) {
        return switch (type) {
            case OpCode.CREATE_SESSION, OpCode.CLOSE_SESSION, OpCode.CREATE, OpCode.CREATE_2, OpCode.DELETE,
                    OpCode.SET_DATA, OpCode.MULTI, 7, 16, 19, 21 ->
                true;
            default -> false;
        };
    }

}
