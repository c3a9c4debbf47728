/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Result;
import io.kvorum.server.state.KvState;
import io.kvorum.server.store.KvStore;

/**
 * Watches the size of this member's store. As in etcd, the member whose quota is used up
 * tells everybody, and the cluster stays refusing until an operator clears the alarm.
 * Ticks come from one thread; {@link #isReached} is for any.
 */
final class QuotaAlarm {

    private final KvStore store;

    private final KvState state;

    private final long quotaBytes;

    private final Supplier<? extends CompletableFuture<? extends Result>> raise;

    private volatile boolean reached;

    private volatile boolean proposed;

    /**
     * Creates the watch.
     * @param store whose size counts
     * @param state knows whether the alarm is active
     * @param quotaBytes size at which writes are refused; 0 or less for no limit
     * @param raise proposes the alarm
     */
    QuotaAlarm(KvStore store, KvState state, long quotaBytes,
            Supplier<? extends CompletableFuture<? extends Result>> raise) {
        this.store = store;
        this.state = state;
        this.quotaBytes = quotaBytes;
        this.raise = raise;
    }

    boolean isReached() {
        return this.reached;
    }

    void tick() {
        this.reached = this.quotaBytes > 0 && this.store.size().allocatedBytes() > this.quotaBytes;
        if (!this.reached || this.state.isAlarmActive(AlarmType.NOSPACE)) {
            this.proposed = false;
        }
        else if (!this.proposed) {
            this.proposed = true;
            this.raise.get().whenComplete((raised, refused) -> this.proposed = refused == null);
        }
    }

}
