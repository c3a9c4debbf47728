/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

import static org.assertj.core.api.Assertions.assertThat;

class RangeTreeTests {

    private final RangeTree<Integer> tree = new RangeTree<>();

    @Test
    void findsTheRangesThatContainAKey() {
        this.tree.add(range("b", "d"), 1);
        this.tree.add(range("c", "e"), 2);
        this.tree.add(KeyRange.ALL, 3);
        this.tree.add(new KeyRange(Bytes.utf8("d"), null), 4);
        assertThat(find("a")).containsExactly(3);
        assertThat(find("b")).containsExactly(1, 3);
        assertThat(find("c")).containsExactly(1, 2, 3);
        assertThat(find("d")).containsExactly(2, 3, 4);
        assertThat(find("z")).containsExactly(3, 4);
    }

    @Test
    void keepsSeveralValuesOfOneRange() {
        this.tree.add(range("a", "b"), 1);
        this.tree.add(range("a", "b"), 2);
        assertThat(this.tree.size()).isEqualTo(1);
        this.tree.remove(range("a", "b"), 1);
        assertThat(find("a")).containsExactly(2);
        this.tree.remove(range("a", "b"), 2);
        assertThat(find("a")).isEmpty();
        assertThat(this.tree.size()).isZero();
    }

    @Test
    void invariantsHoldAndAnswersAreRightInRandomPrograms() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<KeyRange> model = new ArrayList<>();
        for (int step = 0; step < 4_000; step++) {
            if (model.size() > 300 || (!model.isEmpty() && random.nextInt(3) == 0)) {
                int removed = random.nextInt(model.size());
                this.tree.remove(model.get(removed), model.get(removed).hashCode());
                model.remove(removed);
            }
            else {
                KeyRange range = randomRange(random);
                this.tree.add(range, range.hashCode());
                model.add(range);
            }
            if (step % 40 == 0) {
                this.tree.verify();
                Bytes key = randomKey(random);
                List<Integer> expected = model.stream()
                    .filter((range) -> range.contains(key))
                    .map(KeyRange::hashCode)
                    .sorted()
                    .toList();
                assertThat(find(key)).as("seed %s step %s", seed, step).isEqualTo(expected);
            }
        }
    }

    private List<Integer> find(String key) {
        return find(Bytes.utf8(key));
    }

    private List<Integer> find(Bytes key) {
        List<Integer> found = new ArrayList<>();
        this.tree.forEachContaining(key, found::add);
        found.sort(null);
        return found;
    }

    private static KeyRange randomRange(SplittableRandom random) {
        Bytes one = randomKey(random);
        Bytes other = randomKey(random);
        if (random.nextInt(10) == 0) {
            return new KeyRange(one, null);
        }
        return (one.compareTo(other) <= 0) ? new KeyRange(one, other) : new KeyRange(other, one);
    }

    private static Bytes randomKey(SplittableRandom random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        random.nextBytes(key);
        return Bytes.wrap(key);
    }

    private static KeyRange range(String start, String end) {
        return new KeyRange(Bytes.utf8(start), Bytes.utf8(end));
    }

}
