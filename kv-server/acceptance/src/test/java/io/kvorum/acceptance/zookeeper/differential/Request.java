/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import org.apache.jute.Record;

/**
 * A request as it goes over the wire. Paths begin with {@link #BASE}, which stands for a
 * znode that is new in each run.
 *
 * @param xid its number; 0 for the next of the connection
 * @param type what it asks for
 * @param text what it looks like in a report
 * @param body the rest
 * @param path the one znode that it is about, or {@link #NO_PATH}
 */
record Request(int xid, int type, String text, Record body, String path) {

    static final String BASE = "~";

    static final String NO_PATH = "-";

    boolean isRoot() {
        return this.path.equals("/") || this.path.isEmpty();
    }

    @Override
    public String toString() {
        return this.text;
    }

}
