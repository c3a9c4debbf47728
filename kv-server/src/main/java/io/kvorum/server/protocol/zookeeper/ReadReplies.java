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
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.MultiHeader;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeId;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.tree.AccessControl;
import io.kvorum.server.tree.Children;
import io.kvorum.server.tree.Znode;

/** Turns what was read into the answers that clients may have. */
final class ReadReplies {

    private ReadReplies() {
    }

    /**
     * Answers a read.
     * @param request the read
     * @param znode the znode, if there is one
     * @param below the keys of its children, if the read is about them
     * @param ids who asks
     */
    static Answer of(Request.Read request, @Nullable Znode znode, List<KeyValue> below, List<ZnodeId> ids) {
        if (request instanceof Request.Exists && request.path().indexOf('\0') >= 0) {
            return Answer.failed(ErrorCodes.BAD_ARGUMENTS);
        }
        if (znode == null) {
            return Answer.failed(ErrorCodes.NO_NODE);
        }
        int permissions = (request instanceof Request.GetAcl) ? ZnodeAcl.READ | ZnodeAcl.ADMIN : ZnodeAcl.READ;
        if (!AccessControl.allows(znode.acl(), permissions, ids)) {
            return Answer.failed(ErrorCodes.NO_AUTH);
        }
        return new Answer(ErrorCodes.OK, body(request, znode, below, ids));
    }

    /** Puts several answers into one. */
    static Record together(List<Request.Read> reads, List<Answer> answers) {
        return new Together(reads, answers);
    }

    private static Record body(Request.Read request, Znode znode, List<KeyValue> below, List<ZnodeId> ids) {
        if (request instanceof Request.GetData) {
            Bytes data = znode.data();
            return new GetDataResponse((data != null) ? data.array() : null, Stats.of(znode.stat()));
        }
        if (request instanceof Request.GetAcl) {
            boolean whole = AccessControl.allows(znode.acl(), ZnodeAcl.ADMIN, ids);
            List<ACL> acl = znode.acl().stream().map((entry) -> acl(entry, whole)).toList();
            return new GetACLResponse(acl, Stats.of(znode.stat()));
        }
        if (request instanceof Request.GetChildren children) {
            List<String> names = Children.names(znode.path(), below);
            return children.withStat() ? new GetChildren2Response(names, Stats.of(znode.stat()))
                    : new GetChildrenResponse(names);
        }
        return new ExistsResponse(Stats.of(znode.stat()));
    }

    /** ZooKeeper: whoever cannot change the list does not see the digests in it. */
    private static ACL acl(ZnodeAcl entry, boolean whole) {
        String id = entry.id();
        boolean hidden = !whole && entry.scheme().equals("digest") && id.indexOf(':') >= 0;
        String shown = hidden ? id.substring(0, id.indexOf(':')) + ":x" : id;
        return new ACL(entry.permissions(), new Id(entry.scheme(), shown));
    }

    /**
     * What came of a read.
     *
     * @param error what went wrong, or {@link ErrorCodes#OK}
     * @param body the answer, if nothing did
     */
    record Answer(int error, @Nullable Record body) {

        static Answer failed(int error) {
            return new Answer(error, null);
        }

    }

    /** The answer to several reads. */
    private record Together(List<Request.Read> reads, List<Answer> answers) implements Record {

        @Override
        public void serialize(OutputArchive archive, String tag) throws IOException {
            for (int i = 0; i < this.answers.size(); i++) {
                int error = this.answers.get(i).error();
                Record body = this.answers.get(i).body();
                int type = (this.reads.get(i) instanceof Request.GetData) ? OpCode.GET_DATA : OpCode.GET_CHILDREN;
                new MultiHeader((body != null) ? type : OpCode.ERROR, false, error).serialize(archive, tag);
                ((body != null) ? body : new ErrorResponse(error)).serialize(archive, tag);
            }
            new MultiHeader(OpCode.ERROR, true, -1).serialize(archive, tag);
        }

        @Override
        public void deserialize(InputArchive archive, String tag) {
            throw new UnsupportedOperationException("answers are only written");
        }

    }

}
