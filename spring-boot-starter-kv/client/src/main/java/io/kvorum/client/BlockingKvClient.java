/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * A {@link KvClient} for threads that may wait: the same methods, with answers in place
 * of stages. An interrupt ends the wait, not the request.
 */
public final class BlockingKvClient {

    private final KvClient client;

    BlockingKvClient(KvClient client) {
        this.client = client;
    }

    /**
     * Reads keys.
     * @param query what to read
     * @return the keys
     */
    public Result.Range get(RangeQuery query) {
        return wait(this.client.get(query));
    }

    /**
     * Reads a key, linearizable.
     * @param key the key
     * @return the key as it is, if it exists
     */
    public Optional<KeyValue> get(Bytes key) {
        return wait(this.client.get(key));
    }

    /**
     * Writes a key.
     * @param key the key
     * @param value the value
     * @return the revision
     */
    public Result.Put put(Bytes key, Bytes value) {
        return wait(this.client.put(key, value));
    }

    /**
     * Deletes keys.
     * @param range the keys
     * @return how many there were
     */
    public Result.Delete delete(KeyRange range) {
        return wait(this.client.delete(range));
    }

    /**
     * Does several things at once, or others.
     * @param txn the transaction
     * @return which branch was taken, and what came of it
     */
    public Result.Txn txn(Txn txn) {
        return wait(this.client.txn(txn));
    }

    /**
     * Begins a session.
     * @param settings how long it lives without news
     * @return the session
     */
    public Session session(SessionSettings settings) {
        return wait(this.client.session(settings));
    }

    /**
     * Gets a lock: alone, in the order in which it was asked for.
     * @param session who gets it
     * @param name the lock
     * @param patience how long to wait
     * @return the lock, unless it could not be had in time
     */
    public Optional<Ownership> lock(Session session, String name, Duration patience) {
        return wait(this.client.lock(session, name, patience));
    }

    private static <T> T wait(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KvException(KvException.Code.TIMEOUT, "interrupted while waiting for an answer", ex);
        }
        catch (ExecutionException ex) {
            if (ex.getCause() instanceof KvException known) {
                throw new KvException(known.code(), String.valueOf(known.getMessage()), known);
            }
            throw new KvException(KvException.Code.SERVER_FAILED, "the client has failed", ex.getCause());
        }
    }

}
