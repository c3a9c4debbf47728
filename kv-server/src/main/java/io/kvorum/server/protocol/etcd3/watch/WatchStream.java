/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import io.grpc.ServerCall;
import io.grpc.Status;

import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.protocol.etcd3.GrpcErrors;
import io.kvorum.server.watch.WatchHub;
import io.kvorum.server.watch.WatchSink.Delivered;
import io.kvorum.server.watch.WatchSpec;
import io.kvorum.server.watch.Watcher;

/**
 * One call of Watch with its watchers. Requests come from the transport, events from the
 * hub; replies leave through one {@link Outbox}. When that is full, watchers pause and no
 * further request is read.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The reply that a watcher was created precedes its events (W10).</li>
 * <li>After the reply that it was canceled nothing follows for its id.</li>
 * <li>One request at a time is read; the next one when this one is answered and there is
 * room for its answer.</li>
 * </ol>
 */
final class WatchStream extends ServerCall.Listener<WatchRequest> {

    private static final Bytes LOWEST_KEY = Bytes.wrap(new byte[1]);

    /** How many such ids are remembered; the oldest is forgotten then. */
    private static final int MAX_COMPACTED = 1_000;

    private final ServerCall<WatchRequest, WatchReply> call;

    private final WatchHub hub;

    private final ReplyEncoder encoder;

    private final Outbox outbox;

    private final Runnable onEnd;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<Long, StreamWatcher> watchers = new HashMap<>();

    @GuardedBy("lock")
    private final Set<StreamWatcher> paused = new LinkedHashSet<>();

    /** etcd answers the cancellation of a watcher that it ended itself, once. */
    @GuardedBy("lock")
    private final Set<Long> compacted = new LinkedHashSet<>();

    @GuardedBy("lock")
    private long nextId;

    @GuardedBy("lock")
    private boolean requestHeldBack;

    @GuardedBy("lock")
    private boolean ended;

    WatchStream(ServerCall<WatchRequest, WatchReply> call, WatchHub hub, ReplyEncoder encoder, int bufferBytes,
            Runnable onEnd) {
        this.call = call;
        this.hub = hub;
        this.encoder = encoder;
        this.outbox = new Outbox(call, bufferBytes, this::roomAgain);
        this.onEnd = onEnd;
    }

    @Override
    public void onMessage(WatchRequest request) {
        switch (request.getRequestUnionCase()) {
            case CREATE_REQUEST -> create(request.getCreateRequest());
            case CANCEL_REQUEST -> cancel(request.getCancelRequest().getWatchId());
            case PROGRESS_REQUEST -> {
                progress(live(), ReplyEncoder.NO_WATCHER, true);
                return;
            }
            // etcd: a request that says nothing does not end the stream.
            case REQUESTUNION_NOT_SET -> {
            }
        }
        requestNext();
    }

    @Override
    public void onReady() {
        this.outbox.send();
    }

    @Override
    public void onHalfClose() {
        // etcd: watchers go on when the client has no more requests; the JSON gateway
        // lives on that.
    }

    @Override
    public void onCancel() {
        stop();
        this.outbox.abandon();
    }

    @Override
    public void onComplete() {
        onCancel();
    }

    /** Ends the stream from this side. */
    void end(Status status) {
        stop();
        this.outbox.end(status);
    }

    /** Notifies the watchers that want it and have had no events since the last time. */
    void notifyProgress() {
        List<StreamWatcher> due;
        synchronized (this.lock) {
            due = this.watchers.values().stream().filter(StreamWatcher::isProgressDue).toList();
        }
        if (this.outbox.hasRoom()) {
            due.forEach((watcher) -> progress(List.of(watcher.watcher()), watcher.id(), false));
        }
    }

    boolean hasRoomFor(StreamWatcher watcher) {
        synchronized (this.lock) {
            return isRoomOrPaused(watcher);
        }
    }

    boolean deliver(StreamWatcher watcher, List<Delivered> events, long revision) {
        boolean room;
        synchronized (this.lock) {
            if (this.watchers.get(watcher.id()) != watcher) {
                return true;
            }
            watcher.busy();
            this.encoder.events(watcher.id(), events, revision, watcher.wantsFragments()).forEach(this.outbox::add);
            room = isRoomOrPaused(watcher);
        }
        this.outbox.send();
        return room;
    }

    void compacted(StreamWatcher watcher, long compactRevision) {
        synchronized (this.lock) {
            if (!this.watchers.remove(watcher.id(), watcher)) {
                return;
            }
            this.compacted.add(watcher.id());
            if (this.compacted.size() > MAX_COMPACTED) {
                this.compacted.remove(this.compacted.iterator().next());
            }
            this.outbox.add(this.encoder.compacted(watcher.id(), compactRevision));
        }
        this.outbox.send();
    }

    @GuardedBy("lock")
    private boolean isRoomOrPaused(StreamWatcher watcher) {
        boolean room = this.outbox.hasRoom();
        if (!room) {
            this.paused.add(watcher);
        }
        return room;
    }

    private void create(WatchCreateRequest request) {
        synchronized (this.lock) {
            this.outbox.add(created(request));
        }
        this.outbox.send();
    }

    @GuardedBy("lock")
    private WatchReply created(WatchCreateRequest request) {
        if (request.getStartRevision() < 0) {
            return refused(GrpcErrors.of(KvException.Code.COMPACTED).getDescription());
        }
        KeyRange range = range(request);
        if (range.isEmpty()) {
            return refused("mvcc: watcher range is empty");
        }
        long id = request.getWatchId();
        if (this.watchers.containsKey(id) && id != 0) {
            return refused("mvcc: duplicate watch ID provided on the WatchStream");
        }
        if (id == 0) {
            while (this.watchers.containsKey(this.nextId)) {
                this.nextId++;
            }
            id = this.nextId++;
        }
        try {
            return register(id, request, range);
        }
        catch (KvException ex) {
            return refused(GrpcErrors.of(ex.code()).getDescription());
        }
    }

    @GuardedBy("lock")
    private WatchReply register(long id, WatchCreateRequest request, KeyRange range) {
        StreamWatcher streamWatcher = new StreamWatcher(this, id, request.getFragment(), request.getProgressNotify());
        WatchSpec spec = new WatchSpec(range, request.getStartRevision(), filters(request), request.getPrevKv());
        if (this.ended) {
            return refused(GrpcErrors.of(KvException.Code.STOPPED).getDescription());
        }
        // Its events wait for our lock, so they come behind the reply.
        Watcher watcher = this.hub.watch(spec, streamWatcher);
        streamWatcher.registered(watcher);
        this.watchers.put(id, streamWatcher);
        // A client that gave no start goes on behind this revision after a reconnect.
        long revision = (request.getStartRevision() == 0) ? watcher.startRevision() - 1 : this.hub.revision();
        return this.encoder.created(id, revision);
    }

    @GuardedBy("lock")
    private WatchReply refused(String reason) {
        return this.encoder.refused(reason, this.hub.revision());
    }

    private static KeyRange range(WatchCreateRequest request) {
        Bytes key = bytes(request.getKey());
        return KeyRange.of(key.isEmpty() ? LOWEST_KEY : key, bytes(request.getRangeEnd()));
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }

    private static Set<Event.Type> filters(WatchCreateRequest request) {
        Set<Event.Type> without = EnumSet.noneOf(Event.Type.class);
        for (WatchCreateRequest.FilterType filter : request.getFiltersList()) {
            switch (filter) {
                case NOPUT -> without.add(Event.Type.PUT);
                case NODELETE -> without.add(Event.Type.DELETE);
                case UNRECOGNIZED -> {
                }
            }
        }
        return without;
    }

    private void cancel(long id) {
        synchronized (this.lock) {
            StreamWatcher watcher = this.watchers.remove(id);
            if (watcher != null) {
                this.paused.remove(watcher);
                watcher.watcher().cancel();
            }
            else if (!this.compacted.remove(id)) {
                return;
            }
            this.outbox.add(this.encoder.canceled(id, this.hub.revision()));
        }
        this.outbox.send();
    }

    private List<Watcher> live() {
        synchronized (this.lock) {
            return this.watchers.values().stream().map(StreamWatcher::watcher).toList();
        }
    }

    private void progress(List<Watcher> watchers, long id, boolean requested) {
        this.hub.progress(watchers, (revision) -> {
            synchronized (this.lock) {
                boolean live = id == ReplyEncoder.NO_WATCHER || this.watchers.containsKey(id);
                if (revision >= 0 && live) {
                    this.outbox.add(this.encoder.progress(id, revision));
                }
            }
            this.outbox.send();
            if (requested) {
                requestNext();
            }
        });
    }

    private void requestNext() {
        synchronized (this.lock) {
            this.requestHeldBack = !this.outbox.hasRoom();
            if (this.requestHeldBack) {
                return;
            }
        }
        this.call.request(1);
    }

    private void roomAgain() {
        List<StreamWatcher> waiting;
        boolean request;
        synchronized (this.lock) {
            waiting = new ArrayList<>(this.paused);
            this.paused.clear();
            request = this.requestHeldBack;
            this.requestHeldBack = false;
        }
        waiting.forEach((watcher) -> watcher.watcher().resume());
        if (request) {
            this.call.request(1);
        }
    }

    private void stop() {
        List<Watcher> all;
        synchronized (this.lock) {
            this.ended = true;
            all = live();
            this.watchers.clear();
            this.paused.clear();
        }
        all.forEach(Watcher::cancel);
        this.onEnd.run();
    }

}
