/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

/** What the engine's answers mean to a caller. */
final class EngineErrors {

    private EngineErrors() {
    }

    /**
     * Tells whether a refused entry is certainly in nobody's log. The engine refuses an
     * entry before it appends it, or gives it up after leadership was lost, when other
     * members may have it and commit it. It uses the same code for both, so the text
     * decides: only the texts of refusal count as certain.
     */
    static boolean isCertainlyNotAppended(Status status) {
        String text = String.valueOf(status.getErrorMsg());
        return switch (status.getRaftError()) {
            case EBUSY, ENODESHUTDOWN -> true;
            case EPERM -> text.startsWith("Is not leader") || text.startsWith("expected_term=");
            default -> false;
        };
    }

    static KvException ofReadIndex(Status status) {
        Code code = switch (status.getRaftError()) {
            case ETIMEDOUT -> Code.TIMEOUT;
            case ENODESHUTDOWN, ESTOP, EHOSTDOWN -> Code.STOPPED;
            case EBUSY -> Code.TOO_MANY_REQUESTS;
            default -> Code.NO_LEADER;
        };
        return new KvException(code, status.getErrorMsg(), null);
    }

    static KvException ofTransfer(Status status) {
        Code code = (status.getRaftError() == RaftError.EINVAL) ? Code.BAD_LEADER_TRANSFEREE : Code.NOT_LEADER;
        return new KvException(code, status.getErrorMsg(), null);
    }

}
