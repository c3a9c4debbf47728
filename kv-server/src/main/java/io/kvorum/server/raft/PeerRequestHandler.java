/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.concurrent.CompletableFuture;

import io.kvorum.server.common.MemberId;

/**
 * Answers requests that other members send to the node layer. Called on the transport's
 * event loop: must not block.
 */
@FunctionalInterface
public interface PeerRequestHandler {

    /**
     * Answers one request.
     * @param from the member that asks
     * @param kind which kind of request it is
     * @param request the request's bytes
     * @return the answer's bytes
     */
    CompletableFuture<byte[]> handle(MemberId from, byte kind, byte[] request);

}
