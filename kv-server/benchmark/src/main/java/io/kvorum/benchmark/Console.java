/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

/**
 * Where results go: standard output. Progress goes to standard error, so that results can
 * be piped.
 */
final class Console {

    private Console() {
    }

    static void line(String text) {
        System.out.println(text);
    }

    static void progress(String text) {
        System.err.println(text);
    }

}
