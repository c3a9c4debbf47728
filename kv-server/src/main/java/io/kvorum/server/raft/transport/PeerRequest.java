/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A request on its way to a peer. Exactly one of the two outcomes is reported, once. */
interface PeerRequest {

    /**
     * Encodes the request.
     * @param allocator where to get memory
     * @return the frame, with no id yet
     */
    ByteBuf encode(ByteBufAllocator allocator);

    /**
     * The answer is here. On the event loop.
     * @param response the answer; its body is valid during the call
     * @throws InvalidProtocolBufferException if the answer makes no sense; the connection
     * is then closed, and the failure reported
     */
    void answered(Frame response) throws InvalidProtocolBufferException;

    /**
     * There will be no answer. On any thread, that of the caller included.
     * @param failure why
     */
    void failed(PeerFailure failure);

}
