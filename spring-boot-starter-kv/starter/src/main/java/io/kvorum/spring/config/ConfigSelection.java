/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import org.jspecify.annotations.Nullable;

import io.kvorum.client.KeyRange;

/**
 * What one property source is made of.
 *
 * @param path a folder, with a slash behind it, or the key of a document
 * @param profile the profile it belongs to
 * @param revision the revision to stay at, 0 for the newest
 * @param format how values are written
 */
record ConfigSelection(String path, @Nullable String profile, long revision, ConfigFormat format) {

    boolean isFolder() {
        return this.path.endsWith("/");
    }

    boolean isPinned() {
        return this.revision != 0;
    }

    KeyRange range() {
        return isFolder() ? KeyRange.prefix(this.path) : KeyRange.single(this.path);
    }

    /** The name of its property source. */
    String sourceName() {
        return ConfigLocation.SCHEME + this.path + (isPinned() ? "?revision=" + this.revision : "");
    }

}
