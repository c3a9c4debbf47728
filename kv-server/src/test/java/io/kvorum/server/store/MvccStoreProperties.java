/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Random programs against {@link ModelStore}. The seed is the parameter of the property.
 */
class MvccStoreProperties {

    private static final String TABLE = "table";

    private static final int STEPS = 150;

    @Property(tries = 15)
    void everyAnswerIsThatOfTheModel(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("kv-store");
        try {
            new Run(directory, new SplittableRandom(seed)).run();
        }
        catch (AssertionError | RuntimeException ex) {
            throw new AssertionError("seed " + seed + ": " + ex.getMessage(), ex);
        }
        finally {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach((file) -> assertThat(file.toFile().delete()).isTrue());
            }
            Files.delete(directory);
        }
    }

    /** One program. */
    private static final class Run {

        private final Path directory;

        private final SplittableRandom random;

        private final ModelStore model = new ModelStore();

        private final int keys;

        private MvccStore store;

        private long index;

        private List<Event> expectedEvents = new ArrayList<>();

        private boolean unpublished;

        Run(Path directory, SplittableRandom random) throws IOException {
            this.directory = directory;
            this.random = random;
            this.keys = 1 + random.nextInt(30);
            this.store = open();
        }

        void run() throws IOException {
            try {
                for (int i = 0; i < STEPS; i++) {
                    step();
                }
                publish();
                check();
                KvStore.StoreImage image = this.store.openImage();
                byte[] bytes = write(image);
                ReadView.Hash hash = this.store.view().hash(0);
                install(bytes);
                check();
                assertThat(this.store.view().hash(0)).isEqualTo(hash);
                drainCompaction();
                check();
                assertThat(this.store.view().hash(0)).isEqualTo(hash);
            }
            finally {
                this.store.close();
            }
        }

        private void step() throws IOException {
            int dice = this.random.nextInt(100);
            if (dice < 65) {
                transaction();
            }
            else if (dice < 80) {
                publish();
                check();
            }
            else if (dice < 84) {
                publish();
                compact();
            }
            else if (dice < 90) {
                this.store.compactStep();
            }
            else if (dice < 93) {
                publish();
                this.store.commit();
            }
            else if (dice < 96) {
                publish();
                this.store.close();
                this.store = open();
                check();
            }
            else if (dice < 98) {
                publish();
                ReadView.Hash hash = this.store.view().hash(0);
                install(write(this.store.openImage()));
                assertThat(this.store.view().hash(0)).isEqualTo(hash);
                check();
            }
            else {
                publish();
                ReadView.Hash hash = this.store.view().hash(0);
                drainCompaction();
                assertThat(this.store.view().hash(0)).isEqualTo(hash);
            }
        }

        private void transaction() {
            ModelStore.Mark mark = this.model.mark();
            boolean fails = this.random.nextInt(8) == 0;
            int operations = 1 + this.random.nextInt(this.random.nextInt(10) == 0 ? 20 : 3);
            int eventsBefore = this.model.history(0, Long.MAX_VALUE).size();
            this.unpublished = true;
            try {
                this.store.transact((tx) -> {
                    for (int i = 0; i < operations; i++) {
                        operation(tx, mark.revision() + 1);
                        assertThat(tx.revision()).isEqualTo(this.model.revision());
                    }
                    if (fails) {
                        throw new IllegalStateException("rolled back");
                    }
                    return null;
                });
            }
            catch (IllegalStateException ex) {
                assertThat(fails).isTrue();
                this.model.rollback(mark);
            }
            List<Event> all = this.model.history(0, Long.MAX_VALUE);
            if (all.size() > eventsBefore) {
                this.expectedEvents.addAll(all.subList(eventsBefore, all.size()));
            }
        }

        private void operation(Transaction tx, long revision) {
            int dice = this.random.nextInt(100);
            if (dice < 50) {
                Bytes key = key();
                Bytes value = value();
                long lease = this.random.nextInt(3);
                tx.put(key, value, lease);
                this.model.put(revision, key, value, lease);
            }
            else if (dice < 70) {
                KeyRange range = range();
                assertThat(tx.delete(range)).isEqualTo(this.model.delete(revision, range));
            }
            else if (dice < 80) {
                Bytes row = key();
                if (this.random.nextBoolean()) {
                    Bytes value = value();
                    tx.putRow(TABLE, row, value);
                    this.model.putRow(row, value);
                }
                else {
                    tx.putRow(TABLE, row, null);
                    this.model.removeRow(row);
                }
                assertThat(tx.row(TABLE, row)).isEqualTo(this.model.rows().get(row));
            }
            else if (dice < 90) {
                RangeQuery query = query();
                assertThat(tx.range(query)).isEqualTo(this.model.range(query));
            }
            else {
                Bytes key = key();
                assertThat(tx.get(key)).isEqualTo(this.model.at(this.model.revision()).get(key));
                assertThat(tx.keysOfLease(1)).isEqualTo(this.model.keysOfLease(1));
            }
        }

        private void publish() {
            List<Event> events = new ArrayList<>();
            long last = 0;
            for (List<Event> revision : this.store.publish(++this.index)) {
                assertThat(revision).isNotEmpty()
                    .allSatisfy((event) -> assertThat(event.kv().modRevision())
                        .isEqualTo(revision.get(0).kv().modRevision()));
                assertThat(revision.get(0).kv().modRevision()).isGreaterThan(last);
                last = revision.get(0).kv().modRevision();
                events.addAll(revision);
            }
            // What the model keeps of the compact revision depends on it, so compare the
            // same selection.
            assertThat(ModelStore.lastOfCompactRevision(events, this.model.compactRevision()))
                .isEqualTo(ModelStore.lastOfCompactRevision(this.expectedEvents, this.model.compactRevision()));
            this.expectedEvents = new ArrayList<>();
            this.unpublished = false;
        }

        private void compact() {
            long low = this.model.compactRevision() + 1;
            if (low > this.model.revision()) {
                return;
            }
            long revision = this.random.nextLong(low, this.model.revision() + 1);
            this.store.compact(revision);
            this.model.compact(revision);
            publish();
            check();
        }

        private void drainCompaction() {
            while (this.store.compactStep()) {
                check();
            }
        }

        private void check() {
            if (this.unpublished) {
                return;
            }
            ReadView view = this.store.view();
            ((MvccView) view).snapshot().verify();
            assertThat(view.revision()).isEqualTo(this.model.revision());
            assertThat(view.compactRevision()).isEqualTo(this.model.compactRevision());
            assertThat(view.appliedIndex()).isEqualTo(this.index);
            for (int i = 0; i < 6; i++) {
                RangeQuery query = query();
                assertThat(view.range(query)).describedAs("%s", query).isEqualTo(this.model.range(query));
            }
            Bytes key = key();
            assertThat(view.get(key)).isEqualTo(this.model.at(this.model.revision()).get(key));
            assertThat(view.keysOfLease(2)).isEqualTo(this.model.keysOfLease(2));
            checkRows(view);
            checkHistory(view);
            checkBounds(view);
        }

        private void checkRows(ReadView view) {
            TreeMap<Bytes, Bytes> rows = new TreeMap<>();
            view.rows(TABLE, rows::put);
            assertThat(rows).isEqualTo(this.model.rows());
        }

        private void checkHistory(ReadView view) {
            long from = this.random.nextLong(Math.max(this.model.compactRevision(), 1), this.model.revision() + 1);
            long to = from + this.random.nextInt(20);
            List<Event> events = new ArrayList<>();
            long next = from;
            int maxEvents = 1 + this.random.nextInt(10);
            while (next <= Math.min(to, view.revision())) {
                next = 1 + view.history(next, to, maxEvents, events::addAll);
            }
            assertThat(ModelStore.lastOfCompactRevision(events, view.compactRevision()))
                .isEqualTo(this.model.history(from, to));
        }

        private void checkBounds(ReadView view) {
            RangeQuery query = RangeQuery.of(KeyRange.ALL);
            assertThatThrownBy(() -> view.range(query.at(view.revision() + 1))).isInstanceOfSatisfying(
                    KvException.class, (ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.FUTURE_REVISION));
            if (view.compactRevision() > 1) {
                assertThatThrownBy(() -> view.range(query.at(view.compactRevision() - 1))).isInstanceOfSatisfying(
                        KvException.class, (ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.COMPACTED));
            }
        }

        private RangeQuery query() {
            long low = Math.max(this.model.compactRevision(), 1);
            long revision = this.random.nextBoolean() ? 0 : this.random.nextLong(low, this.model.revision() + 1);
            RangeQuery.Sort.Target[] targets = RangeQuery.Sort.Target.values();
            RangeQuery.Sort.Order[] orders = RangeQuery.Sort.Order.values();
            RangeQuery.Sort sort = new RangeQuery.Sort(targets[this.random.nextInt(targets.length)],
                    orders[this.random.nextInt(orders.length)]);
            RangeQuery.RevisionFilter filter = (this.random.nextInt(3) != 0) ? RangeQuery.RevisionFilter.NONE
                    : new RangeQuery.RevisionFilter(bound(), bound(), bound(), bound());
            return new RangeQuery(range(), revision, this.random.nextInt(12) - 1, sort, filter,
                    this.random.nextInt(4) == 0, this.random.nextInt(8) == 0);
        }

        private long bound() {
            return (this.random.nextInt(3) != 0) ? 0 : this.random.nextLong(this.model.revision() + 1);
        }

        private KeyRange range() {
            return switch (this.random.nextInt(4)) {
                case 0 -> KeyRange.single(key());
                case 1 -> KeyRange.ALL;
                case 2 -> new KeyRange(key(), null);
                default -> new KeyRange(key(), key());
            };
        }

        private Bytes key() {
            int number = this.random.nextInt(this.keys);
            return Bytes.utf8(((number % 3 == 0) ? "" : "prefix/") + number);
        }

        private Bytes value() {
            byte[] value = new byte[this.random.nextInt(this.random.nextInt(10) == 0 ? 5000 : 20)];
            this.random.nextBytes(value);
            return Bytes.wrap(value);
        }

        private byte[] write(KvStore.StoreImage image) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (image) {
                assertThat(image.appliedIndex()).isEqualTo(this.index);
                long size = image.sizeBytes();
                image.writeTo(out);
                assertThat(out.size()).isEqualTo(size);
                assertThat(size % 512).isZero();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            return out.toByteArray();
        }

        private void install(byte[] image) throws IOException {
            this.store.install(new ByteArrayInputStream(image));
        }

        private MvccStore open() throws IOException {
            return MvccStore.open(StoreOptions.in(this.directory)
                .withCompactionStep(1 + this.random.nextInt(10))
                .withCommits(Duration.ofMillis(1 + this.random.nextInt(5)), 1)
                .withCaches(4, 1));
        }

    }

}
