/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.nio.ByteBuffer;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.Task;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/**
 * One entry on its way. The engine gives it back either with the committed entry or with
 * the reason why there will be none. Compared by identity.
 */
final class Proposal implements Closure {

    private final Proposals owner;

    private final Object attachment;

    private final RaftMember.ProposalCallback callback;

    private final Bytes entry;

    Proposal(Proposals owner, Bytes entry, Object attachment, RaftMember.ProposalCallback callback) {
        this.owner = owner;
        this.attachment = attachment;
        this.callback = callback;
        this.entry = entry;
    }

    int sizeBytes() {
        return this.entry.length();
    }

    /** Returns the proposal as the engine wants it. */
    Task task() {
        return new Task(ByteBuffer.wrap(this.entry.array()), this);
    }

    /** Returns the attachment, unless the callback was told of a failure before. */
    @Nullable Object committed() {
        return this.owner.remove(this) ? this.attachment : null;
    }

    void fail(boolean certain, String reason) {
        if (this.owner.remove(this)) {
            this.callback.failed(certain, reason);
        }
    }

    @Override
    public void run(Status status) {
        if (!status.isOk()) {
            fail(EngineErrors.isCertainlyNotAppended(status), status.getErrorMsg());
        }
    }

}
