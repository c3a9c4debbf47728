/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.Map;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.DataType;

/**
 * A map of the store that can be frozen at its present state.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
final class StoreMap<K, V> extends MVMap<K, V> {

    private StoreMap(Map<String, Object> config, DataType<K> keyType, DataType<V> valueType) {
        super(config, keyType, valueType);
    }

    private StoreMap(StoreMap<K, V> source) {
        super(source);
    }

    static <K, V> StoreMap<K, V> open(MVStore store, String name, DataType<K> keyType, DataType<V> valueType) {
        return store.openMap(name, new Builder<K, V>().keyType(keyType).valueType(valueType));
    }

    /**
     * Returns this map as it is now. Costs one small object: the pages are shared.
     * @param before an earlier result, which is returned when nothing changed since
     * @return the frozen map, for reading only
     */
    @SuppressWarnings("ReferenceEquality")
    StoreMap<K, V> frozen(StoreMap<K, V> before) {
        return (before != this && before.getRootPage() == getRootPage()) ? before : new StoreMap<>(this);
    }

    /**
     * Returns how many keys come before the given one.
     * @param key a key, in the map or not
     * @return the number of smaller keys
     */
    long rank(K key) {
        long index = getKeyIndex(key);
        return (index >= 0) ? index : -index - 1;
    }

    @Override
    protected MVMap<K, V> cloneIt() {
        return new StoreMap<>(this);
    }

    private static final class Builder<K, V> extends BasicBuilder<StoreMap<K, V>, K, V> {

        @Override
        public Builder<K, V> keyType(DataType<? super K> keyType) {
            setKeyType(keyType);
            return this;
        }

        @Override
        public Builder<K, V> valueType(DataType<? super V> valueType) {
            setValueType(valueType);
            return this;
        }

        @Override
        protected StoreMap<K, V> create(Map<String, Object> config) {
            return new StoreMap<>(config, getKeyType(), getValueType());
        }

    }

}
