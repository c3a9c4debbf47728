/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.apache.jute.BinaryInputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetAllChildrenNumberResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.SyncResponse;
import org.apache.zookeeper.proto.WatcherEvent;
import org.apache.zookeeper.proto.WhoAmIResponse;
import org.jspecify.annotations.Nullable;

/** Reads one frame: an event, or the answer to a request that is known. */
final class AnswerDecoder {

    private static final int EVENT_XID = -1;

    private static final int UNIMPLEMENTED = -6;

    private static final int AUTH_FAILED = -115;

    private final byte[] frame;

    private final ByteArrayInputStream bytes;

    private final BinaryInputArchive in;

    private final String base;

    private final AnswerArchive out;

    private final ReplyHeader header = new ReplyHeader();

    AnswerDecoder(byte[] frame, String base, LongFunction<String> sessionNames, Map<String, Integer> offsets) {
        this.frame = frame;
        this.bytes = new ByteArrayInputStream(frame);
        this.in = new BinaryInputArchive(new DataInputStream(this.bytes), frame.length, frame.length);
        this.base = base;
        this.out = new AnswerArchive(base, sessionNames, offsets);
        try {
            this.header.deserialize(this.in, "header");
        }
        catch (IOException ex) {
            throw new IllegalStateException("a frame of " + frame.length + " bytes without a header", ex);
        }
    }

    boolean isEvent() {
        return this.header.getXid() == EVENT_XID;
    }

    boolean isGood() {
        return this.header.getErr() == 0;
    }

    /** Whether the server closes the connection behind this answer. */
    boolean isLast(Request request) {
        boolean unknown = this.header.getErr() == UNIMPLEMENTED && this.header.getZxid() == -1;
        return unknown || this.header.getErr() == AUTH_FAILED || (isGood() && request.type() == Op.CLOSE_SESSION);
    }

    int xid() {
        return this.header.getXid();
    }

    long zxid() {
        return this.header.getZxid();
    }

    Answer event() {
        this.out.tokens().add(new Token.Zxid("event", this.header.getZxid(), true));
        this.out.writeInt(this.header.getErr(), "err");
        copy(new WatcherEvent());
        return complete();
    }

    Answer reply(Request request) {
        boolean write = isGood() && isWrite(request.type());
        this.out.tokens().add(new Token.Zxid("zxid", this.header.getZxid(), write));
        this.out.writeInt(this.header.getErr(), "err");
        if (isGood() || this.bytes.available() > 0) {
            body(request);
        }
        return complete();
    }

    static boolean isWrite(int type) {
        return switch (type) {
            case Op.CREATE, Op.CREATE_2, Op.CREATE_CONTAINER, Op.CREATE_TTL, Op.DELETE, Op.SET_DATA, Op.SET_ACL -> true;
            default -> false;
        };
    }

    private void body(Request request) {
        switch (request.type()) {
            case Op.CREATE -> copy(new CreateResponse());
            case Op.CREATE_2, Op.CREATE_CONTAINER, Op.CREATE_TTL -> copy(new Create2Response());
            case Op.EXISTS -> copy(new ExistsResponse());
            case Op.GET_DATA -> copy(new GetDataResponse());
            case Op.SET_DATA -> copy(new SetDataResponse());
            case Op.GET_ACL -> copy(new GetACLResponse());
            case Op.SET_ACL -> copy(new SetACLResponse());
            case Op.GET_CHILDREN -> children(request, new GetChildrenResponse());
            case Op.GET_CHILDREN_2 -> children2(request, new GetChildren2Response());
            case Op.SYNC -> copy(new SyncResponse());
            case Op.MULTI, Op.MULTI_READ -> multi(request);
            case Op.GET_EPHEMERALS -> {
                GetEphemeralsResponse response = read(new GetEphemeralsResponse());
                response.setEphemerals(response.getEphemerals().stream().sorted().toList());
                write(response);
            }
            case Op.ALL_CHILDREN_NUMBER -> copy(new GetAllChildrenNumberResponse());
            case Op.ADD_WATCH -> copy(new ErrorResponse());
            case Op.WHO_AM_I -> {
                // ZooKeeper keeps them in a hash table.
                WhoAmIResponse response = read(new WhoAmIResponse());
                response.setClientInfo(
                        response.getClientInfo().stream().sorted(Comparator.comparing(ClientInfo::toString)).toList());
                write(response);
            }
            default -> {
                // Nothing more is expected.
            }
        }
    }

    private void multi(Request request) {
        MultiHeader part = read(new MultiHeader());
        while (!part.getDone()) {
            write(part);
            switch (part.getType()) {
                case Op.CREATE -> copy(new CreateResponse());
                case Op.CREATE_2, Op.CREATE_CONTAINER, Op.CREATE_TTL -> copy(new Create2Response());
                case Op.SET_DATA -> copy(new SetDataResponse());
                case Op.GET_DATA -> copy(new GetDataResponse());
                case Op.GET_CHILDREN -> children(request, new GetChildrenResponse());
                case -1 -> copy(new ErrorResponse());
                default -> {
                    // Deletions and checks say nothing more.
                }
            }
            part = read(new MultiHeader());
        }
        write(part);
    }

    private void children(Request request, GetChildrenResponse response) {
        read(response);
        response.setChildren(sorted(request, response.getChildren()));
        write(response);
    }

    private void children2(Request request, GetChildren2Response response) {
        read(response);
        response.setChildren(sorted(request, response.getChildren()));
        write(response);
    }

    private List<String> sorted(Request request, List<String> children) {
        List<String> sorted = new ArrayList<>(children);
        if (request.isRoot()) {
            // Earlier programs have left something there.
            sorted.removeIf((name) -> !name.equals(this.base.substring(1)) && !name.equals("zookeeper"));
        }
        sorted.sort(null);
        return sorted;
    }

    private Answer complete() {
        if (this.bytes.available() > 0) {
            this.out.writeInt(this.bytes.available(), "bytes that nobody asked for, of " + this.frame.length);
        }
        return new Answer(this.out.tokens());
    }

    private void copy(Record record) {
        write(read(record));
    }

    private <R extends Record> R read(R record) {
        try {
            record.deserialize(this.in, "answer");
            return record;
        }
        catch (IOException | RuntimeException ex) {
            throw new IllegalStateException("no " + record.getClass().getSimpleName() + " in a frame of "
                    + this.frame.length + " bytes after " + this.out.tokens(), ex);
        }
    }

    private void write(@Nullable Record record) {
        try {
            if (record != null) {
                record.serialize(this.out, "answer");
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
