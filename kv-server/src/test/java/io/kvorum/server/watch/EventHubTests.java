/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class EventHubTests {

    @TempDir
    Path directory;

    private WatchedStore store;

    private final RecordingSink sink = new RecordingSink();

    @BeforeEach
    void open() throws IOException {
        this.store = new WatchedStore(this.directory, WatchedStore.TIGHT);
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Test
    void watcherOfAKeyGetsWhatComesNext() {
        this.store.put("a", "1");
        Watcher watcher = watch("a", 0);
        assertThat(watcher.startRevision()).isEqualTo(3);
        this.store.put("a", "2");
        this.store.put("b", "1");
        this.store.delete("a");
        awaitSynced(watcher);
        assertThat(this.sink.text()).containsExactly("a@3", "-a@5");
    }

    @Test
    void watcherOfARangeGetsAllOfARevisionAtOnce() {
        Watcher watcher = this.store.hub().watch(range("a", "c"), this.sink);
        this.store.apply((transaction) -> {
            transaction.put(Bytes.utf8("a"), Bytes.EMPTY, 0);
            transaction.put(Bytes.utf8("b"), Bytes.EMPTY, 0);
            transaction.put(Bytes.utf8("c"), Bytes.EMPTY, 0);
        });
        this.store.put("b", "2");
        awaitSynced(watcher);
        assertThat(this.sink.text()).containsExactly("a@2", "b@2", "b@3");
    }

    @Test
    void batchOfSeveralRevisionsIsOneDelivery() {
        Watcher watcher = this.store.hub().watch(range("a", "c"), this.sink);
        awaitSynced(watcher);
        this.store.apply(List.of((one) -> one.put(Bytes.utf8("a"), Bytes.EMPTY, 0),
                (two) -> two.put(Bytes.utf8("b"), Bytes.EMPTY, 0)));
        awaitSynced(watcher);
        assertThat(this.sink.calls()).containsExactly(new RecordingSink.Call(2, 3));
    }

    @Test
    void startInThePastReadsHistory() {
        for (int i = 0; i < 50; i++) {
            this.store.put("a" + (i % 3), "" + i);
        }
        Watcher watcher = this.store.hub().watch(range("a1", "a2", 10), this.sink);
        awaitSynced(watcher);
        this.store.put("a1", "new");
        awaitSynced(watcher);
        assertThat(this.sink.events()).isEqualTo(this.store.history()
            .stream()
            .filter((event) -> event.kv().modRevision() >= 10 && event.kv().key().toUtf8().equals("a1"))
            .toList());
    }

    @Test
    void futureStartHearsNothingEarlier() {
        Watcher watcher = watch("a", 5);
        for (int revision = 2; revision < 5; revision++) {
            this.store.put("a", "" + revision);
        }
        assertThat(progressOf(watcher)).isEqualTo(-1);
        assertThat(watcher.syncedRevision()).isEqualTo(-1);
        this.store.put("a", "5");
        await().until(() -> watcher.syncedRevision() == 5);
        assertThat(this.sink.text()).containsExactly("a@5");
    }

    @Test
    void filtersLeaveOutTypes() {
        RecordingSink deletes = new RecordingSink();
        Watcher puts = this.store.hub()
            .watch(new WatchSpec(KeyRange.ALL, 0, Set.of(Event.Type.DELETE), false), this.sink);
        Watcher others = this.store.hub().watch(new WatchSpec(KeyRange.ALL, 0, Set.of(Event.Type.PUT), false), deletes);
        this.store.put("a", "1");
        this.store.delete("a");
        awaitSynced(puts);
        awaitSynced(others);
        assertThat(this.sink.text()).containsExactly("a@2");
        assertThat(deletes.text()).containsExactly("-a@3");
    }

    @Test
    void previousValuesComeWithChangesButNotWithCreations() {
        Watcher watcher = this.store.hub().watch(new WatchSpec(KeyRange.ALL, 0, Set.of(), true), this.sink);
        this.store.put("a", "1");
        this.store.put("a", "2");
        this.store.delete("a");
        this.store.put("a", "3");
        awaitSynced(watcher);
        assertThat(this.sink.previousValues()).containsExactly(null, "1", "2", null);
    }

    @Test
    void previousValuesThatWereCompactedAreLeftOut() {
        this.store.put("a", "1");
        this.store.put("a", "2");
        this.store.put("a", "3");
        this.store.compact(3);
        Watcher watcher = this.store.hub().watch(new WatchSpec(KeyRange.ALL, 3, Set.of(), true), this.sink);
        awaitSynced(watcher);
        assertThat(this.sink.text()).containsExactly("a@3", "a@4");
        assertThat(this.sink.previousValues()).containsExactly(null, "2");
    }

    @Test
    void watchersOfTheSameShareWhatIsDelivered() {
        RecordingSink other = new RecordingSink();
        Watcher one = watch("a", 0);
        Watcher two = this.store.hub().watch(new WatchSpec(KeyRange.ALL, 0, Set.of(), false), other);
        this.store.put("a", "1");
        awaitSynced(one);
        awaitSynced(two);
        assertThat(this.sink.delivered().get(0)).isSameAs(other.delivered().get(0));
    }

    @Test
    void startBeforeTheCompactRevisionIsToldSo() {
        for (int i = 0; i < 5; i++) {
            this.store.put("a", "" + i);
        }
        this.store.compact(4);
        watch("a", 3);
        await().until(() -> this.sink.compactRevision() == 4);
        assertThat(this.sink.events()).isEmpty();
        await().until(() -> this.store.hub().watcherCount() == 0);
    }

    @Test
    void startAtTheCompactRevisionIsStillThere() {
        for (int i = 0; i < 5; i++) {
            this.store.put("a", "" + i);
        }
        this.store.compact(4);
        awaitSynced(watch("a", 4));
        assertThat(this.sink.text()).containsExactly("a@4", "a@5", "a@6");
    }

    @Test
    void invariant5PausedWatcherCatchesUpWhenResumed() {
        Watcher watcher = watch("a", 0);
        this.sink.room(1);
        for (int i = 0; i < 40; i++) {
            this.store.put("a", "" + i);
        }
        awaitPublished();
        assertThat(this.sink.calls()).hasSize(1);
        assertThat(watcher.syncedRevision()).isEqualTo(-1);
        this.sink.room(Integer.MAX_VALUE);
        watcher.resume();
        awaitSynced(watcher);
        assertThat(this.sink.events()).isEqualTo(this.store.history());
    }

    @Test
    void pausedWatcherIsToldWhenItsHistoryIsGone() {
        Watcher watcher = watch("a", 0);
        this.sink.room(1);
        this.store.put("a", "0");
        await().until(() -> this.sink.calls().size() == 1);
        for (int i = 0; i < 40; i++) {
            this.store.put("a", "" + i);
        }
        this.store.compact(30);
        this.sink.room(Integer.MAX_VALUE);
        watcher.resume();
        await().until(() -> this.sink.compactRevision() == 30);
        assertThat(this.sink.text()).containsExactly("a@2");
    }

    @Test
    void invariant6PublisherDoesNotWaitForASink() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        WatchSink stuck = new WatchSink() {

            @Override
            public boolean deliver(List<Delivered> events, long revision) {
                entered.countDown();
                awaitUninterruptibly(release);
                return true;
            }

            @Override
            public void compacted(long compactRevision) {
            }

        };
        this.store.hub().watch(range("x", "y"), stuck);
        Watcher watcher = watch("a", 0);
        this.store.put("x", "");
        entered.await();
        for (int i = 0; i < 500; i++) {
            this.store.put("a", "" + i);
        }
        release.countDown();
        awaitSynced(watcher);
        assertThat(this.sink.events()).isEqualTo(this.store.history().subList(1, 501));
    }

    @Test
    void resetReadsWhatTheHubDidNotHearOf() {
        Watcher watcher = watch("a", 0);
        this.store.put("a", "1");
        for (int i = 0; i < 30; i++) {
            this.store.applyUnpublished(List.of((transaction) -> transaction.put(Bytes.utf8("a"), Bytes.EMPTY, 0)));
        }
        this.store.reset();
        awaitSynced(watcher);
        assertThat(this.sink.events()).isEqualTo(this.store.history());
    }

    @Test
    void gapBetweenPublicationsIsReadFromHistory() {
        Watcher watcher = watch("a", 0);
        this.store.applyUnpublished(List.of((transaction) -> transaction.put(Bytes.utf8("a"), Bytes.EMPTY, 0)));
        this.store.put("a", "2");
        awaitSynced(watcher);
        assertThat(this.sink.text()).containsExactly("a@2", "a@3");
    }

    @Test
    void progressIsToldOnlyWhenAllAreSynced() {
        this.store.put("a", "1");
        Watcher synced = watch("a", 0);
        RecordingSink full = new RecordingSink().room(1);
        Watcher paused = this.store.hub().watch(range("a", "b"), full);
        assertThat(progressOf(synced, paused)).isEqualTo(2);
        this.store.put("a", "2");
        assertThat(progressOf(synced)).isEqualTo(3);
        assertThat(progressOf(synced, paused)).isEqualTo(-1);
        assertThat(progressOf()).isEqualTo(-1);
    }

    @Test
    void cancelledWatcherHearsNothingAndIsForgotten() {
        Watcher watcher = watch("a", 0);
        this.store.put("a", "1");
        awaitSynced(watcher);
        watcher.cancel();
        watcher.cancel();
        this.store.put("a", "2");
        await().until(() -> this.store.hub().watcherCount() == 0);
        assertThat(this.sink.text()).containsExactly("a@2");
    }

    @Test
    void invariant7NobodyListensAndThenSomebodyDoes() {
        this.store.put("a", "1");
        this.store.put("a", "2");
        Watcher watcher = watch("a", 0);
        assertThat(progressOf(watcher)).isEqualTo(3);
        Watcher old = this.store.hub().watch(range("a", "b", 3), new RecordingSink());
        awaitSynced(old);
    }

    @Test
    void brokenSinkLosesItsWatcherOnly() {
        this.store.hub().watch(range("a", "b"), new WatchSink() {

            @Override
            public boolean deliver(List<Delivered> events, long revision) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void compacted(long compactRevision) {
            }

        });
        Watcher watcher = watch("a", 0);
        this.store.put("a", "1");
        this.store.put("a", "2");
        awaitSynced(watcher);
        assertThat(this.sink.text()).containsExactly("a@2", "a@3");
        await().until(() -> this.store.hub().watcherCount() == 1);
    }

    @Test
    void moreWatchersThanAllowedAreRefused() {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < WatchedStore.TIGHT.maxWatchers(); i++) {
            watchers.add(watch("a", 0));
        }
        assertThatExceptionOfType(KvException.class).isThrownBy(() -> watch("a", 0))
            .satisfies((ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.TOO_MANY_REQUESTS));
        watchers.get(0).cancel();
        await().until(() -> this.store.hub().watcherCount() < WatchedStore.TIGHT.maxWatchers());
        watch("a", 0);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private Watcher watch(String key, long start) {
        return this.store.hub()
            .watch(new WatchSpec(KeyRange.single(Bytes.utf8(key)), start, Set.of(), false), this.sink);
    }

    private static WatchSpec range(String from, String to) {
        return range(from, to, 0);
    }

    private static WatchSpec range(String from, String to, long start) {
        return new WatchSpec(new KeyRange(Bytes.utf8(from), Bytes.utf8(to)), start, Set.of(), false);
    }

    private void awaitSynced(Watcher watcher) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> watcher.syncedRevision() == this.store.revision());
    }

    /** Waits until everything published so far is delivered to whoever is not behind. */
    private void awaitPublished() {
        Watcher last = this.store.hub().watch(range("zz", "zzz"), new RecordingSink());
        awaitSynced(last);
        last.cancel();
    }

    private long progressOf(Watcher... watchers) {
        long[] answer = { Long.MIN_VALUE };
        CountDownLatch told = new CountDownLatch(1);
        this.store.hub().progress(List.of(watchers), (revision) -> {
            answer[0] = revision;
            told.countDown();
        });
        awaitUninterruptibly(told);
        return answer[0];
    }

}
