/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the client, when its turn has come.
 *
 * @param frame the frame
 * @param exchange what it answers, or {@code null} if it answers nothing
 */
record Outgoing(ByteBuf frame, @Nullable Exchange exchange) {

    boolean mayGo() {
        return this.exchange == null || this.exchange.isComplete();
    }

}
