/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeepersuite;

import java.util.ArrayList;
import java.util.List;

/**
 * What tests configure by system properties, because ZooKeeper's server would run in
 * their process, as flags for a process of its own.
 */
public final class ServerFlags {

    private ServerFlags() {
    }

    /** The flags for a server that is started now. */
    public static String[] current() {
        List<String> flags = new ArrayList<>();
        return flags.toArray(String[]::new);
    }

}
