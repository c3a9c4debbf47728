/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.concurrent.CompletableFuture;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A request of the node layer. */
final class NodeCall implements PeerRequest {

    private final byte kind;

    private final byte[] request;

    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    /**
     * Creates the request.
     * @param kind which kind of request it is
     * @param request the request's bytes
     */
    NodeCall(byte kind, byte[] request) {
        this.kind = kind;
        this.request = request;
    }

    /**
     * Returns the answer.
     * @return the answer's bytes
     */
    CompletableFuture<byte[]> answer() {
        return this.answer;
    }

    @Override
    public ByteBuf encode(ByteBufAllocator allocator) {
        return Frame.call(allocator, this.kind, this.request);
    }

    @Override
    public void answered(Frame response) throws InvalidProtocolBufferException {
        if (response.type() != MessageType.NODE_CALL.number()) {
            throw new InvalidProtocolBufferException("answer of type " + response.type() + " to a call");
        }
        this.answer.complete(response.bodyBytes());
    }

    @Override
    public void failed(PeerFailure failure) {
        this.answer.completeExceptionally(failure.toException());
    }

}
