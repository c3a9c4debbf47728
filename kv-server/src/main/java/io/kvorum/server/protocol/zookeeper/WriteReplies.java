/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.IOException;
import java.util.List;

import org.apache.jute.InputArchive;
import org.apache.jute.OutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAnswer;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOutcome;

/** Turns what came of writes into the answers that their clients expect. */
final class WriteReplies {

    private WriteReplies() {
    }

    static Reply of(Request.Write write, ZnodeAnswer answer) {
        ZnodeError error = answer.error();
        boolean session = error == ZnodeError.SESSION_EXPIRED || error == ZnodeError.SESSION_MOVED;
        if (write.multi() && !session) {
            // The answer to a multi is well even when its operations failed.
            return Reply.ok(write.xid(), answer.zxid(), new MultiAnswer(write.types(), answer.outcomes(), error));
        }
        if (error != ZnodeError.NONE) {
            return Reply.failed(write.xid(), answer.zxid(), ErrorCodes.of(error));
        }
        return Reply.ok(write.xid(), answer.zxid(), body(write.types().get(0), answer.outcomes().get(0)));
    }

    private static @Nullable Record body(int type, ZnodeOutcome outcome) {
        return switch (type) {
            case OpCode.CREATE -> new CreateResponse(outcome.path());
            case OpCode.CREATE_2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL ->
                new Create2Response(outcome.path(), Stats.of(outcome.stat()));
            case OpCode.SET_DATA -> new SetDataResponse(Stats.of(outcome.stat()));
            case OpCode.SET_ACL -> new SetACLResponse(Stats.of(outcome.stat()));
            default -> null;
        };
    }

    /**
     * The list of answers of a multi.
     *
     * @param types the wire's types of the operations
     * @param outcomes what came of them
     * @param error why the whole failed
     */
    private record MultiAnswer(List<Integer> types, List<ZnodeOutcome> outcomes, ZnodeError error) implements Record {

        @Override
        public void serialize(OutputArchive archive, String tag) throws IOException {
            for (int i = 0; i < this.outcomes.size(); i++) {
                if (this.error != ZnodeError.NONE) {
                    int code = ErrorCodes.of(this.outcomes.get(i).error());
                    new MultiHeader(OpCode.ERROR, false, code).serialize(archive, tag);
                    new ErrorResponse(code).serialize(archive, tag);
                    continue;
                }
                new MultiHeader(typeOfResult(this.types.get(i)), false, 0).serialize(archive, tag);
                Record body = body(this.types.get(i), this.outcomes.get(i));
                if (body != null) {
                    body.serialize(archive, tag);
                }
            }
            new MultiHeader(OpCode.ERROR, true, -1).serialize(archive, tag);
        }

        /** ZooKeeper: results of multi that tell a stat are all of one type. */
        private static int typeOfResult(int type) {
            return (type == OpCode.CREATE_CONTAINER || type == OpCode.CREATE_TTL) ? OpCode.CREATE_2 : type;
        }

        @Override
        public void deserialize(InputArchive archive, String tag) {
            throw new UnsupportedOperationException("answers are only written");
        }

    }

}
