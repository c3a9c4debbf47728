/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MvccStoreTests {

    @TempDir
    Path directory;

    private MvccStore store;

    private long index;

    @BeforeEach
    void open() throws IOException {
        this.store = MvccStore.open(StoreOptions.in(this.directory));
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Test
    void anEmptyStoreIsAtRevisionOne() {
        assertThat(this.store.view().revision()).isEqualTo(1);
        assertThat(this.store.view().appliedIndex()).isZero();
        assertThat(all().count()).isZero();
    }

    @Test
    void aPutIsVisibleAfterPublication() {
        this.store.transact((tx) -> {
            tx.put(key("a"), key("1"), 7);
            assertThat(tx.get(key("a"))).isNotNull();
            assertThat(tx.revision()).isEqualTo(2);
            return null;
        });
        assertThat(this.store.view().get(key("a"))).isNull();
        List<List<Event>> events = this.store.publish(42);
        KeyValue kv = new KeyValue(key("a"), key("1"), 2, 2, 1, 7);
        assertThat(events).containsExactly(List.of(new Event(Event.Type.PUT, kv)));
        assertThat(this.store.view().get(key("a"))).isEqualTo(kv);
        assertThat(this.store.view().appliedIndex()).isEqualTo(42);
        assertThat(this.store.view().keysOfLease(7)).containsExactly(key("a"));
    }

    @Test
    void aDeletedKeyStartsAnew() {
        put("a", "1");
        put("a", "2");
        assertThat(delete("a")).isEqualTo(1);
        assertThat(delete("a")).isZero();
        put("a", "3");
        assertThat(this.store.view().revision()).isEqualTo(5);
        assertThat(this.store.view().get(key("a"))).isEqualTo(new KeyValue(key("a"), key("3"), 5, 5, 1, 0));
        assertThat(at(2).kvs()).containsExactly(new KeyValue(key("a"), key("1"), 2, 2, 1, 0));
        assertThat(at(3).kvs()).containsExactly(new KeyValue(key("a"), key("2"), 2, 3, 2, 0));
        assertThat(at(4).kvs()).isEmpty();
        assertThatThrownBy(() -> at(6)).isInstanceOfSatisfying(KvException.class,
                (ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.FUTURE_REVISION));
    }

    @Test
    void nothingOfAFailedTransactionStays() {
        put("a", "1");
        assertThatThrownBy(() -> this.store.transact((tx) -> {
            tx.put(key("a"), key("2"), 3);
            tx.put(key("b"), key("2"), 3);
            tx.delete(KeyRange.ALL);
            tx.putRow("t", key("r"), key("v"));
            throw new IllegalArgumentException("no");
        })).hasMessage("no");
        assertThat(this.store.publish(++this.index)).isEmpty();
        assertThat(this.store.view().revision()).isEqualTo(2);
        assertThat(all().kvs()).containsExactly(new KeyValue(key("a"), key("1"), 2, 2, 1, 0));
        assertThat(this.store.view().row("t", key("r"))).isNull();
        assertThat(this.store.view().keysOfLease(3)).isEmpty();
        put("a", "3");
        assertThat(at(3).kvs()).containsExactly(new KeyValue(key("a"), key("3"), 2, 3, 2, 0));
    }

    @Test
    @Timeout(3)
    void aSmallFileIsNotWorthALongDefragmentation() throws IOException {
        put("a", "1");
        this.store.defragment();
        assertThat(at(2).kvs()).hasSize(1);
    }

    @Test
    void everythingIsThereAfterReopening() throws IOException {
        for (int i = 0; i < 1000; i++) {
            put("key" + i, "value" + i);
        }
        delete("key5");
        RangeResult before = all();
        RangeResult past = at(500);
        this.store.close();
        open();
        assertThat(this.store.view().appliedIndex()).isEqualTo(1001);
        assertThat(all()).isEqualTo(before);
        assertThat(all().count()).isEqualTo(999);
        assertThat(at(500)).isEqualTo(past);
        assertThat(past.count()).isEqualTo(499);
        this.store.view();
    }

    @Test
    void historyDoesNotSplitRevisions() {
        put("a", "1");
        this.store.transact((tx) -> {
            tx.put(key("a"), key("2"), 0);
            tx.put(key("b"), key("2"), 0);
            return tx.delete(KeyRange.single(key("a")));
        });
        this.store.publish(++this.index);
        put("c", "3");
        List<List<Event>> seen = new ArrayList<>();
        assertThat(this.store.view().history(2, 10, 2, seen::add)).isEqualTo(3);
        assertThat(seen).extracting(List::size).containsExactly(1, 3);
        assertThat(seen.get(1)).extracting(Event::type)
            .containsExactly(Event.Type.PUT, Event.Type.PUT, Event.Type.DELETE);
        seen.clear();
        assertThat(this.store.view().history(4, 10, 2, seen::add)).isEqualTo(4);
        assertThat(seen).hasSize(1);
    }

    @Test
    void compactionKeepsWhatIsReadable() {
        put("a", "1");
        put("a", "2");
        put("b", "1");
        delete("b");
        put("c", "1");
        delete("c");
        put("d", "1");
        this.store.compact(7);
        this.store.publish(++this.index);
        ReadView.Hash during = this.store.view().hash(0);
        RangeResult read = at(7);
        while (this.store.compactStep()) {
            assertThat(this.store.view().hash(0)).isEqualTo(during);
        }
        assertThat(this.store.view().hash(0)).isEqualTo(during);
        assertThat(at(7)).isEqualTo(read);
        List<List<Event>> seen = new ArrayList<>();
        this.store.view().history(7, 8, 100, seen::add);
        assertThat(seen).extracting((events) -> events.get(0).type())
            .containsExactly(Event.Type.DELETE, Event.Type.PUT);
        assertThatThrownBy(() -> at(6)).isInstanceOfSatisfying(KvException.class,
                (ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.COMPACTED));
        assertThatThrownBy(() -> this.store.compact(7)).isInstanceOfSatisfying(KvException.class,
                (ex) -> assertThat(ex.code()).isEqualTo(KvException.Code.COMPACTED));
    }

    @Test
    void defragmentationGivesSpaceBack() throws IOException {
        this.store.close();
        this.store = MvccStore.open(StoreOptions.in(this.directory)
            .withCommits(Duration.ofMillis(10), 1)
            .withRetention(Duration.ofSeconds(10), Duration.ofMillis(1100)));
        String value = "v".repeat(10_000);
        for (int i = 0; i < 2000; i++) {
            put("key" + i % 100, value);
        }
        this.store.commit();
        long before = this.store.size().allocatedBytes();
        assertThat(before).isGreaterThan(2000 * 10_000L);
        RangeResult expected = all();
        this.store.compact(this.store.view().revision());
        this.store.publish(++this.index);
        while (this.store.compactStep()) {
            assertThat(this.store.view().revision()).isEqualTo(2001);
        }
        this.store.defragment();
        assertThat(this.store.size().allocatedBytes()).isLessThan(before / 8);
        assertThat(all()).isEqualTo(expected);
        this.store.close();
        open();
        assertThat(all()).isEqualTo(expected);
    }

    @Test
    void aDirectoryHasOneStore() {
        assertThatThrownBy(() -> MvccStore.open(StoreOptions.in(this.directory))).isInstanceOf(IOException.class)
            .hasMessageContaining("in use")
            .hasMessageContaining(this.directory.toString());
    }

    @Test
    void aBatchThatWasNotPublishedIsNotCommitted() throws IOException {
        put("a", "1");
        this.store.transact((tx) -> {
            tx.put(key("a"), key("2"), 0);
            return null;
        });
        this.store.close();
        open();
        assertThat(this.store.view().get(key("a"))).isIn(null, new KeyValue(key("a"), key("1"), 2, 2, 1, 0));
        assertThat(this.store.view().revision()).isLessThanOrEqualTo(2);
    }

    @Test
    void commitMakesTheStateDurable() throws IOException {
        put("a", "1");
        this.store.commit();
        assertThat(this.store.size().allocatedBytes()).isPositive();
    }

    private void put(String key, String value) {
        this.store.transact((tx) -> {
            tx.put(key(key), key(value), 0);
            return null;
        });
        this.store.publish(++this.index);
    }

    private long delete(String key) {
        long deleted = this.store.transact((tx) -> tx.delete(KeyRange.single(key(key))));
        this.store.publish(++this.index);
        return deleted;
    }

    private RangeResult all() {
        return this.store.view().range(RangeQuery.of(KeyRange.ALL));
    }

    private RangeResult at(long revision) {
        return this.store.view().range(RangeQuery.of(KeyRange.ALL).at(revision));
    }

    private static Bytes key(String text) {
        return Bytes.utf8(text);
    }

}
