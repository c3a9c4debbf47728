/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;

import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.watch.WatchSink.Delivered;

/** Makes the replies of the Watch service. Any thread. */
final class ReplyEncoder {

    /** Stands for no watcher, or all of a stream. */
    static final long NO_WATCHER = -1;

    private final Cluster cluster;

    private final WatchSettings settings;

    /** The newest header: the same for all watchers that hear of a revision. */
    private volatile Header header = new Header(-1, -1, ByteString.EMPTY);

    /** The events encoded last: watchers of the same get the same list. */
    private volatile EncodedEvents lastEvents = EncodedEvents.NONE;

    ReplyEncoder(Cluster cluster, WatchSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    WatchReply created(long id, long revision) {
        return control(head(revision, id, (out) -> out.writeBool(WatchResponse.CREATED_FIELD_NUMBER, true)));
    }

    /** A watcher that was not created. */
    WatchReply refused(String reason, long revision) {
        return control(head(revision, NO_WATCHER, (out) -> {
            out.writeBool(WatchResponse.CREATED_FIELD_NUMBER, true);
            out.writeBool(WatchResponse.CANCELED_FIELD_NUMBER, true);
            out.writeString(WatchResponse.CANCEL_REASON_FIELD_NUMBER, reason);
        }));
    }

    WatchReply canceled(long id, long revision) {
        return control(head(revision, id, (out) -> out.writeBool(WatchResponse.CANCELED_FIELD_NUMBER, true)));
    }

    /** etcd: the header of this one has no revision. */
    WatchReply compacted(long id, long compactRevision) {
        return control(head(0, id, (out) -> {
            out.writeBool(WatchResponse.CANCELED_FIELD_NUMBER, true);
            out.writeInt64(WatchResponse.COMPACT_REVISION_FIELD_NUMBER, compactRevision);
        }));
    }

    WatchReply progress(long id, long revision) {
        return control(head(revision, id));
    }

    /**
     * Makes the replies for events of one or several revisions: usually one. Too many
     * bytes are cut between two revisions, and inside one if fragments are wanted.
     * @param id the watcher
     * @param events the events, not empty
     * @param revision the store's revision
     * @param fragments whether the watcher asked for fragments
     * @return the replies in order
     */
    List<WatchReply> events(long id, List<Delivered> events, long revision, boolean fragments) {
        WatchReply whole = new WatchReply(head(revision, id), encoded(events));
        if (whole.sizeBytes() <= this.settings.maxResponseBytes()) {
            return List.of(whole);
        }
        List<WatchReply> replies = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = endOfRevisions(events, from);
            // Not all events up to the store's revision are in it, unless it is the last.
            long upTo = (to == events.size()) ? revision : events.get(to - 1).event().kv().modRevision();
            List<Delivered> part = events.subList(from, to);
            if (fragments) {
                addFragments(replies, id, part, upTo);
            }
            else {
                replies.add(new WatchReply(head(upTo, id), new EncodedEvents(part)));
            }
            from = to;
        }
        return replies;
    }

    private int endOfRevisions(List<Delivered> events, int from) {
        long size = 0;
        int end = from;
        for (int i = from; i < events.size(); i++) {
            if (i > from && revision(events, i) != revision(events, i - 1)) {
                end = i;
            }
            size += EventEncoder.encoded(events.get(i)).length;
            if (size > this.settings.maxResponseBytes() && end > from) {
                return end;
            }
        }
        return events.size();
    }

    private static long revision(List<Delivered> events, int index) {
        return events.get(index).event().kv().modRevision();
    }

    private void addFragments(List<WatchReply> replies, long id, List<Delivered> events, long revision) {
        byte[] last = head(revision, id);
        byte[] more = head(revision, id, (out) -> out.writeBool(WatchResponse.FRAGMENT_FIELD_NUMBER, true));
        int from = 0;
        int size = last.length;
        for (int i = 0; i < events.size(); i++) {
            int added = EventEncoder.encoded(events.get(i)).length;
            // etcd's measure: a fragment stays below the limit, unless one event alone is
            // larger.
            if (i > from && more.length + size - last.length + added >= this.settings.fragmentBytes()) {
                replies.add(new WatchReply(more, new EncodedEvents(events.subList(from, i))));
                from = i;
                size = last.length;
            }
            size += added;
        }
        replies.add(new WatchReply(last, new EncodedEvents(events.subList(from, events.size()))));
    }

    private EncodedEvents encoded(List<Delivered> events) {
        EncodedEvents encoded = this.lastEvents;
        if (!encoded.isOf(events)) {
            encoded = new EncodedEvents(events);
            this.lastEvents = encoded;
        }
        return encoded;
    }

    private static WatchReply control(byte[] head) {
        return new WatchReply(head, EncodedEvents.NONE);
    }

    /** The head of most replies: nothing but the header and the watcher's id. */
    private byte[] head(long revision, long id) {
        ByteString header = header(revision);
        int size = CodedOutputStream.computeBytesSize(WatchResponse.HEADER_FIELD_NUMBER, header)
                + ((id != 0) ? CodedOutputStream.computeInt64Size(WatchResponse.WATCH_ID_FIELD_NUMBER, id) : 0);
        byte[] bytes = new byte[size];
        try {
            writeStart(CodedOutputStream.newInstance(bytes), header, id);
        }
        catch (IOException ex) {
            throw new UncheckedIOException("a head has another size than computed", ex);
        }
        return bytes;
    }

    private byte[] head(long revision, long id, Fields fields) {
        ByteString header = header(revision);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(header.size() + 16);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
            writeStart(out, header, id);
            fields.writeTo(out);
            out.flush();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    private static void writeStart(CodedOutputStream out, ByteString header, long id) throws IOException {
        out.writeBytes(WatchResponse.HEADER_FIELD_NUMBER, header);
        if (id != 0) {
            out.writeInt64(WatchResponse.WATCH_ID_FIELD_NUMBER, id);
        }
    }

    private ByteString header(long revision) {
        long term = this.cluster.term();
        Header header = this.header;
        if (header.revision != revision || header.term != term) {
            header = new Header(revision, term,
                    ResponseHeader.newBuilder()
                        .setClusterId(this.cluster.clusterId())
                        .setMemberId(this.cluster.self().value())
                        .setRevision(revision)
                        .setRaftTerm(term)
                        .build()
                        .toByteString());
            this.header = header;
        }
        return header.bytes;
    }

    /** Fields behind the header and the watcher's id. */
    private interface Fields {

        void writeTo(CodedOutputStream out) throws IOException;

    }

    private record Header(long revision, long term, ByteString bytes) {
    }

}
