/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.CheckVersionRequest;
import org.apache.zookeeper.proto.CheckWatchesRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetACLRequest;
import org.apache.zookeeper.proto.GetAllChildrenNumberRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetEphemeralsRequest;
import org.apache.zookeeper.proto.GetSASLRequest;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SetWatches2;
import org.apache.zookeeper.proto.SyncRequest;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeOperation.Create.Form;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.Bytes;

/**
 * Reads requests. What has no header is an {@link IOException}; what does not read as its
 * header claims is answered, as ZooKeeper does. Lengths inside a frame are checked
 * against the frame's limit by the archive.
 */
final class RequestDecoder {

    private static final String TAG = "request";

    private static final Set<String> SCHEMES_WITH_ID = Set.of("world", "ip", "digest");

    /** Larger flags are those of znodes with a TTL, or nothing. */
    private static final int CONTAINER_FLAGS = 4;

    private final BinaryInputArchive in;

    /**
     * ZooKeeper: a create without a list is an invalid list, in a multi it is malformed.
     */
    private boolean inMulti;

    private RequestDecoder(ByteBuf frame) {
        // Nothing inside a frame is longer than the frame itself.
        this.in = new BinaryInputArchive(new DataInputStream(new ByteBufInputStream(frame)), frame.readableBytes(), 0);
    }

    static Request decode(ByteBuf frame) throws IOException {
        RequestDecoder decoder = new RequestDecoder(frame);
        RequestHeader header = decoder.read(new RequestHeader());
        try {
            return decoder.read(header.getXid(), header.getType());
        }
        catch (IOException | RuntimeException ex) {
            // The archive throws all kinds of things for lengths and counts that make no
            // sense.
            return new Request.Impossible(header.getXid(), ErrorCodes.MARSHALLING_ERROR);
        }
    }

    private Request read(int xid, int type) throws IOException {
        return switch (type) {
            case OpCode.PING -> new Request.Ping(xid);
            case OpCode.CREATE, OpCode.CREATE_2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL, OpCode.DELETE,
                    OpCode.SET_DATA, OpCode.SET_ACL ->
                new Request.Write(xid, new ZnodeRequest(List.of(operation(type))), List.of(type), false);
            case OpCode.MULTI -> multi(xid);
            case OpCode.EXISTS -> exists(xid);
            case OpCode.GET_DATA -> getData(xid);
            case OpCode.GET_ACL -> new Request.GetAcl(xid, text(read(new GetACLRequest()).getPath()));
            case OpCode.GET_CHILDREN -> getChildren(xid);
            case OpCode.GET_CHILDREN_2 -> getChildren2(xid);
            case OpCode.SYNC -> new Request.Sync(xid, text(read(new SyncRequest()).getPath()));
            case OpCode.SET_WATCHES -> setWatches(xid);
            case OpCode.SET_WATCHES_2 -> setWatches2(xid);
            case OpCode.ADD_WATCH -> addWatch(xid);
            case OpCode.CHECK_WATCHES -> checkWatches(xid);
            case OpCode.REMOVE_WATCHES -> removeWatches(xid);
            case OpCode.CLOSE_SESSION -> new Request.CloseSession(xid);
            case OpCode.AUTH -> authenticate(xid);
            case OpCode.SASL -> sasl(xid);
            case OpCode.WHO_AM_I -> new Request.WhoAmI(xid);
            case OpCode.MULTI_READ -> multiRead(xid);
            case OpCode.GET_EPHEMERALS ->
                new Request.ListEphemerals(xid, text(read(new GetEphemeralsRequest()).getPrefixPath()));
            case OpCode.GET_ALL_CHILDREN_NUMBER ->
                new Request.CountDescendants(xid, text(read(new GetAllChildrenNumberRequest()).getPath()));
            // ZooKeeper: so unless it is switched on.
            case OpCode.RECONFIG -> new Request.Impossible(xid, ErrorCodes.RECONFIG_DISABLED);
            default -> new Request.Refused(xid, ErrorCodes.UNIMPLEMENTED);
        };
    }

    private Request authenticate(int xid) throws IOException {
        AuthPacket request = read(new AuthPacket());
        return new Request.Authenticate(xid, text(request.getScheme()), data(request.getAuth()));
    }

    private Request sasl(int xid) throws IOException {
        Bytes token = data(read(new GetSASLRequest()).getToken());
        return new Request.Sasl(xid, (token != null) ? token : Bytes.EMPTY);
    }

    private Request exists(int xid) throws IOException {
        ExistsRequest request = read(new ExistsRequest());
        return new Request.Exists(xid, text(request.getPath()), request.getWatch());
    }

    private Request getData(int xid) throws IOException {
        GetDataRequest request = read(new GetDataRequest());
        return new Request.GetData(xid, text(request.getPath()), request.getWatch());
    }

    private Request getChildren(int xid) throws IOException {
        GetChildrenRequest request = read(new GetChildrenRequest());
        return new Request.GetChildren(xid, text(request.getPath()), request.getWatch(), false);
    }

    private Request getChildren2(int xid) throws IOException {
        GetChildren2Request request = read(new GetChildren2Request());
        return new Request.GetChildren(xid, text(request.getPath()), request.getWatch(), true);
    }

    private Request setWatches(int xid) throws IOException {
        SetWatches request = read(new SetWatches());
        return new Request.SetWatches(xid, request.getRelativeZxid(), texts(request.getDataWatches()),
                texts(request.getExistWatches()), texts(request.getChildWatches()), List.of(), List.of());
    }

    private Request setWatches2(int xid) throws IOException {
        SetWatches2 request = read(new SetWatches2());
        return new Request.SetWatches(xid, request.getRelativeZxid(), texts(request.getDataWatches()),
                texts(request.getExistWatches()), texts(request.getChildWatches()),
                texts(request.getPersistentWatches()), texts(request.getPersistentRecursiveWatches()));
    }

    private Request addWatch(int xid) throws IOException {
        AddWatchRequest request = read(new AddWatchRequest());
        return switch (request.getMode()) {
            case 0 -> new Request.AddWatch(xid, text(request.getPath()), WatchMode.PERSISTENT);
            case 1 -> new Request.AddWatch(xid, text(request.getPath()), WatchMode.RECURSIVE);
            default -> new Request.Impossible(xid, ErrorCodes.MARSHALLING_ERROR);
        };
    }

    private Request checkWatches(int xid) throws IOException {
        CheckWatchesRequest request = read(new CheckWatchesRequest());
        return findWatches(xid, request.getPath(), request.getType(), false);
    }

    private Request removeWatches(int xid) throws IOException {
        RemoveWatchesRequest request = read(new RemoveWatchesRequest());
        return findWatches(xid, request.getPath(), request.getType(), true);
    }

    private static Request findWatches(int xid, @Nullable String path, int type, boolean remove) {
        List<WatchMode> modes = WatchMode.ofRemoval(type);
        return modes.isEmpty() ? new Request.Impossible(xid, ErrorCodes.MARSHALLING_ERROR)
                : new Request.FindWatches(xid, text(path), modes, remove);
    }

    private Request multi(int xid) throws IOException {
        this.inMulti = true;
        List<ZnodeOperation> operations = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (MultiHeader header = read(new MultiHeader()); !header.getDone(); header = read(new MultiHeader())) {
            int type = header.getType();
            if (!isWrite(type) && type != OpCode.CHECK) {
                throw new IOException("no part of a multi: " + type);
            }
            ZnodeOperation operation = operation(type);
            if (operation instanceof ZnodeOperation.Create create) {
                operation = partOfMulti(create, type);
                type = typeInMulti(create, type);
            }
            operations.add(operation);
            types.add(type);
        }
        return new Request.Write(xid, new ZnodeRequest(operations), types, true);
    }

    private Request multiRead(int xid) throws IOException {
        List<Request.Read> reads = new ArrayList<>();
        for (MultiHeader header = read(new MultiHeader()); !header.getDone(); header = read(new MultiHeader())) {
            switch (header.getType()) {
                case OpCode.GET_DATA ->
                    reads.add(new Request.GetData(xid, text(read(new GetDataRequest()).getPath()), false));
                case OpCode.GET_CHILDREN -> reads
                    .add(new Request.GetChildren(xid, text(read(new GetChildrenRequest()).getPath()), false, false));
                default -> throw new IOException("no part of a multi of reads: " + header.getType());
            }
        }
        return new Request.MultiRead(xid, reads);
    }

    /** ZooKeeper: in a multi, the flags decide what kind of create it is. */
    private static ZnodeOperation.Create partOfMulti(ZnodeOperation.Create create, int type) throws IOException {
        int flags = create.flags();
        if (flags < 0 || flags > CONTAINER_FLAGS) {
            if (type != OpCode.CREATE_TTL) {
                throw new IOException("flags of a multi's create: " + flags);
            }
            return create;
        }
        boolean container = flags == CONTAINER_FLAGS || type == OpCode.CREATE_CONTAINER;
        Form form = container ? Form.CONTAINER : Form.PLAIN;
        return new ZnodeOperation.Create(create.path(), create.data(), create.acl(), flags, form, -1);
    }

    private static int typeInMulti(ZnodeOperation.Create create, int type) {
        if (create.flags() == CONTAINER_FLAGS) {
            return OpCode.CREATE_CONTAINER;
        }
        boolean plain = create.flags() >= 0 && create.flags() < CONTAINER_FLAGS;
        if (!plain || type == OpCode.CREATE) {
            return type;
        }
        return (type == OpCode.CREATE_TTL) ? OpCode.CREATE : OpCode.CREATE_2;
    }

    private static boolean isWrite(int type) {
        return switch (type) {
            case OpCode.CREATE, OpCode.CREATE_2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL, OpCode.DELETE,
                    OpCode.SET_DATA ->
                true;
            default -> false;
        };
    }

    private ZnodeOperation operation(int type) throws IOException {
        switch (type) {
            case OpCode.DELETE -> {
                DeleteRequest request = read(new DeleteRequest());
                return new ZnodeOperation.Delete(text(request.getPath()), request.getVersion());
            }
            case OpCode.SET_DATA -> {
                SetDataRequest request = read(new SetDataRequest());
                return new ZnodeOperation.SetData(text(request.getPath()), data(request.getData()),
                        request.getVersion());
            }
            case OpCode.SET_ACL -> {
                SetACLRequest request = read(new SetACLRequest());
                return new ZnodeOperation.SetAcl(text(request.getPath()), acl(request.getAcl()), request.getVersion());
            }
            case OpCode.CHECK -> {
                CheckVersionRequest request = read(new CheckVersionRequest());
                return new ZnodeOperation.Check(text(request.getPath()), request.getVersion());
            }
            case OpCode.CREATE_TTL -> {
                CreateTTLRequest request = read(new CreateTTLRequest());
                return new ZnodeOperation.Create(text(request.getPath()), data(request.getData()),
                        acl((request.getAcl() != null) ? request.getAcl() : List.of()), request.getFlags(), Form.TTL,
                        request.getTtl());
            }
            default -> {
                CreateRequest request = read(new CreateRequest());
                Form form = (type == OpCode.CREATE_CONTAINER) ? Form.CONTAINER : Form.PLAIN;
                return new ZnodeOperation.Create(text(request.getPath()), data(request.getData()),
                        acl(request.getAcl()), request.getFlags(), form, -1);
            }
        }
    }

    private <R extends Record> R read(R request) throws IOException {
        request.deserialize(this.in, TAG);
        return request;
    }

    private List<ZnodeAcl> acl(@Nullable List<ACL> entries) throws IOException {
        if (entries == null && this.inMulti) {
            throw new IOException("no list in a multi's create");
        }
        List<ZnodeAcl> acl = new ArrayList<>();
        for (ACL entry : (entries != null) ? entries : List.<ACL>of()) {
            String scheme = text(entry.getId().getScheme());
            if (entry.getId().getId() == null && SCHEMES_WITH_ID.contains(scheme)) {
                // ZooKeeper: these trip over it; the others never look at it.
                throw new IOException("no id with scheme " + scheme);
            }
            acl.add(new ZnodeAcl(entry.getPerms(), scheme, text(entry.getId().getId())));
        }
        return acl;
    }

    private static @Nullable Bytes data(byte @Nullable [] data) {
        return (data != null) ? Bytes.wrap(data) : null;
    }

    private static List<String> texts(@Nullable List<String> texts) {
        return (texts != null) ? texts.stream().map(RequestDecoder::text).toList() : List.of();
    }

    private static String text(@Nullable String text) {
        return (text != null) ? text : "";
    }

}
