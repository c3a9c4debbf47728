/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.ManualClock;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.lease.LeaseDeadlines;
import io.kvorum.server.lease.LeaseTable;

import static org.assertj.core.api.Assertions.assertThat;

class LeaderLeasesTests {

    private static final int LEASES = 10_000;

    private static final long TTL_SECONDS = 5;

    private final NodeSettings settings = NodeSettings.defaults("test", List.of(), Duration.ofSeconds(1));

    private final Queue<CompletableFuture<Result.Done>> proposed = new ArrayDeque<>();

    private final ManualClock clock = new ManualClock();

    private final LeaseDeadlines deadlines = new LeaseDeadlines(this.clock);

    private final LeaderLeases leases = new LeaderLeases(new LeaseTable(), this.deadlines, () -> true,
            () -> CompletableFuture.completedFuture(null), this::propose, this.settings, NodeMetrics.NONE);

    @Test
    void aCrowdThatRanOutTogetherNeedsOneTickAndNeverMoreRevocationsThanAllowed() {
        runOut();
        this.leases.expire();
        int revoked = 0;
        while (!this.proposed.isEmpty()) {
            assertThat(this.proposed).hasSizeLessThanOrEqualTo(this.settings.maxRevokesInFlight());
            // What one entry of the log carried is answered together.
            List<CompletableFuture<Result.Done>> entry = new ArrayList<>(this.proposed);
            this.proposed.clear();
            entry.forEach((answer) -> answer.complete(new Result.Done(1)));
            revoked += entry.size();
        }
        assertThat(revoked).isEqualTo(LEASES);
    }

    @Test
    void whatFailedIsTriedAgainByTheNextTick() {
        runOut();
        this.leases.expire();
        List<CompletableFuture<Result.Done>> first = new ArrayList<>(this.proposed);
        this.proposed.clear();
        first.forEach((answer) -> answer.completeExceptionally(new KvException(KvException.Code.TIMEOUT)));
        assertThat(this.proposed).isEmpty();
        this.leases.expire();
        assertThat(this.proposed).hasSameSizeAs(first);
    }

    private void runOut() {
        this.leases.promoted(1, 0);
        for (int i = 1; i <= LEASES; i++) {
            this.deadlines.granted(new Lease(i, TTL_SECONDS, 0));
        }
        this.clock.advance(Duration.ofSeconds(TTL_SECONDS + 1));
    }

    private CompletableFuture<Result.Done> propose(Command<Result.Done> command) {
        CompletableFuture<Result.Done> answer = new CompletableFuture<>();
        this.proposed.add(answer);
        return answer;
    }

}
