/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.MemberId;

/**
 * What a member does when its own file is damaged: it stays in the group with its log and
 * its vote, but does not lead as long as another member takes over. See
 * docs/adr/0009-damaged-store.md. {@link #tick} is confined to the node loop.
 */
final class DamagedStore {

    private static final Logger logger = LoggerFactory.getLogger(DamagedStore.class);

    private final Supplier<@Nullable String> damage;

    private final List<MemberId> others;

    private final Function<MemberId, CompletableFuture<Void>> handOver;

    private final Clock clock;

    private final long pauseNanos;

    private int attempts;

    private long lastAttemptNanos;

    private volatile boolean handingOver;

    /**
     * Creates the rule.
     * @param damage tells what is damaged, or {@code null}
     * @param others the other voters
     * @param handOver hands the leadership to one of them
     * @param clock the time
     * @param pauseNanos time between two attempts at least
     */
    DamagedStore(Supplier<@Nullable String> damage, List<MemberId> others,
            Function<MemberId, CompletableFuture<Void>> handOver, Clock clock, long pauseNanos) {
        this.damage = damage;
        this.others = List.copyOf(others);
        this.handOver = handOver;
        this.clock = clock;
        this.pauseNanos = pauseNanos;
    }

    /**
     * Returns the refusal of what this member cannot do any more.
     * @param stopped why it takes no part in the group
     */
    KvException refusal(String stopped) {
        String found = this.damage.get();
        return (found != null) ? new KvException(Code.CORRUPT, found, null)
                : new KvException(Code.NO_SPACE, stopped, null);
    }

    /**
     * Returns the refusal of a read that has to be current, or {@code null} if it may be
     * tried: a member that does not apply any more never gets current again.
     * @param stopped why it takes no part in the group, or {@code null} if it does
     */
    @Nullable KvException refusalToCatchUp(@Nullable String stopped) {
        String found = this.damage.get();
        boolean stale = stopped != null && !this.others.isEmpty();
        return (found != null && stale) ? new KvException(Code.CORRUPT, found, null) : null;
    }

    void tick(boolean leads) {
        long now = this.clock.nanoTime();
        boolean paused = this.attempts > 0 && now - this.lastAttemptNanos < this.pauseNanos;
        if (!leads || this.others.isEmpty() || this.handingOver || paused || this.damage.get() == null) {
            return;
        }
        MemberId target = this.others.get(this.attempts % this.others.size());
        this.attempts++;
        this.lastAttemptNanos = now;
        this.handingOver = true;
        logger.warn("leader.handover reason=store.damaged target={}", target);
        this.handOver.apply(target).whenComplete((done, failure) -> this.handingOver = false);
    }

}
