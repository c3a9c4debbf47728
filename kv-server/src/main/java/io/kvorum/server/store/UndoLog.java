/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What has to be put back when a transaction fails. Confined to the apply thread. */
final class UndoLog {

    private final List<Step<?, ?>> steps = new ArrayList<>();

    /**
     * Notes a change.
     * @param map the map that was changed
     * @param key the key
     * @param old the value before, or {@code null}
     */
    <K, V> void changed(StoreMap<K, V> map, K key, @Nullable V old) {
        this.steps.add(new Step<>(map, key, old));
    }

    void clear() {
        this.steps.clear();
    }

    void rollback() {
        for (int i = this.steps.size() - 1; i >= 0; i--) {
            this.steps.get(i).undo();
        }
        this.steps.clear();
    }

    private record Step<K, V>(StoreMap<K, V> map, K key, @Nullable V old) {

        void undo() {
            V before = this.old;
            if (before == null) {
                this.map.remove(this.key);
            }
            else {
                this.map.put(this.key, before);
            }
        }

    }

}
