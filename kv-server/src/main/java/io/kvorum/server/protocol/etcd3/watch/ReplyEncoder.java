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

    ReplyEncoder(Cluster cluster, WatchSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    WatchReply created(long id, long revision) {
        return WatchReply.of(head(revision, id, (out) -> out.writeBool(WatchResponse.CREATED_FIELD_NUMBER, true)));
    }

    /** A watcher that was not created. */
    WatchReply refused(String reason, long revision) {
        return WatchReply.of(head(revision, NO_WATCHER, (out) -> {
            out.writeBool(WatchResponse.CREATED_FIELD_NUMBER, true);
            out.writeBool(WatchResponse.CANCELED_FIELD_NUMBER, true);
            out.writeString(WatchResponse.CANCEL_REASON_FIELD_NUMBER, reason);
        }));
    }

    WatchReply canceled(long id, long revision) {
        return WatchReply.of(head(revision, id, (out) -> out.writeBool(WatchResponse.CANCELED_FIELD_NUMBER, true)));
    }

    /** etcd: the header of this one has no revision. */
    WatchReply compacted(long id, long compactRevision) {
        return WatchReply.of(head(0, id, (out) -> {
            out.writeBool(WatchResponse.CANCELED_FIELD_NUMBER, true);
            out.writeInt64(WatchResponse.COMPACT_REVISION_FIELD_NUMBER, compactRevision);
        }));
    }

    WatchReply progress(long id, long revision) {
        return WatchReply.of(head(revision, id, Fields.NONE));
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
        WatchReply whole = WatchReply.of(head(revision, id, Fields.NONE), events);
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
                replies.add(WatchReply.of(head(upTo, id, Fields.NONE), part));
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
        byte[] last = head(revision, id, Fields.NONE);
        byte[] more = head(revision, id, (out) -> out.writeBool(WatchResponse.FRAGMENT_FIELD_NUMBER, true));
        int from = 0;
        int size = last.length;
        for (int i = 0; i < events.size(); i++) {
            int added = EventEncoder.encoded(events.get(i)).length;
            // etcd's measure: a fragment stays below the limit, unless one event alone is
            // larger.
            if (i > from && more.length + size - last.length + added >= this.settings.fragmentBytes()) {
                replies.add(WatchReply.of(more, events.subList(from, i)));
                from = i;
                size = last.length;
            }
            size += added;
        }
        replies.add(WatchReply.of(last, events.subList(from, events.size())));
    }

    private byte[] head(long revision, long id, Fields fields) {
        ByteString header = header(revision);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(header.size() + 16);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
            out.writeBytes(WatchResponse.HEADER_FIELD_NUMBER, header);
            if (id != 0) {
                out.writeInt64(WatchResponse.WATCH_ID_FIELD_NUMBER, id);
            }
            fields.writeTo(out);
            out.flush();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
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

        Fields NONE = (out) -> {
        };

        void writeTo(CodedOutputStream out) throws IOException;

    }

    private record Header(long revision, long term, ByteString bytes) {
    }

}
