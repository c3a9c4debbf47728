/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.jute.BinaryInputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.WatcherEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers down such that those that mean the same look the same: without zxids,
 * times and ids of sessions, and with children in order.
 */
final class NormalForm {

    private static final String TAG = "answer";

    private final BinaryInputArchive in;

    private NormalForm(byte[] frame) {
        this.in = new BinaryInputArchive(new DataInputStream(new ByteArrayInputStream(frame)), frame.length, 0);
    }

    /** Writes the answer to a request of a type down. */
    static String ofAnswer(int type, byte[] frame) {
        try {
            NormalForm form = new NormalForm(frame);
            ReplyHeader header = form.read(new ReplyHeader());
            return (header.getErr() != 0) ? "error " + header.getErr() : form.body(type);
        }
        catch (IOException | RuntimeException ex) {
            return "unreadable: " + ex.getMessage();
        }
    }

    /** Writes an event down. */
    static String ofEvent(byte[] frame) {
        try {
            NormalForm form = new NormalForm(frame);
            form.read(new ReplyHeader());
            WatcherEvent event = form.read(new WatcherEvent());
            return "event " + event.getType() + " " + event.getPath();
        }
        catch (IOException | RuntimeException ex) {
            return "unreadable event: " + ex.getMessage();
        }
    }

    private String body(int type) throws IOException {
        return switch (type) {
            case RequestType.CREATE -> read(new CreateResponse()).getPath();
            case RequestType.CREATE_2, RequestType.CREATE_CONTAINER, RequestType.CREATE_TTL -> {
                Create2Response created = read(new Create2Response());
                yield created.getPath() + " " + text(created.getStat());
            }
            case RequestType.EXISTS -> text(read(new ExistsResponse()).getStat());
            case RequestType.SET_DATA -> text(read(new SetDataResponse()).getStat());
            case RequestType.SET_ACL -> text(read(new SetACLResponse()).getStat());
            case RequestType.GET_DATA -> {
                GetDataResponse data = read(new GetDataResponse());
                yield text(data.getData()) + " " + text(data.getStat());
            }
            case RequestType.GET_ACL -> {
                GetACLResponse acl = read(new GetACLResponse());
                yield acl.getAcl() + " " + text(acl.getStat());
            }
            case RequestType.GET_CHILDREN -> sorted(read(new GetChildrenResponse()).getChildren());
            case RequestType.GET_CHILDREN_2 -> {
                GetChildren2Response children = read(new GetChildren2Response());
                yield sorted(children.getChildren()) + " " + text(children.getStat());
            }
            case RequestType.MULTI, RequestType.MULTI_READ -> several();
            default -> "done";
        };
    }

    private String several() throws IOException {
        List<String> results = new ArrayList<>();
        for (MultiHeader header = read(new MultiHeader()); !header.getDone(); header = read(new MultiHeader())) {
            results.add((header.getType() == RequestType.ERROR) ? "error " + read(new ErrorResponse()).getErr()
                    : body(header.getType()));
        }
        return results.toString();
    }

    private <R extends Record> R read(R record) throws IOException {
        record.deserialize(this.in, TAG);
        return record;
    }

    private static String sorted(List<String> children) {
        return children.stream().sorted().toList().toString();
    }

    private static String text(byte @Nullable [] data) {
        return (data == null) ? "null" : data.length + " bytes " + Integer.toHexString(Arrays.hashCode(data));
    }

    private static String text(Stat stat) {
        return "version=" + stat.getVersion() + " cversion=" + stat.getCversion() + " aversion=" + stat.getAversion()
                + " ephemeral=" + (stat.getEphemeralOwner() != 0) + " length=" + stat.getDataLength() + " children="
                + stat.getNumChildren() + " changed=" + (stat.getMzxid() != stat.getCzxid());
    }

}
