/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.store.Transaction;
import io.kvorum.server.watch.WatchSink.Delivered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Random programs of a writer and of watchers that begin anywhere, pause, go on and end,
 * compared with the whole history. The programs are repeatable by their seed; how the
 * hub's threads run beside them is not.
 */
class EventHubProgramTests {

    private static final int MAX_FUTURE = 20;

    private static final int STEPS = 1_500;

    @TempDir
    Path directory;

    private final List<Watched> watched = new ArrayList<>();

    private record Watched(WatchSpec spec, RecordingSink sink, Watcher watcher) {
    }

    @Test
    void invariant1And2HoldWithTightBounds() throws IOException {
        run(WatchedStore.TIGHT, seed());
    }

    @Test
    void invariant1And2HoldWithTheDefaults() throws IOException {
        run(WatchHubSettings.DEFAULTS, seed());
    }

    private static long seed() {
        return Long.getLong("seed", System.nanoTime());
    }

    private void run(WatchHubSettings settings, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (WatchedStore store = new WatchedStore(this.directory, settings)) {
            for (int step = 0; step < STEPS; step++) {
                step(store, random);
            }
            for (int i = 0; i < MAX_FUTURE; i++) {
                store.put("last", "");
            }
            for (Watched each : this.watched) {
                each.sink.room(Integer.MAX_VALUE);
                each.watcher.resume();
            }
            for (Watched each : this.watched) {
                await().pollInterval(Duration.ofMillis(2))
                    .alias("seed " + seed + " watcher " + each.spec)
                    .until(() -> each.sink.compactRevision() >= 0 || each.watcher.syncedRevision() == store.revision());
                check(each, store.history(), "seed " + seed + " watcher " + each.spec);
            }
        }
    }

    private void step(WatchedStore store, SplittableRandom random) {
        switch (random.nextInt(16)) {
            case 0, 1 -> {
                if (this.watched.size() < 200) {
                    watch(store, random);
                }
            }
            case 2, 3 -> any(random, (each) -> each.sink.room(1 + random.nextInt(3)));
            case 4, 5 -> any(random, (each) -> {
                each.sink.room(1 + random.nextInt(5));
                each.watcher.resume();
            });
            case 6 -> any(random, (each) -> {
                each.watcher.cancel();
                this.watched.remove(each);
            });
            case 7 -> {
                long revision = store.revision() - random.nextInt(150);
                if (random.nextInt(10) == 0 && revision > store.compactRevision()) {
                    store.compact(revision);
                }
            }
            case 8 -> {
                if (random.nextInt(10) == 0) {
                    store.applyUnpublished(transactions(random));
                    store.reset();
                }
            }
            default -> store.apply(transactions(random));
        }
    }

    private void any(SplittableRandom random, Consumer<Watched> action) {
        if (!this.watched.isEmpty()) {
            action.accept(this.watched.get(random.nextInt(this.watched.size())));
        }
    }

    private void watch(WatchedStore store, SplittableRandom random) {
        long start = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> store.revision() + random.nextInt(MAX_FUTURE);
            default -> Math.max(1, store.revision() - random.nextInt(300));
        };
        Set<Event.Type> without = EnumSet.noneOf(Event.Type.class);
        if (random.nextInt(4) == 0) {
            without.add((random.nextInt(2) == 0) ? Event.Type.PUT : Event.Type.DELETE);
        }
        WatchSpec spec = new WatchSpec(range(random), start, without, random.nextBoolean());
        RecordingSink sink = new RecordingSink();
        this.watched.add(new Watched(spec, sink, store.hub().watch(spec, sink)));
    }

    private static List<Consumer<Transaction>> transactions(SplittableRandom random) {
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj((i) -> transaction(random.split())).toList();
    }

    private static Consumer<Transaction> transaction(SplittableRandom random) {
        return (transaction) -> {
            int first = random.nextInt(20);
            for (int key = first; key < first + 1 + random.nextInt(3); key++) {
                if (random.nextInt(4) == 0) {
                    transaction.delete(KeyRange.single(key(key)));
                }
                else {
                    transaction.put(key(key), Bytes.wrap(new byte[random.nextInt(200)]), 0);
                }
            }
        };
    }

    private static KeyRange range(SplittableRandom random) {
        int from = random.nextInt(20);
        return switch (random.nextInt(3)) {
            case 0 -> KeyRange.single(key(from));
            case 1 -> new KeyRange(key(from), key(from + 1 + random.nextInt(10)));
            default -> new KeyRange(key(from), null);
        };
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key-%02d".formatted(number));
    }

    private static void check(Watched each, List<Event> history, String description) {
        List<Event> expected = history.stream()
            .filter((event) -> event.kv().modRevision() >= each.watcher.startRevision())
            .filter((event) -> each.spec.range().contains(event.kv().key()))
            .filter((event) -> !each.spec.without().contains(event.type()))
            .toList();
        List<Event> got = each.sink.events();
        if (each.sink.compactRevision() >= 0) {
            // It ended somewhere in the middle: behind whole revisions, before the
            // compact revision.
            assertThat(expected.subList(0, got.size())).as(description).isEqualTo(got);
            if (got.size() < expected.size()) {
                long next = expected.get(got.size()).kv().modRevision();
                assertThat(got).as(description).noneMatch((event) -> event.kv().modRevision() == next);
            }
        }
        else {
            assertThat(got).as(description).isEqualTo(expected);
        }
        checkCalls(each.sink.calls(), description);
        checkPrevious(each, history, description);
    }

    /** Invariant 2: no revision is in two calls. */
    private static void checkCalls(List<RecordingSink.Call> calls, String description) {
        long last = 0;
        for (RecordingSink.Call call : calls) {
            assertThat(call.first()).as(description).isGreaterThan(last);
            last = call.last();
        }
    }

    private static void checkPrevious(Watched each, List<Event> history, String description) {
        for (Delivered delivered : each.sink.delivered()) {
            var previous = delivered.previous();
            if (previous == null) {
                continue;
            }
            assertThat(each.spec.previous()).as(description).isTrue();
            KeyValue kv = delivered.event().kv();
            KeyValue before = history.stream()
                .map(Event::kv)
                .filter((candidate) -> candidate.key().equals(kv.key()))
                .takeWhile((candidate) -> candidate.modRevision() < kv.modRevision())
                .reduce((earlier, later) -> later)
                .orElseThrow();
            assertThat(previous).as(description).isEqualTo(before);
        }
    }

}
