/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.kvorum.server.node.NodeSettings;
import io.kvorum.server.store.StoreOptions;
import io.kvorum.server.watch.WatchHubSettings;

/**
 * Memory and queues, which have no counterpart among etcd's flags.
 *
 * @param pageCache Memory for pages of the store; 0 means three sixteenths of the heap.
 * @param recordCache Memory for records that are read often; 0 means a sixteenth of the
 * heap.
 * @param commitInterval Time that applied changes stay in memory only; after a crash the
 * Raft log replays them.
 * @param batchOverlap Time that writes wait at most for an entry of this member that is
 * on its way, to form the next one together.
 * @param maxWaitingCommands Writes that may wait for the leader; further ones fail.
 * @param readerThreads Threads for ranges over many keys.
 * @param maxWaitingReads Ranges that may wait for these threads; further ones fail.
 * @param maxWatchers Watchers of this member; further ones are refused.
 */
@ConfigurationProperties("kv.server.tuning")
record TuningProperties(@DefaultValue("0") DataSize pageCache, @DefaultValue("0") DataSize recordCache,
        @DefaultValue("1s") Duration commitInterval, @DefaultValue("5ms") Duration batchOverlap,
        @DefaultValue("10000") int maxWaitingCommands, @DefaultValue("2") int readerThreads,
        @DefaultValue("4096") int maxWaitingReads, @DefaultValue("1000000") int maxWatchers) {

    TuningProperties {
        requireNotNegative("page-cache", pageCache.toBytes());
        requireNotNegative("record-cache", recordCache.toBytes());
        requirePositive("commit-interval", commitInterval.toMillis());
        requireNotNegative("batch-overlap", batchOverlap.toMillis());
        requirePositive("max-waiting-commands", maxWaitingCommands);
        requirePositive("reader-threads", readerThreads);
        requirePositive("max-waiting-reads", maxWaitingReads);
        requirePositive("max-watchers", maxWatchers);
    }

    StoreOptions store(Path directory) {
        StoreOptions defaults = StoreOptions.in(directory);
        return defaults.withCaches(megabytes(this.pageCache, 3), megabytes(this.recordCache, 1))
            .withCommits(this.commitInterval, defaults.commitMegabytes());
    }

    NodeSettings node(NodeSettings defaults) {
        return defaults.withQueues(this.batchOverlap, this.maxWaitingCommands, this.readerThreads,
                this.maxWaitingReads);
    }

    WatchHubSettings watch() {
        return WatchHubSettings.DEFAULTS.withMaxWatchers(this.maxWatchers);
    }

    private static int megabytes(DataSize size, int sixteenthsOfTheHeap) {
        long bytes = (size.toBytes() != 0) ? size.toBytes()
                : Runtime.getRuntime().maxMemory() / 16 * sixteenthsOfTheHeap;
        return (int) Math.max(1, Math.min(bytes >> 20, Integer.MAX_VALUE));
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw SettingException.invalid("kv.server.tuning." + name + "=" + value + " must be positive");
        }
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw SettingException.invalid("kv.server.tuning." + name + "=" + value + " must not be negative");
        }
    }

}
