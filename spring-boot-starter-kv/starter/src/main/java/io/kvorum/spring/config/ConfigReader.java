/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.kvorum.client.BlockingKvClient;
import io.kvorum.client.KeyValue;
import io.kvorum.client.KvClient;
import io.kvorum.client.KvException;
import io.kvorum.client.Operation;
import io.kvorum.client.RangeQuery;
import io.kvorum.client.Result;
import io.kvorum.client.Txn;

/**
 * Reads the configuration: everything at one revision. Confined to one thread at a time.
 */
final class ConfigReader {

    private static final long RETRY_MILLIS = 250;

    private final BlockingKvClient client;

    private final List<String> endpoints;

    private final long untilNanos;

    /** The revision at which the application starts, once anything was read. */
    private long revision;

    /** Why the servers could not be reached in time: the next reads do not wait again. */
    private @Nullable KvException outage;

    ConfigReader(KvClient client, List<String> endpoints, Duration startupTimeout) {
        this.client = client.blocking();
        this.endpoints = endpoints;
        this.untilNanos = System.nanoTime() + startupTimeout.toNanos();
    }

    long revision() {
        return this.revision;
    }

    /**
     * Reads a selection while the application starts: at the revision at which anything
     * was read first.
     * @return its properties; nothing if no key is there
     * @throws KvConfigException if it cannot be read, or not understood
     * @throws KvException if the servers cannot be reached in time
     */
    Optional<Map<String, Object>> read(ConfigSelection selection) {
        RangeQuery query = RangeQuery.of(selection.range());
        if (this.outage != null) {
            throw this.outage;
        }
        while (true) {
            try {
                long wanted = selection.isPinned() ? selection.revision() : this.revision;
                Result.Range found = this.client.get(query.at(wanted));
                if (!selection.isPinned() && this.revision == 0) {
                    this.revision = found.revision();
                }
                return found.kvs().isEmpty() ? Optional.empty()
                        : Optional.of(ConfigDocuments.read(selection, found.kvs()));
            }
            catch (KvException ex) {
                if (!isWorthWaiting(ex)) {
                    throw explained(selection, ex);
                }
                if (System.nanoTime() - this.untilNanos > 0) {
                    this.outage = ex;
                    throw ex;
                }
                pause();
            }
        }
    }

    /**
     * Reads selections as they are now, at one revision.
     * @throws KvConfigException if one is not understood
     * @throws KvException if they cannot be read
     */
    ConfigSnapshot readAll(List<ConfigSelection> selections) {
        Operation[] reads = selections.stream()
            .map((selection) -> Operation.get(RangeQuery.of(selection.range())))
            .toArray(Operation[]::new);
        Result.Txn answer = this.client.txn(Txn.when().then(reads));
        Map<ConfigSelection, Map<String, Object>> values = new LinkedHashMap<>();
        for (int i = 0; i < selections.size(); i++) {
            List<KeyValue> kvs = new ArrayList<>(answer.range(i).kvs());
            values.put(selections.get(i), ConfigDocuments.read(selections.get(i), kvs));
        }
        return new ConfigSnapshot(answer.revision(), values);
    }

    private static boolean isWorthWaiting(KvException failure) {
        return switch (failure.code()) {
            case UNAVAILABLE, TIMEOUT, OVERLOADED -> true;
            default -> false;
        };
    }

    private KvConfigException explained(ConfigSelection selection, KvException failure) {
        String what = selection.sourceName() + " cannot be read: " + failure.getMessage();
        return switch (failure.code()) {
            case COMPACTED -> new KvConfigException(what,
                    "Revision " + selection.revision() + " is not kept any more: import a later one, or none.",
                    failure);
            case FUTURE_REVISION -> new KvConfigException(what,
                    "Revision " + selection.revision() + " does not exist yet: correct spring.config.import.", failure);
            case UNAUTHENTICATED -> new KvConfigException(what, "Correct kv.username and kv.password.", failure);
            case PERMISSION_DENIED -> new KvConfigException(what,
                    "Let the user read " + selection.path() + ", or set another one as kv.username.", failure);
            case TLS_FAILED -> new KvConfigException(what,
                    "Use https in kv.endpoints only for servers with TLS, and let kv.ssl.bundle trust them.", failure);
            case WRONG_SERVER -> new KvConfigException(what, "Something else listens at " + this.endpoints
                    + ": kv.endpoints wants the client port, usually 2379.", failure);
            default -> new KvConfigException(what, "Look at the servers' logs.", failure);
        };
    }

    private static void pause() {
        try {
            boolean unused = new CountDownLatch(1).await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
