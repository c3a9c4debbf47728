/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.kvorum.server.common.KeyRange;

/**
 * Lets writes that are about the same znodes wait for each other, in the order in which
 * they came, rather than fail each other's comparisons. A courtesy among the clients of
 * one proxy; what is right does not rest on it. There are never more waiting than the
 * port lets its clients ask for. Safe for any thread.
 */
final class WriteOrder {

    private final Object lock = new Object();

    /** The last write about each znode. */
    @GuardedBy("lock")
    private final Map<KeyRange, CompletableFuture<?>> last = new HashMap<>();

    /** Does a write when everything before it that is about one of these is done. */
    <T> CompletableFuture<T> inTurn(Collection<KeyRange> about, Supplier<CompletableFuture<T>> write) {
        CompletableFuture<T> done = new CompletableFuture<>();
        List<CompletableFuture<?>> before = new ArrayList<>();
        synchronized (this.lock) {
            for (KeyRange range : about) {
                CompletableFuture<?> former = this.last.put(range, done);
                if (former != null && former != done) {
                    before.add(former);
                }
            }
        }
        CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
            .whenComplete((turn, itsFailure) -> write.get().whenComplete((value, failure) -> {
                synchronized (this.lock) {
                    about.forEach((range) -> this.last.remove(range, done));
                }
                if (failure != null) {
                    done.completeExceptionally(failure);
                }
                else {
                    done.complete(value);
                }
            }));
        return done;
    }

}
