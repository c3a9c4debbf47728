/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import org.junit.jupiter.api.Test;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyValue;

import static org.assertj.core.api.Assertions.assertThat;

class RecentEventsTests {

    private final int kept = WatchedStore.TIGHT.recentEvents();

    private final RecentEvents recent = new RecentEvents(WatchedStore.TIGHT, 10);

    @Test
    void coversWhatComesAfterItsStart() {
        assertThat(this.recent.covers(10)).isFalse();
        assertThat(this.recent.covers(11)).isTrue();
    }

    @Test
    void revisionOfWhichAnEventWasDroppedIsNotCovered() {
        this.recent.add(event(11));
        for (int i = 0; i < this.kept; i++) {
            this.recent.add(event(12));
        }
        assertThat(this.recent.covers(11)).isFalse();
        assertThat(this.recent.covers(12)).isTrue();
        this.recent.add(event(13));
        assertThat(this.recent.covers(12)).isFalse();
        assertThat(this.recent.covers(13)).isTrue();
    }

    @Test
    void largeEventsAreDroppedSooner() {
        this.recent.add(event(11));
        this.recent.add(event(12, WatchedStore.TIGHT.recentBytes()));
        assertThat(this.recent.covers(12)).isFalse();
        assertThat(this.recent.covers(13)).isTrue();
    }

    @Test
    void nothingIsCoveredAcrossAGap() {
        this.recent.add(event(11));
        this.recent.restart(20);
        assertThat(this.recent.covers(20)).isFalse();
        assertThat(this.recent.covers(21)).isTrue();
    }

    private static SharedEvent event(long revision) {
        return event(revision, 0);
    }

    private static SharedEvent event(long revision, int valueBytes) {
        KeyValue kv = new KeyValue(Bytes.utf8("a"), Bytes.wrap(new byte[valueBytes]), revision, revision, 1, 0);
        return new SharedEvent(new Event(Event.Type.PUT, kv));
    }

}
