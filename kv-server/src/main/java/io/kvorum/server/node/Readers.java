/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.state.KvState;
import io.kvorum.server.store.KvStore;
import io.kvorum.server.store.ReadView;

/**
 * Carries out reads on the newest view: reads of up to three keys on the caller's thread,
 * because handing them over costs more than they do, everything else on threads of its
 * own. Threads are never interrupted: that would close the store's file. Safe for any
 * thread.
 */
final class Readers implements AutoCloseable {

    private static final int MAX_KEYS_ON_CALLER = 3;

    private final KvStore store;

    private final KvState state;

    private final ThreadPoolExecutor executor;

    Readers(KvStore store, KvState state, NodeSettings settings) {
        this.store = store;
        this.state = state;
        AtomicInteger number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(settings.readerThreads(), settings.readerThreads(), 0,
                TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(settings.maxWaitingReads()),
                (task) -> new Thread(task, "kv-reader-" + number.incrementAndGet()));
    }

    CompletableFuture<Result.Range> range(RangeQuery query) {
        Function<ReadView, Result.Range> read = (view) -> new Result.Range(view.revision(), view.range(query));
        return query.range().holdsAtMost(MAX_KEYS_ON_CALLER) ? run(() -> onView(read)) : submit(read);
    }

    CompletableFuture<Result.Txn> read(TxnOperation txn) {
        return submit((view) -> KvState.read(txn, view));
    }

    /**
     * Runs a read of unknown length on a reader's thread, on a view that stays readable
     * meanwhile.
     */
    <T> CompletableFuture<T> submit(Function<ReadView, T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            this.executor.execute(() -> complete(answer, () -> onRetainedView(read)));
        }
        catch (RejectedExecutionException ex) {
            answer.completeExceptionally(
                    new KvException(this.executor.isShutdown() ? Code.STOPPED : Code.TOO_MANY_REQUESTS));
        }
        return answer;
    }

    @Override
    public void close() {
        this.executor.shutdown();
        try {
            this.executor.awaitTermination(5, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T onView(Function<ReadView, T> read) {
        if (this.state.isAlarmActive(AlarmType.CORRUPT)) {
            throw new KvException(Code.CORRUPT);
        }
        return read.apply(this.store.view());
    }

    private <T> T onRetainedView(Function<ReadView, T> read) {
        return onView((view) -> {
            try (ReadView.Retained retained = view.retain()) {
                return read.apply(view);
            }
        });
    }

    private static <T> CompletableFuture<T> run(Supplier<T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        complete(answer, read);
        return answer;
    }

    private static <T> void complete(CompletableFuture<T> answer, Supplier<T> read) {
        try {
            answer.complete(read.get());
        }
        catch (RuntimeException | Error ex) {
            answer.completeExceptionally(ex);
        }
    }

}
