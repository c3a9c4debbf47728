/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

/**
 * A key as it was at some revision.
 *
 * @param key the key
 * @param value the value
 * @param createRevision the revision that created the key
 * @param modRevision the revision that wrote the value
 * @param version the number of writes since the key was created, 1 for the first
 * @param lease the lease that the key lives with, or 0
 */
public record KeyValue(Bytes key, Bytes value, long createRevision, long modRevision, long version, long lease) {
}
