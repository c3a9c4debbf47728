/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

/**
 * A key as it stood at some revision.
 *
 * @param key the key
 * @param value the value, empty when only keys were asked for
 * @param createRevision revision of the key's creation
 * @param modRevision revision of its last write
 * @param version number of writes since its creation, from 1
 * @param lease the lease that owns it, or 0
 */
public record KeyValue(Bytes key, Bytes value, long createRevision, long modRevision, long version, long lease) {
}
