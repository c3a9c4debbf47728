/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionWatchesTests {

    private final SessionWatches watches = new SessionWatches();

    @Test
    void whatTheClientHasSeenDoesNotFire() {
        this.watches.watchData("/a", 10);
        assertThat(this.watches.fire(event(TreeEvent.Kind.DATA_CHANGED, 10))).isFalse();
        assertThat(this.watches.fire(event(TreeEvent.Kind.DATA_CHANGED, 11))).isTrue();
        assertThat(this.watches.fire(event(TreeEvent.Kind.DATA_CHANGED, 12))).as("once").isFalse();
        assertThat(this.watches.isEmpty()).isTrue();
    }

    @Test
    void eachKindFiresItsWatches() {
        this.watches.watchData("/a", 1);
        this.watches.watchChildren("/a", 1);
        assertThat(this.watches.fire(event(TreeEvent.Kind.CHILDREN_CHANGED, 2))).isTrue();
        assertThat(this.watches.fire(event(TreeEvent.Kind.CHILDREN_CHANGED, 3))).isFalse();
        assertThat(this.watches.fire(event(TreeEvent.Kind.CREATED, 4))).isTrue();
        assertThat(this.watches.paths()).isEmpty();
    }

    @Test
    void deletionFiresBothOnce() {
        this.watches.watchData("/a", 1);
        this.watches.watchChildren("/a", 1);
        assertThat(this.watches.paths()).containsExactly("/a");
        assertThat(this.watches.fire(event(TreeEvent.Kind.DELETED, 2))).isTrue();
        assertThat(this.watches.has("/a")).isFalse();
    }

    private static TreeEvent event(TreeEvent.Kind kind, long zxid) {
        return new TreeEvent(kind, "/a", zxid);
    }

}
