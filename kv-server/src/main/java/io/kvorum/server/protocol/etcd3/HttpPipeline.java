/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.netty.channel.ChannelPipeline;

/**
 * Makes a connection speak HTTP/1.1. The client port calls it when the first bytes of a
 * connection are not those of HTTP/2; the bytes that were looked at are handed on
 * afterwards.
 */
@FunctionalInterface
public interface HttpPipeline {

    /**
     * Adds the handlers of HTTP/1.1 to the end of a pipeline. Called on the connection's
     * event loop.
     * @param pipeline the connection's pipeline, without any HTTP handler
     */
    void install(ChannelPipeline pipeline);

}
