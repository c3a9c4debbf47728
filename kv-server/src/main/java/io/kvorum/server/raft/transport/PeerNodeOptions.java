/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.alipay.sofa.jraft.option.NodeOptions;

/**
 * Options of the engine's node that lead its client to the transport. The engine makes
 * its clients through a static factory and gives them nothing but these options, and
 * there may be several members in one process. One node, one instance.
 */
public final class PeerNodeOptions extends NodeOptions {

    private final PeerTransport transport;

    private final AppendListener appendListener;

    /**
     * Creates the options.
     * @param transport how the node reaches its peers
     * @param appendListener sees what goes to followers
     */
    public PeerNodeOptions(PeerTransport transport, AppendListener appendListener) {
        this.transport = transport;
        this.appendListener = appendListener;
    }

    /** Does what the engine's version does, which needs a class of Bolt for it. */
    @Override
    public void validate() {
        if (getLogUri() == null || getLogUri().isBlank()) {
            throw new IllegalArgumentException("Blank logUri");
        }
        if (getRaftMetaUri() == null || getRaftMetaUri().isBlank()) {
            throw new IllegalArgumentException("Blank raftMetaUri");
        }
        if (getFsm() == null) {
            throw new IllegalArgumentException("No state machine");
        }
    }

    PeerTransport transport() {
        return this.transport;
    }

    AppendListener appendListener() {
        return this.appendListener;
    }

}
