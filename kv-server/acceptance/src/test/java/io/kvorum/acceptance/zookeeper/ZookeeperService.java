/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.List;

/** Who serves ZooKeeper clients in a test: several processes with the same tree. */
interface ZookeeperService extends AutoCloseable {

    /** Where clients reach each process. */
    List<String> list();

    /** Ends a process with SIGKILL. */
    void kill(int index);

    /** Starts a process that was killed. */
    void start(int index);

    @Override
    void close();

    /** Where clients reach a process. */
    default String endpoint(int index) {
        return list().get(index);
    }

    /** Where clients reach all processes, separated by commas. */
    default String endpoints() {
        return String.join(",", list());
    }

}
