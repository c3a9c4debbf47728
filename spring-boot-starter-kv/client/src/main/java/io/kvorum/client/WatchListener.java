/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.List;

/**
 * Hears of changes, one call after the other, in the order of their revisions. Whatever
 * it throws ends the watch.
 */
public interface WatchListener {

    /**
     * Something changed.
     * @param events the changes of one or more revisions, complete
     * @param revision the revision of the last one
     */
    void changed(List<Event> events, long revision);

    /**
     * Changes were missed, because the servers do not keep them any more: the watch goes
     * on behind a revision, of which the listener can learn only by reading. Called also
     * when a watch is to begin in a past that is gone.
     * @param range all that is there at the revision from which the watch goes on
     */
    void missed(Result.Range range);

    /**
     * The watch has ended, and not because somebody closed it.
     * @param failure why
     */
    void ended(KvException failure);

}
