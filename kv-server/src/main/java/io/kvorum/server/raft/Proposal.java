/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import org.jspecify.annotations.Nullable;

/**
 * One entry on its way. The engine gives it back either with the committed entry or with
 * the reason why there will be none. Compared by identity.
 */
final class Proposal implements Closure {

    private final Proposals owner;

    private final Object attachment;

    private final RaftMember.ProposalCallback callback;

    private final int sizeBytes;

    Proposal(Proposals owner, Object attachment, RaftMember.ProposalCallback callback, int sizeBytes) {
        this.owner = owner;
        this.attachment = attachment;
        this.callback = callback;
        this.sizeBytes = sizeBytes;
    }

    int sizeBytes() {
        return this.sizeBytes;
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
