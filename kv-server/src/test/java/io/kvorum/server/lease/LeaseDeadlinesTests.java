/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.lease;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.kvorum.server.common.ManualClock;
import io.kvorum.server.lease.LeaseDeadlines.Renewal;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers in names are the invariants in the header of {@link LeaseDeadlines}. */
class LeaseDeadlinesTests {

    private final ManualClock clock = new ManualClock();

    private final LeaseDeadlines deadlines = new LeaseDeadlines(this.clock);

    @Test
    void invariant1NothingExpiresBeforeItsTtl() {
        this.deadlines.promote(List.of(), 1000);
        this.deadlines.granted(new Lease(1, 10, 0));
        this.clock.advance(Duration.ofMillis(9_999));
        assertThat(this.deadlines.takeExpired(10)).isEmpty();
        this.clock.advance(Duration.ofMillis(1));
        assertThat(this.deadlines.takeExpired(10)).containsExactly(1L);
    }

    @Test
    void invariant1ARenewalStartsTheTtlAnew() {
        this.deadlines.promote(List.of(), 1000);
        this.deadlines.granted(new Lease(1, 10, 0));
        this.clock.advance(Duration.ofSeconds(9));
        assertThat(this.deadlines.renew(1)).isEqualTo(Renewal.RENEWED);
        this.clock.advance(Duration.ofSeconds(9));
        assertThat(this.deadlines.takeExpired(10)).isEmpty();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.deadlines.takeExpired(10)).containsExactly(1L);
    }

    @Test
    void invariant2AnExpiredLeaseIsReportedOnceAndNotRenewed() {
        this.deadlines.promote(List.of(new Lease(1, 2, 0)), 0);
        this.clock.advance(Duration.ofSeconds(2));
        assertThat(this.deadlines.takeExpired(10)).containsExactly(1L);
        assertThat(this.deadlines.takeExpired(10)).isEmpty();
        assertThat(this.deadlines.renew(1)).isEqualTo(Renewal.EXPIRED);
        this.deadlines.revocationFailed(1);
        assertThat(this.deadlines.takeExpired(10)).containsExactly(1L);
    }

    @Test
    void invariant3WithoutLeadershipNothingExpiresAndNothingIsRenewed() {
        this.deadlines.granted(new Lease(1, 2, 0));
        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.deadlines.takeExpired(10)).isEmpty();
        assertThat(this.deadlines.renew(1)).isEqualTo(Renewal.UNKNOWN);
        this.deadlines.promote(List.of(new Lease(2, 2, 0)), 0);
        this.deadlines.demote();
        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.deadlines.takeExpired(10)).isEmpty();
    }

    @Test
    void aNewLeaderGoesOnWithTheRecordedRest() {
        this.deadlines.promote(List.of(new Lease(1, 100, 5), new Lease(2, 100, 0)), 1000);
        assertThat(this.deadlines.remainingNanos(1)).isEqualTo(Duration.ofSeconds(6).toNanos());
        assertThat(this.deadlines.remainingNanos(2)).isEqualTo(Duration.ofSeconds(101).toNanos());
    }

    @Test
    void timeInWhichNobodyCouldRenewIsGivenBack() {
        List<Lease> leases = List.of(new Lease(1, 100, 5), new Lease(2, 100, 0));
        this.deadlines.promote(leases, 1000);
        this.clock.advance(Duration.ofSeconds(10));
        this.deadlines.extend(leases, 1000);
        assertThat(this.deadlines.takeExpired(10)).isEmpty();
        assertThat(this.deadlines.remainingNanos(1)).isEqualTo(Duration.ofSeconds(6).toNanos());
        assertThat(this.deadlines.remainingNanos(2)).isEqualTo(Duration.ofSeconds(101).toNanos());
        this.clock.advance(Duration.ofSeconds(6));
        assertThat(this.deadlines.takeExpired(10)).containsExactly(1L);
    }

    @Test
    void onlyLeasesThatWereNotRenewedInTimeAreRecorded() {
        this.deadlines.promote(List.of(), 0);
        this.deadlines.granted(new Lease(1, 10, 0));
        this.clock.advance(Duration.ofSeconds(3));
        assertThat(this.deadlines.checkpoints(10, false)).isEmpty();
        this.clock.advance(Duration.ofSeconds(3));
        assertThat(this.deadlines.checkpoints(10, false)).isEqualTo(Map.of(1L, 5L));
        assertThat(this.deadlines.checkpoints(10, false)).isEmpty();
        assertThat(this.deadlines.renew(1)).isEqualTo(Renewal.RENEWED_AGAINST_RECORD);
        assertThat(this.deadlines.renew(1)).isEqualTo(Renewal.RENEWED);
    }

    @Test
    void beforeATransferEveryLeaseThatLostTimeIsRecorded() {
        this.deadlines.promote(List.of(), 0);
        this.deadlines.granted(new Lease(1, 10, 0));
        this.clock.advance(Duration.ofSeconds(2));
        assertThat(this.deadlines.checkpoints(10, true)).isEqualTo(Map.of(1L, 9L));
    }

    @Test
    void takesNoMoreThanAskedFor() {
        this.deadlines.promote(List.of(new Lease(1, 2, 0), new Lease(2, 2, 0), new Lease(3, 2, 0)), 0);
        this.clock.advance(Duration.ofSeconds(2));
        assertThat(this.deadlines.takeExpired(2)).hasSize(2);
        assertThat(this.deadlines.takeExpired(2)).hasSize(1);
    }

}
