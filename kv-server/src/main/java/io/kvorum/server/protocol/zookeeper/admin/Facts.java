/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.function.Supplier;

import io.kvorum.server.common.Clock;

/**
 * What reports are made of.
 *
 * @param source what is behind the port
 * @param port the port
 * @param description how the port was set up
 * @param clock the time
 */
public record Facts(Source source, PortView port, Supplier<PortDescription> description, Clock clock) {

    boolean isServing() {
        return this.port.isReadOnly() || this.source.isServing();
    }

    Servers servers() {
        return Servers.of(this.source);
    }

}
