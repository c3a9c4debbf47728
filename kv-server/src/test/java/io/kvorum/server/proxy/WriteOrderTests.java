/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.kvorum.server.common.KeyRange;
import io.kvorum.server.tree.TreeKeys;

import static org.assertj.core.api.Assertions.assertThat;

/** Who waits for whom. */
class WriteOrderTests {

    private static final KeyRange A = TreeKeys.record("/a");

    private static final KeyRange B = TreeKeys.record("/b");

    private final WriteOrder order = new WriteOrder();

    private final List<String> begun = new ArrayList<>();

    @Test
    void writesAboutTheSameWaitAlsoForThoseThatFail() {
        CompletableFuture<String> first = begin("first", A);
        CompletableFuture<String> second = begin("second", A, B);
        CompletableFuture<String> third = begin("third", B);
        assertThat(this.begun).containsExactly("first");
        first.completeExceptionally(new IllegalStateException("fails"));
        assertThat(this.begun).containsExactly("first", "second");
        second.complete("done");
        assertThat(this.begun).containsExactly("first", "second", "third");
        third.complete("done");
        begin("fourth", A, B);
        assertThat(this.begun).endsWith("fourth");
    }

    @Test
    void othersDoNot() {
        begin("first", A);
        begin("second", B);
        assertThat(this.begun).containsExactly("first", "second");
    }

    private CompletableFuture<String> begin(String name, KeyRange... about) {
        CompletableFuture<String> write = new CompletableFuture<>();
        this.order.inTurn(Set.of(about), () -> {
            this.begun.add(name);
            return write;
        });
        return write;
    }

}
