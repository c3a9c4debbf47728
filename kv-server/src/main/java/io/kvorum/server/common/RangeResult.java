/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

import java.util.List;

/**
 * The answer to a {@link RangeQuery}.
 *
 * @param kvs the keys, in the order asked for
 * @param more whether the limit left keys out
 * @param count number of keys in the range at the revision read, whatever the limit and
 * the filters
 */
public record RangeResult(List<KeyValue> kvs, boolean more, long count) {
}
