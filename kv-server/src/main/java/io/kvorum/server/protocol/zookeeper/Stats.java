/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeStat;

/** Turns stats into their wire form. */
final class Stats {

    private Stats() {
    }

    static @Nullable Stat of(@Nullable ZnodeStat stat) {
        return (stat == null) ? null
                : new Stat(stat.czxid(), stat.mzxid(), stat.ctime(), stat.mtime(), stat.version(), stat.cversion(),
                        stat.aversion(), stat.ephemeralOwner(), stat.dataLength(), stat.numChildren(), stat.pzxid());
    }

}
