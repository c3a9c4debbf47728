/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import io.kvorum.server.common.MemberId;

/**
 * Sees the entries that the engine sends to followers, and what became of them. Any
 * thread; must not block.
 */
public interface AppendListener {

    /**
     * Entries are on their way.
     * @param follower where they go
     * @param request the message; it has entries
     */
    void sending(MemberId follower, AppendEntriesRequest request);

    /**
     * The message was answered, or will not be. Comes once for each
     * {@link #sending(MemberId, AppendEntriesRequest)}.
     * @param follower where the entries went
     * @param request the message
     * @param stored whether the follower has all its entries on disk
     */
    void ended(MemberId follower, AppendEntriesRequest request, boolean stored);

}
