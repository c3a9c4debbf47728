/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import io.kvorum.server.common.MemberId;

/** For a group whose followers may learn of commits late. */
final class IgnoredAppends implements AppendListener {

    @Override
    public void sending(MemberId follower, AppendEntriesRequest request) {
    }

    @Override
    public void ended(MemberId follower, AppendEntriesRequest request, boolean stored) {
    }

}
