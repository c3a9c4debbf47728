/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import io.kvorum.server.common.KvException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures below the store into what its callers know. */
final class ReadFailures {

    private static final Logger logger = LoggerFactory.getLogger(ReadFailures.class);

    private final Path file;

    /** The first damage that was met, which the log tells once. */
    private final AtomicReference<@Nullable String> found = new AtomicReference<>();

    ReadFailures(Path file) {
        this.file = file;
    }

    /** For readers on views. */
    RuntimeException forReader(RuntimeException failure, String what) {
        if (failure instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_CLOSED) {
            return new KvException(KvException.Code.STOPPED, "the store is closed", failure);
        }
        String damage = damage(failure, what);
        if (damage == null) {
            return failure;
        }
        return new KvException(KvException.Code.CORRUPT, damage, failure);
    }

    /** For the apply thread. */
    RuntimeException forWriter(RuntimeException failure, String what) {
        String damage = damage(failure, what);
        if (damage != null) {
            throw new StoreDamagedError(damage, failure);
        }
        return failure;
    }

    /** Returns the first damage that was met, or {@code null}. */
    @Nullable String found() {
        return this.found.get();
    }

    private @Nullable String damage(RuntimeException failure, String what) {
        boolean ours = failure instanceof MVStoreException || failure instanceof Snapshot.DanglingEntryException;
        if (!ours) {
            return null;
        }
        Throwable cause = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof ChecksummedType.DamagedPageException) {
                cause = next;
            }
        }
        String damage = what + " failed, because the file " + this.file + " is damaged: " + cause.getMessage()
                + "; stop this member, remove the file, and let it be rebuilt from the other members "
                + "or restored from a snapshot";
        if (this.found.compareAndSet(null, damage)) {
            logger.error("store.damaged {}", damage);
        }
        return damage;
    }

}
