/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Wing and Gong's search with Lowe's memory of visited states: tries operations in the
 * order of their calls, takes back what leads nowhere, and never enters the same pair of
 * (operations done, value) twice.
 */
public final class LinearizabilityChecker {

    private final List<RegisterOperation> operations;

    private final Entry head = new Entry(-1, false, Long.MIN_VALUE);

    private final BitSet done = new BitSet();

    private final Set<Visited> visited = new HashSet<>();

    private final Deque<Choice> choices = new ArrayDeque<>();

    private @Nullable String state;

    private int unanswered;

    private LinearizabilityChecker(Collection<RegisterOperation> history) {
        this.operations = List.copyOf(relevant(history));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < this.operations.size(); i++) {
            RegisterOperation operation = this.operations.get(i);
            Entry call = new Entry(i, false, operation.invoked());
            entries.add(call);
            if (operation.isAnswered()) {
                Entry answer = new Entry(i, true, operation.returned());
                call.answer = answer;
                entries.add(answer);
                this.unanswered++;
            }
        }
        // At the same instant a call comes first: the two operations then count as
        // concurrent.
        entries.sort(Comparator.<Entry>comparingLong((entry) -> entry.time).thenComparing((entry) -> entry.isAnswer));
        Entry last = this.head;
        for (Entry entry : entries) {
            last.next = entry;
            entry.previous = last;
            last = entry;
        }
    }

    /**
     * Whether an order of the operations exists that respects their times and explains
     * every answer.
     */
    public static boolean isLinearizable(Collection<RegisterOperation> history) {
        return new LinearizabilityChecker(history).search();
    }

    /**
     * A write without an answer whose value nobody ever saw may as well never have
     * happened.
     */
    private static List<RegisterOperation> relevant(Collection<RegisterOperation> history) {
        Set<String> seen = new HashSet<>();
        for (RegisterOperation operation : history) {
            if (operation.kind() == RegisterOperation.Kind.READ && operation.value() != null) {
                seen.add(operation.value());
            }
            if (operation.expected() != null) {
                seen.add(operation.expected());
            }
        }
        return history.stream()
            .filter((operation) -> operation.isAnswered() || seen.contains(String.valueOf(operation.value())))
            .toList();
    }

    private boolean search() {
        Entry entry = this.head.next;
        while (this.unanswered > 0) {
            if (entry == null || entry.isAnswer) {
                Choice last = this.choices.poll();
                if (last == null) {
                    return false;
                }
                entry = takeBack(last).next;
            }
            else if (take(entry)) {
                entry = this.head.next;
            }
            else {
                entry = entry.next;
            }
        }
        return true;
    }

    private boolean take(Entry call) {
        RegisterOperation operation = this.operations.get(call.operation);
        if (!operation.isPossibleAt(this.state)) {
            return false;
        }
        this.done.set(call.operation);
        if (!this.visited.add(new Visited((BitSet) this.done.clone(), operation.value()))) {
            this.done.clear(call.operation);
            return false;
        }
        this.choices.push(new Choice(call, this.state));
        this.state = operation.value();
        call.unlink();
        if (call.answer != null) {
            call.answer.unlink();
            this.unanswered--;
        }
        return true;
    }

    private Entry takeBack(Choice choice) {
        Entry call = choice.call();
        if (call.answer != null) {
            call.answer.link();
            this.unanswered++;
        }
        call.link();
        this.done.clear(call.operation);
        this.state = choice.before();
        return call;
    }

    private record Choice(Entry call, @Nullable String before) {
    }

    private record Visited(BitSet done, @Nullable String state) {
    }

    /**
     * A call or an answer in the order of time; unlinked while its operation is taken.
     */
    private static final class Entry {

        private final int operation;

        private final boolean isAnswer;

        private final long time;

        private @Nullable Entry answer;

        private @Nullable Entry previous;

        private @Nullable Entry next;

        private Entry(int operation, boolean isAnswer, long time) {
            this.operation = operation;
            this.isAnswer = isAnswer;
            this.time = time;
        }

        private void unlink() {
            if (this.previous != null) {
                this.previous.next = this.next;
            }
            if (this.next != null) {
                this.next.previous = this.previous;
            }
        }

        private void link() {
            if (this.previous != null) {
                this.previous.next = this;
            }
            if (this.next != null) {
                this.next.previous = this;
            }
        }

    }

}
