/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kvorum.server.common.KvException;

/** Waits for answers on the thread that commands run on, which may. */
final class Answers {

    /** Nobody reads an answer that took longer. */
    private static final long PATIENCE_SECONDS = 10;

    private Answers() {
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the port is being closed");
        }
        catch (TimeoutException ex) {
            throw new KvException(KvException.Code.TIMEOUT);
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException(ex.getCause());
        }
    }

}
