/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/**
 * Values by range of keys: finds the values of all ranges that contain a key in time that
 * grows with the logarithm of the number of ranges and with the number of hits. A treap
 * whose nodes know the greatest end below them. Not thread-safe.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>Ranges to the left of a node are smaller than its own, ranges to the right are
 * greater (by start, then by end).</li>
 * <li>No child has a greater priority than its parent.</li>
 * <li>A node's {@code maxEnd} is the greatest end in its subtree; {@code null} is the
 * greatest of all.</li>
 * <li>No node is without values.</li>
 * </ol>
 *
 * @param <T> the type of the values
 */
final class RangeTree<T> {

    private @Nullable Node<T> root;

    private int size;

    private long seed;

    /** Adds a value to a range. */
    void add(KeyRange range, T value) {
        Node<T> node = find(range);
        if (node == null) {
            node = new Node<>(range, nextPriority());
            this.root = insert(this.root, node);
            this.size++;
        }
        node.values.add(value);
    }

    /** Removes a value from a range, where it must be. */
    void remove(KeyRange range, T value) {
        Node<T> node = find(range);
        if (node != null && node.values.remove(value) && node.values.isEmpty()) {
            this.root = without(this.root, range);
            this.size--;
        }
    }

    /** Passes on the values of all ranges that contain a key. */
    void forEachContaining(Bytes key, Consumer<T> consumer) {
        visit(this.root, key, consumer);
    }

    /** Returns the number of distinct ranges. */
    int size() {
        return this.size;
    }

    /** Checks the invariants; expensive. */
    void verify() {
        verify(this.root);
    }

    private @Nullable Node<T> find(KeyRange range) {
        Node<T> node = this.root;
        while (node != null) {
            int order = compare(range, node.range);
            if (order == 0) {
                return node;
            }
            node = (order < 0) ? node.left : node.right;
        }
        return null;
    }

    private static <T> Node<T> insert(@Nullable Node<T> tree, Node<T> added) {
        if (tree == null) {
            return added;
        }
        if (compare(added.range, tree.range) < 0) {
            Node<T> left = insert(tree.left, added);
            tree.left = left;
            if (left.priority > tree.priority) {
                tree.left = left.right;
                left.right = tree.update();
                return left.update();
            }
        }
        else {
            Node<T> right = insert(tree.right, added);
            tree.right = right;
            if (right.priority > tree.priority) {
                tree.right = right.left;
                right.left = tree.update();
                return right.update();
            }
        }
        return tree.update();
    }

    private static <T> @Nullable Node<T> without(@Nullable Node<T> tree, KeyRange range) {
        if (tree == null) {
            return null;
        }
        int order = compare(range, tree.range);
        if (order == 0) {
            return merge(tree.left, tree.right);
        }
        if (order < 0) {
            tree.left = without(tree.left, range);
        }
        else {
            tree.right = without(tree.right, range);
        }
        return tree.update();
    }

    private static <T> @Nullable Node<T> merge(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null || right == null) {
            return (left != null) ? left : right;
        }
        if (left.priority >= right.priority) {
            left.right = merge(left.right, right);
            return left.update();
        }
        right.left = merge(left, right.left);
        return right.update();
    }

    private static <T> void visit(@Nullable Node<T> tree, Bytes key, Consumer<T> consumer) {
        if (tree == null || !isBefore(key, tree.maxEnd)) {
            return;
        }
        visit(tree.left, key, consumer);
        if (key.compareTo(tree.range.start()) >= 0) {
            if (isBefore(key, tree.range.end())) {
                tree.values.forEach(consumer);
            }
            visit(tree.right, key, consumer);
        }
    }

    private long nextPriority() {
        // SplitMix64 of a counter: balanced like chance, repeatable, no source of
        // randomness needed.
        this.seed += 0x9E3779B97F4A7C15L;
        long z = this.seed;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static int compare(KeyRange one, KeyRange other) {
        int order = one.start().compareTo(other.start());
        return (order != 0) ? order : compareEnds(one.end(), other.end());
    }

    private static int compareEnds(@Nullable Bytes one, @Nullable Bytes other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        return one.compareTo(other);
    }

    private static boolean isBefore(Bytes key, @Nullable Bytes end) {
        return end == null || key.compareTo(end) < 0;
    }

    private static <T> @Nullable Bytes verify(@Nullable Node<T> node) {
        if (node == null) {
            return Bytes.EMPTY;
        }
        Bytes max = node.range.end();
        for (Node<T> child : node.children()) {
            check((compare(child.range, node.range) < 0) == (child == node.left), "order", node);
            check(child.priority <= node.priority, "priority", node);
            Bytes end = verify(child);
            max = (compareEnds(end, max) > 0) ? end : max;
        }
        check(compareEnds(max, node.maxEnd) == 0, "maxEnd", node);
        check(!node.values.isEmpty(), "values", node);
        return max;
    }

    private static void check(boolean condition, String what, Node<?> node) {
        if (!condition) {
            throw new IllegalStateException(what + " broken at " + node.range);
        }
    }

    private static final class Node<T> {

        private final KeyRange range;

        private final long priority;

        private final List<T> values = new ArrayList<>(1);

        private @Nullable Bytes maxEnd;

        private @Nullable Node<T> left;

        private @Nullable Node<T> right;

        Node(KeyRange range, long priority) {
            this.range = range;
            this.priority = priority;
            this.maxEnd = range.end();
        }

        Node<T> update() {
            Bytes max = this.range.end();
            if (this.left != null && compareEnds(this.left.maxEnd, max) > 0) {
                max = this.left.maxEnd;
            }
            if (this.right != null && compareEnds(this.right.maxEnd, max) > 0) {
                max = this.right.maxEnd;
            }
            this.maxEnd = max;
            return this;
        }

        List<Node<T>> children() {
            List<Node<T>> children = new ArrayList<>(2);
            if (this.left != null) {
                children.add(this.left);
            }
            if (this.right != null) {
                children.add(this.right);
            }
            return children;
        }

    }

}
