/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import io.kvorum.server.common.Event;
import io.kvorum.server.node.Publication;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.watch.EventHub;

/**
 * Hands what the node applied to the watch hub, which knows nothing of nodes.
 *
 * @param hub the hub
 */
record HubPublication(EventHub hub) implements Publication {

    @Override
    public void publish(List<List<Event>> revisions, ReadView view) {
        this.hub.publish(revisions, view);
    }

    @Override
    public void reset(ReadView view) {
        this.hub.reset(view);
    }

}
