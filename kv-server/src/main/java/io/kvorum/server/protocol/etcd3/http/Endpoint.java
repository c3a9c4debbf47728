/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Answers requests to one path. Called on the connection's event loop: must not block.
 */
@FunctionalInterface
interface Endpoint {

    /**
     * Answers a GET request.
     * @param query the parameters behind the question mark
     * @return the answer; a failure becomes status 500
     */
    CompletableFuture<Answer> get(Map<String, List<String>> query);

}
