/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.jute.InputArchive;
import org.apache.jute.OutputArchive;
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
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SetWatches2;
import org.apache.zookeeper.proto.SyncRequest;
import org.jspecify.annotations.Nullable;

/** Makes requests. */
final class Requests {

    private static final String TAG = "request";

    private static final int SET_WATCHES_XID = -8;

    private static final int MOST_CHARACTERS = 40;

    private Requests() {
    }

    static Request create(int type, String path, byte @Nullable [] data, @Nullable List<ACL> acl, int flags) {
        return one(type, (type == Op.CREATE) ? "create" : (type == Op.CREATE_2) ? "create2" : "createContainer", path,
                new CreateRequest(path, data, acl, flags), data(data), flags(flags), acl(acl));
    }

    static Request createTtl(String path, byte @Nullable [] data, @Nullable List<ACL> acl, int flags, long ttl) {
        return one(Op.CREATE_TTL, "createTTL", path, new CreateTTLRequest(path, data, acl, flags, ttl), data(data),
                flags(flags), acl(acl), "ttl=" + ttl);
    }

    static Request delete(String path, int version) {
        return one(Op.DELETE, "delete", path, new DeleteRequest(path, version), "version=" + version);
    }

    static Request exists(String path, boolean watch) {
        return one(Op.EXISTS, "exists", path, new ExistsRequest(path, watch), watch(watch));
    }

    static Request getData(String path, boolean watch) {
        return one(Op.GET_DATA, "getData", path, new GetDataRequest(path, watch), watch(watch));
    }

    static Request setData(String path, byte @Nullable [] data, int version) {
        return one(Op.SET_DATA, "setData", path, new SetDataRequest(path, data, version), data(data),
                "version=" + version);
    }

    static Request getAcl(String path) {
        return one(Op.GET_ACL, "getACL", path, new GetACLRequest(path));
    }

    static Request setAcl(String path, @Nullable List<ACL> acl, int version) {
        return one(Op.SET_ACL, "setACL", path, new SetACLRequest(path, acl, version), acl(acl), "version=" + version);
    }

    static Request getChildren(String path, boolean watch) {
        return one(Op.GET_CHILDREN, "getChildren", path, new GetChildrenRequest(path, watch), watch(watch));
    }

    static Request getChildren2(String path, boolean watch) {
        return one(Op.GET_CHILDREN_2, "getChildren2", path, new GetChildren2Request(path, watch), watch(watch));
    }

    static Request sync(String path) {
        return one(Op.SYNC, "sync", path, new SyncRequest(path));
    }

    static Request check(String path, int version) {
        return one(Op.CHECK, "check", path, new CheckVersionRequest(path, version), "version=" + version);
    }

    static Request getEphemerals(String prefix) {
        return one(Op.GET_EPHEMERALS, "getEphemerals", prefix, new GetEphemeralsRequest(prefix));
    }

    static Request allChildrenNumber(String path) {
        return one(Op.ALL_CHILDREN_NUMBER, "getAllChildrenNumber", path, new GetAllChildrenNumberRequest(path));
    }

    static Request addWatch(String path, int mode) {
        return one(Op.ADD_WATCH, "addWatch", path, new AddWatchRequest(path, mode), "mode=" + mode);
    }

    static Request checkWatches(String path, int mode) {
        return one(Op.CHECK_WATCHES, "checkWatches", path, new CheckWatchesRequest(path, mode), "type=" + mode);
    }

    static Request removeWatches(String path, int mode) {
        return one(Op.REMOVE_WATCHES, "removeWatches", path, new RemoveWatchesRequest(path, mode), "type=" + mode);
    }

    static Request auth(String scheme, String secret) {
        return new Request(-4, Op.AUTH, "auth " + scheme + " " + secret,
                new AuthPacket(0, scheme, secret.getBytes(StandardCharsets.UTF_8)), Request.NO_PATH);
    }

    static Request ping() {
        return empty(-2, Op.PING, "ping");
    }

    static Request whoAmI() {
        return empty(0, Op.WHO_AM_I, "whoAmI");
    }

    static Request closeSession() {
        return empty(0, Op.CLOSE_SESSION, "closeSession");
    }

    /** A request with nothing in it. */
    static Request empty(int xid, int type, String text) {
        return new Request(xid, type, text, raw((archive) -> {
        }), Request.NO_PATH);
    }

    /** The watches of an earlier connection; the client has seen this many writes. */
    static Request setWatches(int writes, List<String> data, List<String> exist, List<String> children) {
        return new Request(SET_WATCHES_XID, Op.SET_WATCHES,
                "setWatches write=" + writes + " data=" + data + " exist=" + exist + " children=" + children,
                new SetWatches(writes, data, exist, children), Request.NO_PATH);
    }

    static Request setWatches2(int writes, List<String> data, List<String> exist, List<String> children,
            List<String> persistent, List<String> recursive) {
        return new Request(SET_WATCHES_XID, Op.SET_WATCHES_2,
                "setWatches2 write=" + writes + " data=" + data + " exist=" + exist + " children=" + children
                        + " persistent=" + persistent + " recursive=" + recursive,
                new SetWatches2(writes, data, exist, children, persistent, recursive), Request.NO_PATH);
    }

    /** Several at once: writes, or reads with {@link Op#MULTI_READ}. */
    static Request multi(int type, List<Request> parts) {
        List<Request> all = new ArrayList<>(parts);
        return new Request(0, type, ((type == Op.MULTI) ? "multi" : "multiRead") + all, raw((archive) -> {
            for (Request part : all) {
                new MultiHeader(part.type(), false, -1).serialize(archive, TAG);
                part.body().serialize(archive, TAG);
            }
            new MultiHeader(-1, true, -1).serialize(archive, TAG);
        }), Request.NO_PATH);
    }

    /** The same request without its body. */
    static Request beheaded(Request request) {
        return new Request(request.xid(), request.type(), "nothing but the header of " + request.text(),
                raw((archive) -> {
                }), Request.NO_PATH);
    }

    private static Request one(int type, String name, String path, Record body, String... details) {
        return new Request(0, type, (name + " '" + printable(path) + "' " + String.join(" ", details)).strip(), body,
                path);
    }

    private static Record raw(Writer writer) {
        return new Record() {

            @Override
            public void serialize(OutputArchive archive, String tag) throws IOException {
                writer.write(archive);
            }

            @Override
            public void deserialize(InputArchive archive, String tag) {
                throw new UnsupportedOperationException("requests are only written");
            }

        };
    }

    static String printable(String text) {
        StringBuilder printed = new StringBuilder();
        text.chars()
            .forEach(
                    (c) -> printed.append((c > ' ' && c < 0x7f) ? Character.toString(c) : String.format("\\u%04x", c)));
        return printed.toString();
    }

    private static String data(byte @Nullable [] data) {
        if (data == null) {
            return "data=null";
        }
        return (data.length <= MOST_CHARACTERS) ? "data='" + new String(data, StandardCharsets.UTF_8) + "'"
                : "data=" + data.length + " bytes";
    }

    private static String flags(int flags) {
        return "flags=" + flags;
    }

    private static String acl(@Nullable List<ACL> acl) {
        if (acl == null) {
            return "acl=null";
        }
        StringBuilder text = new StringBuilder("acl=");
        for (ACL entry : acl) {
            text.append(entry.getId().getScheme() + ":" + entry.getId().getId() + ":" + entry.getPerms() + ",");
        }
        return text.toString();
    }

    private static String watch(boolean watch) {
        return watch ? "and watch" : "";
    }

    /** Writes a body. */
    @FunctionalInterface
    private interface Writer {

        void write(OutputArchive archive) throws IOException;

    }

}
