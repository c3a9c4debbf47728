/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;

/**
 * A stream with some of the watchers, which checks that each sees revisions in order and
 * none twice. Confined to the event loop of its channel.
 */
final class WatchStream extends ClientCall.Listener<WatchResponse> {

    private final WatchFanOut fanOut;

    private final long[] lastRevisions;

    WatchStream(int watchers, WatchFanOut fanOut) {
        this.fanOut = fanOut;
        this.lastRevisions = new long[watchers + 1];
    }

    void open(ClientCall<WatchRequest, WatchResponse> call) {
        call.start(this, new Metadata());
        call.request(Integer.MAX_VALUE);
        for (int id = 1; id < this.lastRevisions.length; id++) {
            call.sendMessage(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(WatchFanOut.KEY).setWatchId(id))
                .build());
        }
    }

    @Override
    public void onMessage(WatchResponse answer) {
        if (answer.getCreated()) {
            this.fanOut.created();
        }
        if (answer.getCanceled()) {
            this.fanOut.broken("watch canceled: " + answer.getCancelReason());
        }
        if (answer.getEventsCount() > 0) {
            events(answer);
        }
    }

    private void events(WatchResponse answer) {
        int id = (int) answer.getWatchId();
        long now = System.nanoTime();
        for (Event event : answer.getEventsList()) {
            if (event.getKv().getModRevision() <= this.lastRevisions[id]) {
                this.fanOut.broken("watch event out of order");
            }
            this.lastRevisions[id] = event.getKv().getModRevision();
            this.fanOut.delivered(event.getKv().getValue(), now);
        }
        this.fanOut.deliveredAll(answer.getEventsCount());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        this.fanOut.broken("watch stream closed: " + status);
    }

}
