/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.disk;

/** Where the log reports what it does to the disk. Called on the thread that writes. */
public interface DiskMetrics {

    /** Forgets the numbers. */
    DiskMetrics NONE = new DiskMetrics() {

        @Override
        public void synced(long nanos) {
        }

        @Override
        public void written(long sizeBytes) {
        }

    };

    /**
     * A batch of entries was made durable.
     * @param nanos how long the call to the disk took
     */
    void synced(long nanos);

    /**
     * Bytes were appended to the log.
     * @param sizeBytes how many
     */
    void written(long sizeBytes);

}
