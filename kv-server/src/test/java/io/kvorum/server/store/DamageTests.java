/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was written comes back, or an error that names the file; never anything else. */
class DamageTests {

    private static final int TRIES = Integer.getInteger("kvorum.damage.tries", 80);

    private static final int BATCHES = 300;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("kvorum.seed", 1);

    private Path source;

    private Path original;

    private List<Object> expected;

    @BeforeEach
    void write() throws IOException {
        this.source = this.directory.resolve("original");
        this.original = this.source.resolve("store.mv");
        try (MvccStore store = open(this.source)) {
            Workload workload = new Workload(this.seed);
            for (int i = 1; i <= BATCHES; i++) {
                workload.apply(store, i);
                if (i % 50 == 0) {
                    store.commit();
                }
            }
            this.expected = content(store);
        }
    }

    @Test
    void aFlippedBitIsNeverReadAsData() throws IOException {
        SplittableRandom random = new SplittableRandom(this.seed);
        byte[] bytes = Files.readAllBytes(this.original);
        int noticed = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = bytes.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            if (!isReadOrRefused(damaged, "seed " + this.seed + ", byte " + at)) {
                noticed++;
            }
        }
        assertThat(noticed).isPositive();
    }

    @Test
    void aTruncatedFileIsAnEarlierStateOrRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(this.seed);
        byte[] bytes = Files.readAllBytes(this.original);
        for (int i = 0; i < TRIES / 4; i++) {
            int length = random.nextInt(bytes.length);
            Path copy = copy(Arrays.copyOf(bytes, length));
            try (MvccStore store = open(copy)) {
                assertThat(content(store)).describedAs("seed %d, length %d", this.seed, length)
                    .isEqualTo(contentAfter(store.view().appliedIndex()));
            }
            catch (IOException ex) {
                assertThat(ex).hasMessageContaining(copy.toString()).hasMessageContaining("rebuilt");
            }
        }
    }

    @Test
    void aDamagedImageIsRefusedAndTheOldStateStays() throws IOException {
        SplittableRandom random = new SplittableRandom(this.seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MvccStore store = open(this.source); KvStore.StoreImage image = store.openImage()) {
            image.writeTo(out);
        }
        byte[] bytes = out.toByteArray();
        try (MvccStore store = open(this.directory.resolve("target"))) {
            new Workload(this.seed + 1).apply(store, 1);
            List<Object> before = content(store);
            for (int i = 0; i < TRIES / 4; i++) {
                byte[] damaged = bytes.clone();
                // The padding at the end means nothing.
                damaged[random.nextInt(damaged.length - 512)] ^= 64;
                byte[] bad = random.nextBoolean() ? damaged : Arrays.copyOf(bytes, random.nextInt(bytes.length - 512));
                assertThatThrownBy(() -> store.install(new ByteArrayInputStream(bad))).isInstanceOf(IOException.class);
                assertThat(content(store)).isEqualTo(before);
            }
            store.install(new ByteArrayInputStream(bytes));
            assertThat(content(store)).isEqualTo(this.expected);
            new Workload(this.seed).apply(store, BATCHES + 1);
        }
        try (MvccStore store = open(this.directory.resolve("target"))) {
            assertThat(store.view().appliedIndex()).isEqualTo(BATCHES + 1);
        }
    }

    @Test
    void aMapThatLostEntriesIsRefused() {
        try (MVStore store = MVStore.open(this.original.toString())) {
            StoreMaps.open(store).index().clear();
        }
        assertThatThrownBy(() -> open(this.source)).isInstanceOf(IOException.class)
            .hasMessageContaining(this.original.toString())
            .hasMessageContaining("index=0")
            .hasMessageContaining("rebuilt");
    }

    private boolean isReadOrRefused(byte[] bytes, String description) throws IOException {
        Path copy = copy(bytes);
        try (MvccStore store = open(copy)) {
            // A damaged head or foot of the last commit leaves the commit before it,
            // which
            // the log goes on from.
            assertThat(content(store)).describedAs(description).isEqualTo(contentAfter(store.view().appliedIndex()));
            return store.view().appliedIndex() == BATCHES;
        }
        catch (IOException ex) {
            assertThat(ex).describedAs(description).hasMessageContaining(copy.toString());
        }
        catch (KvException ex) {
            assertThat(ex.code()).describedAs(description).isEqualTo(KvException.Code.CORRUPT);
            assertThat(ex).hasMessageContaining(copy.toString()).hasMessageContaining("rebuilt");
        }
        return false;
    }

    private List<Object> contentAfter(long index) throws IOException {
        if (index == BATCHES) {
            return this.expected;
        }
        try (MvccStore reference = open(Files.createTempDirectory(this.directory, "reference"))) {
            Workload workload = new Workload(this.seed);
            for (long next = 1; next <= index; next++) {
                workload.apply(reference, next);
            }
            return content(reference);
        }
    }

    private Path copy(byte[] bytes) throws IOException {
        Path copy = Files.createTempDirectory(this.directory, "copy");
        Files.write(copy.resolve("store.mv"), bytes);
        return copy;
    }

    private static List<Object> content(MvccStore store) {
        ReadView view = store.view();
        RangeQuery everything = RangeQuery.of(KeyRange.ALL);
        List<List<Event>> history = new ArrayList<>();
        view.history(Math.max(2, view.compactRevision() + 1), Long.MAX_VALUE, Integer.MAX_VALUE, history::add);
        return List.of(view.revision(), view.appliedIndex(), view.compactRevision(), view.hash(0), view.keysOfLease(1),
                view.range(everything), history, view.range(everything.at(Math.max(1, view.compactRevision()))));
    }

    private static MvccStore open(Path directory) throws IOException {
        return MvccStore.open(StoreOptions.in(directory).withCaches(4, 1));
    }

}
