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

/**
 * A stream with some of the watchers, which checks that each sees revisions in order and
 * none twice. Confined to the event loop of its channel.
 */
final class WatchStream extends ClientCall.Listener<Delivery> {

    private final WatchFanOut fanOut;

    private final long[] lastRevisions;

    WatchStream(int watchers, WatchFanOut fanOut) {
        this.fanOut = fanOut;
        this.lastRevisions = new long[watchers + 1];
    }

    void open(ClientCall<WatchRequest, Delivery> call) {
        call.start(this, new Metadata());
        call.request(Integer.MAX_VALUE);
        for (int id = 1; id < this.lastRevisions.length; id++) {
            call.sendMessage(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(WatchFanOut.KEY).setWatchId(id))
                .build());
        }
    }

    @Override
    public void onMessage(Delivery delivery) {
        if (delivery.created()) {
            this.fanOut.created();
        }
        if (delivery.canceled()) {
            this.fanOut.broken("watch canceled");
        }
        if (!delivery.events().isEmpty()) {
            events(delivery);
        }
    }

    private void events(Delivery delivery) {
        int id = delivery.watchId();
        long now = System.nanoTime();
        for (Delivery.Change change : delivery.events()) {
            if (change.revision() <= this.lastRevisions[id]) {
                this.fanOut.broken("watch event out of order");
            }
            this.lastRevisions[id] = change.revision();
            this.fanOut.delivered(change.sentNanos(), now);
        }
        this.fanOut.deliveredAll(delivery.events().size());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        this.fanOut.broken("watch stream closed: " + status);
    }

}
