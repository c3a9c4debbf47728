/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Named values in the order in which they were added. Confined to one thread. */
final class Report {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Report with(String name, @Nullable Object value) {
        this.values.put(name, value);
        return this;
    }

    Report withAll(Report other) {
        this.values.putAll(other.values);
        return this;
    }

    Map<String, @Nullable Object> values() {
        return this.values;
    }

}
