/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.List;

/**
 * Limits and times of a member.
 *
 * @param name the member's human-readable name
 * @param clientUrls where it tells clients to reach it
 * @param electionTimeout election timeout of the group; a new leader adds it to every
 * lease
 * @param requestTimeout how long a request waits for the cluster before it fails
 * @param maxBatchCommands most commands in one entry of the log
 * @param maxBatchBytes size of commands at which an entry of the log is full; a larger
 * command gets an entry of its own
 * @param batchOverlap how long commands wait for an entry of this member that is on its
 * way, and form the next one together; then that one follows although the quorum is slow
 * @param maxWaitingCommands commands that may wait; further ones fail with
 * TOO_MANY_REQUESTS
 * @param readerThreads threads for ranges over many keys
 * @param maxWaitingReads ranges that may wait for these threads; further ones fail with
 * TOO_MANY_REQUESTS
 * @param quotaBytes size of the store at which writes are refused; 0 or less for no limit
 * @param leaseCheckpointInterval how often the rest of leases that were not renewed in
 * time is recorded
 * @param maxRevokesInFlight expired leases whose revocation is not applied yet; further
 * ones wait for these
 * @param retention how much history is kept without anybody asking
 * @param compactionPause pause between two steps of freeing compacted revisions
 */
public record NodeSettings(String name, List<String> clientUrls, Duration electionTimeout, Duration requestTimeout,
        int maxBatchCommands, int maxBatchBytes, Duration batchOverlap, int maxWaitingCommands, int readerThreads,
        int maxWaitingReads, long quotaBytes, Duration leaseCheckpointInterval, int maxRevokesInFlight,
        Duration compactionPause, Retention retention) {

    /**
     * Returns settings with the defaults of etcd where it has any.
     * @param name the member's name
     * @param clientUrls where it tells clients to reach it
     * @param electionTimeout election timeout of the group
     * @return the settings
     */
    public static NodeSettings defaults(String name, List<String> clientUrls, Duration electionTimeout) {
        return new NodeSettings(name, clientUrls, electionTimeout,
                Duration.ofSeconds(5).plus(electionTimeout.multipliedBy(2)), 1024, 1 << 20, Duration.ofMillis(5),
                10_000, 2, 4096, 2L << 30, Duration.ofSeconds(5), 500, Duration.ofMillis(10), Retention.ALL);
    }

    /**
     * Returns the same settings with another quota.
     * @param quota the quota in bytes
     * @return the settings
     */
    public NodeSettings withQuotaBytes(long quota) {
        return new NodeSettings(this.name, this.clientUrls, this.electionTimeout, this.requestTimeout,
                this.maxBatchCommands, this.maxBatchBytes, this.batchOverlap, this.maxWaitingCommands,
                this.readerThreads, this.maxWaitingReads, quota, this.leaseCheckpointInterval, this.maxRevokesInFlight,
                this.compactionPause, this.retention);
    }

    /**
     * Returns the same settings with another retention.
     * @param kept how much history is kept
     * @return the settings
     */
    public NodeSettings withRetention(Retention kept) {
        return new NodeSettings(this.name, this.clientUrls, this.electionTimeout, this.requestTimeout,
                this.maxBatchCommands, this.maxBatchBytes, this.batchOverlap, this.maxWaitingCommands,
                this.readerThreads, this.maxWaitingReads, this.quotaBytes, this.leaseCheckpointInterval,
                this.maxRevokesInFlight, this.compactionPause, kept);
    }

    /**
     * Returns the same settings with other queues.
     * @param overlap how long commands wait for an entry that is on its way
     * @param commands how many commands may wait
     * @param threads how many threads read ranges
     * @param ranges how many ranges may wait for these threads
     * @return the settings
     */
    public NodeSettings withQueues(Duration overlap, int commands, int threads, int ranges) {
        return new NodeSettings(this.name, this.clientUrls, this.electionTimeout, this.requestTimeout,
                this.maxBatchCommands, this.maxBatchBytes, overlap, commands, threads, ranges, this.quotaBytes,
                this.leaseCheckpointInterval, this.maxRevokesInFlight, this.compactionPause, this.retention);
    }

    /**
     * Returns the shortest TTL that a lease can have.
     * @return one and a half election timeouts, in whole seconds (etcd: lessor's minimum
     * TTL)
     */
    public long minLeaseTtlSeconds() {
        return (this.electionTimeout.toMillis() * 3 / 2 + 999) / 1000;
    }

}
