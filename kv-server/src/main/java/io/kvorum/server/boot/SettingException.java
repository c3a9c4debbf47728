/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

/**
 * A setting does not allow this member to start. The message is for the operator: it
 * names the setting as the flag is called and says what to do. The process ends with the
 * exit code, without a stack trace.
 */
final class SettingException extends RuntimeException {

    /** The command line itself is wrong. etcd uses the same code. */
    static final int USAGE = 2;

    private static final long serialVersionUID = 1L;

    private static final int FAILURE = 1;

    private final int exitCode;

    private SettingException(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    static SettingException usage(String message) {
        return new SettingException(USAGE, message);
    }

    static SettingException invalid(String message) {
        return new SettingException(FAILURE, message);
    }

    int exitCode() {
        return this.exitCode;
    }

}
