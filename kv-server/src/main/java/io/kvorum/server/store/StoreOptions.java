/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a store.
 *
 * @param directory where its files are; created if missing
 * @param pageCacheMegabytes memory for decoded pages
 * @param recordCacheMegabytes memory for records that are read often
 * @param commitInterval how long applied changes stay in memory only; the log replays
 * them after a crash
 * @param commitMegabytes memory of uncommitted changes that triggers a commit before its
 * time; at four times that much the apply thread waits for the disk
 * @param syncInterval how long commits may stay in the caches of the operating system
 * @param fillRate percentage of live data in the file below which poorly filled parts are
 * rewritten
 * @param retention how long superseded parts of the file are kept at least
 * @param versionsToKeep how many older commits are kept at least
 * @param viewGrace how long a view is readable after it was superseded, without being
 * retained
 * @param compactionRevisions how many revisions one step of a compaction looks at
 * @param defragmentLimit how long a defragmentation may take
 */
public record StoreOptions(Path directory, int pageCacheMegabytes, int recordCacheMegabytes, Duration commitInterval,
        int commitMegabytes, Duration syncInterval, int fillRate, Duration retention, int versionsToKeep,
        Duration viewGrace, int compactionRevisions, Duration defragmentLimit) {

    /** Checks the settings. */
    public StoreOptions {
        atLeast("pageCacheMegabytes", pageCacheMegabytes, 1);
        atLeast("recordCacheMegabytes", recordCacheMegabytes, 1);
        atLeast("commitInterval in ms", commitInterval.toMillis(), 1);
        atLeast("commitMegabytes", commitMegabytes, 1);
        atLeast("syncInterval in ms", syncInterval.toMillis(), 1);
        atLeast("fillRate", fillRate, 0);
        atLeast("100 - fillRate", 100 - fillRate, 0);
        // With no retention at all MVStore was seen to overwrite what a synced commit
        // needs.
        atLeast("retention in ms", retention.toMillis(), 1);
        atLeast("versionsToKeep", versionsToKeep, 2);
        atLeast("viewGrace in ms", viewGrace.toMillis(), 1);
        atLeast("compactionRevisions", compactionRevisions, 1);
        atLeast("defragmentLimit in ms", defragmentLimit.toMillis(), 1);
    }

    /**
     * Returns settings that suit a heap of 512 MB.
     * @param directory where the files are
     * @return the settings
     */
    public static StoreOptions in(Path directory) {
        return new StoreOptions(directory, 96, 32, Duration.ofSeconds(1), 16, Duration.ofSeconds(1), 60,
                Duration.ofSeconds(10), 5, Duration.ofSeconds(3), 500, Duration.ofMinutes(1));
    }

    /**
     * Returns the same settings with other caches.
     * @param pages memory for pages, in MB
     * @param records memory for records, in MB
     * @return the settings
     */
    public StoreOptions withCaches(int pages, int records) {
        return new StoreOptions(this.directory, pages, records, this.commitInterval, this.commitMegabytes,
                this.syncInterval, this.fillRate, this.retention, this.versionsToKeep, this.viewGrace,
                this.compactionRevisions, this.defragmentLimit);
    }

    /**
     * Returns the same settings with another rhythm of commits.
     * @param interval how long changes stay in memory only
     * @param megabytes memory of changes that triggers a commit
     * @return the settings
     */
    public StoreOptions withCommits(Duration interval, int megabytes) {
        return new StoreOptions(this.directory, this.pageCacheMegabytes, this.recordCacheMegabytes, interval, megabytes,
                this.syncInterval, this.fillRate, this.retention, this.versionsToKeep, this.viewGrace,
                this.compactionRevisions, this.defragmentLimit);
    }

    /**
     * Returns the same settings with other times for which superseded data is kept.
     * @param file how long parts of the file are kept
     * @param view how long views are readable
     * @return the settings
     */
    public StoreOptions withRetention(Duration file, Duration view) {
        return new StoreOptions(this.directory, this.pageCacheMegabytes, this.recordCacheMegabytes, this.commitInterval,
                this.commitMegabytes, this.syncInterval, this.fillRate, file, this.versionsToKeep, view,
                this.compactionRevisions, this.defragmentLimit);
    }

    /**
     * Returns the same settings with another size of compaction steps.
     * @param revisions how many revisions a step looks at
     * @return the settings
     */
    public StoreOptions withCompactionStep(int revisions) {
        return new StoreOptions(this.directory, this.pageCacheMegabytes, this.recordCacheMegabytes, this.commitInterval,
                this.commitMegabytes, this.syncInterval, this.fillRate, this.retention, this.versionsToKeep,
                this.viewGrace, revisions, this.defragmentLimit);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(
                    "store setting " + name + " is " + value + ", must be at least " + minimum);
        }
    }

}
