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
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Watchers come, pause and go on many threads while one thread writes without a pause.
 */
class EventHubConcurrencyTests {

    private static final int THREADS = 4;

    private static final int WATCHERS_PER_THREAD = 150;

    @TempDir
    Path directory;

    private record Watched(RecordingSink sink, Watcher watcher) {
    }

    @Test
    void invariant1HoldsWhileEverythingHappensAtOnce() throws IOException, InterruptedException, ExecutionException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try (WatchedStore store = new WatchedStore(this.directory, WatchedStore.TIGHT)) {
            Future<?> writer = threads.submit(() -> write(store, writing));
            List<Future<List<Watched>>> watching = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom own = random.split();
                watching.add(threads.submit(() -> watch(store, own)));
            }
            List<Watched> all = new ArrayList<>();
            for (Future<List<Watched>> each : watching) {
                all.addAll(each.get());
            }
            writing.set(false);
            writer.get();
            for (Watched each : all) {
                each.sink.room(Integer.MAX_VALUE);
                each.watcher.resume();
            }
            for (Watched each : all) {
                await().pollInterval(Duration.ofMillis(2))
                    .alias("seed " + seed)
                    .until(() -> each.watcher.syncedRevision() == store.revision());
                // Every revision puts one key, so the history begins with revision 2.
                List<Event> expected = store.history()
                    .subList((int) each.watcher.startRevision() - 2, store.history().size());
                assertThat(each.sink.events()).as("seed %s", seed).isEqualTo(expected);
            }
            await().until(() -> store.hub().watcherCount() == all.size());
        }
        finally {
            threads.shutdownNow();
        }
    }

    private static void write(WatchedStore store, AtomicBoolean writing) {
        for (int i = 0; writing.get(); i++) {
            store.put("key-" + (i % 10), "value");
        }
    }

    /** Leaves a few of its watchers in the middle of their lives. */
    private static List<Watched> watch(WatchedStore store, SplittableRandom random) {
        List<Watched> watched = new ArrayList<>();
        for (int i = 0; i < WATCHERS_PER_THREAD; i++) {
            RecordingSink sink = new RecordingSink().room(1 + random.nextInt(20));
            long start = random.nextBoolean() ? 0 : Math.max(2, store.revision() - random.nextInt(50));
            WatchSpec spec = new WatchSpec(KeyRange.ALL, start, Set.of(), random.nextBoolean());
            watched.add(new Watched(sink, store.hub().watch(spec, sink)));
            Watched any = watched.get(random.nextInt(watched.size()));
            any.sink.room(1 + random.nextInt(20));
            any.watcher.resume();
            if (watched.size() > 10) {
                watched.remove(random.nextInt(watched.size())).watcher.cancel();
            }
        }
        return watched;
    }

}
