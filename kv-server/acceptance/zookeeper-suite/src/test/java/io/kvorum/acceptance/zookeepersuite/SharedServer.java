/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeepersuite;

import org.jspecify.annotations.Nullable;

import io.kvorum.acceptance.suite.SuiteServer;

/** The server of the test that runs now: one at a time. */
public final class SharedServer {

    private static @Nullable SuiteServer current;

    private SharedServer() {
    }

    /**
     * An empty server for the next test, also if the one before has forgotten to say that
     * it is done.
     */
    public static SuiteServer next() {
        done();
        SuiteServer next = SuiteServer.acquire();
        current = next;
        return next;
    }

    /** The test is done. */
    public static void done() {
        SuiteServer last = current;
        current = null;
        if (last != null) {
            last.release();
        }
    }

}
