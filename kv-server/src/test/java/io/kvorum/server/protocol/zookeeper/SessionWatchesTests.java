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
        this.watches.add(WatchMode.DATA, "/a", 10);
        assertThat(this.watches.fire(event(TreeEvent.Kind.DATA_CHANGED, 10))).isFalse();
        assertThat(this.watches.fire(event(TreeEvent.Kind.DATA_CHANGED, 11))).isTrue();
        assertThat(this.watches.fire(event(TreeEvent.Kind.DATA_CHANGED, 12))).as("once").isFalse();
        assertThat(this.watches.isEmpty()).isTrue();
    }

    @Test
    void eachKindFiresItsWatches() {
        this.watches.add(WatchMode.DATA, "/a", 1);
        this.watches.add(WatchMode.CHILDREN, "/a", 1);
        assertThat(this.watches.fire(event(TreeEvent.Kind.CHILDREN_CHANGED, 2))).isTrue();
        assertThat(this.watches.fire(event(TreeEvent.Kind.CHILDREN_CHANGED, 3))).isFalse();
        assertThat(this.watches.fire(event(TreeEvent.Kind.CREATED, 4))).isTrue();
        assertThat(this.watches.paths()).isEmpty();
    }

    @Test
    void deletionFiresBothOnce() {
        this.watches.add(WatchMode.DATA, "/a", 1);
        this.watches.add(WatchMode.CHILDREN, "/a", 1);
        assertThat(this.watches.paths()).containsExactly("/a");
        assertThat(this.watches.fire(event(TreeEvent.Kind.DELETED, 2))).isTrue();
        assertThat(this.watches.has("/a")).isFalse();
    }

    @Test
    void persistentWatchesStay() {
        this.watches.add(WatchMode.PERSISTENT, "/a", 1);
        for (TreeEvent.Kind kind : TreeEvent.Kind.values()) {
            assertThat(this.watches.fire(event(kind, 2))).isTrue();
        }
        assertThat(this.watches.fire(event(TreeEvent.Kind.CREATED, 1))).isFalse();
        assertThat(this.watches.remove(WatchMode.PERSISTENT, "/a")).isTrue();
        assertThat(this.watches.fire(event(TreeEvent.Kind.CREATED, 3))).isFalse();
    }

    @Test
    void recursiveWatchesSeeTheSubtreeButNoListsOfChildren() {
        this.watches.add(WatchMode.RECURSIVE, "/a", 1);
        assertThat(this.watches.fire(new TreeEvent(TreeEvent.Kind.CREATED, "/a/b/c", 2))).isTrue();
        assertThat(this.watches.fire(new TreeEvent(TreeEvent.Kind.CREATED, "/ab", 2))).isFalse();
        assertThat(this.watches.fire(event(TreeEvent.Kind.DELETED, 3))).isTrue();
        assertThat(this.watches.fire(event(TreeEvent.Kind.CHILDREN_CHANGED, 3))).isFalse();
        assertThat(this.watches.recursivePaths()).containsExactly("/a");
    }

    @Test
    void lineage() {
        assertThat(new TreeEvent(TreeEvent.Kind.CREATED, "/a/b", 1).lineage()).containsExactly("/", "/a", "/a/b");
        assertThat(new TreeEvent(TreeEvent.Kind.CREATED, "/", 1).lineage()).containsExactly("/");
    }

    private static TreeEvent event(TreeEvent.Kind kind, long zxid) {
        return new TreeEvent(kind, "/a", zxid);
    }

}
