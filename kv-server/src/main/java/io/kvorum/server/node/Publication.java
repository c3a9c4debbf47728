/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.node;

import java.util.List;

import io.kvorum.server.common.Event;
import io.kvorum.server.store.ReadView;

/**
 * Where applied changes go for the watchers. Called on the apply thread; must not block.
 */
public interface Publication {

    /**
     * Changes became visible to readers.
     * @param revisions the changes, one list per main revision, in order
     * @param view the view in which they are visible
     */
    void publish(List<List<Event>> revisions, ReadView view);

    /**
     * The whole state was replaced by an image; what happened in between is in its
     * history.
     * @param view the view after the replacement
     */
    void reset(ReadView view);

}
