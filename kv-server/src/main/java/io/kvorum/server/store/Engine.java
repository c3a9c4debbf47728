/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.kvorum.server.common.Clock;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * One open file with its maps. A store has one engine at a time; installing an image
 * brings a new one.
 *
 * @param file the file below MVStore
 * @param store MVStore
 * @param maps the live maps
 * @param pins the versions in use
 * @param cache decoded records
 * @param trouble what happens when the disk refuses
 */
record Engine(StoreFile file, MVStore store, StoreMaps maps, VersionPins pins, RecordCache cache,
        WriteTrouble trouble) {

    private static final int PAGE_SPLIT_BYTES = 16 * 1024;

    private static final int RETIRED_CACHE_KILOBYTES = 1024;

    /**
     * Opens a file, or creates it.
     * @param path the file
     * @param options the settings
     * @param trouble what to do when the disk refuses
     * @param clock the clock
     * @return the engine
     * @throws IOException if the file is damaged or cannot be opened
     */
    static Engine open(Path path, StoreOptions options, WriteTrouble trouble, Clock clock) throws IOException {
        Map<String, Object> config = new HashMap<>();
        config.put("cacheSize", options.pageCacheMegabytes());
        config.put("pageSplitSize", PAGE_SPLIT_BYTES);
        config.put("autoCompactFillRate", options.fillRate());
        StoreFile file = new StoreFile(path, config, trouble);
        try {
            file.open(path.toString(), false, null);
            MVStore store = new MVStore.Builder().adoptFileStore(file)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
            store.setRetentionTime((int) options.retention().toMillis());
            store.setVersionsToKeep(options.versionsToKeep());
            StoreMaps maps = StoreMaps.open(store);
            VersionPins pins = new VersionPins(store, clock, options.viewGrace().toNanos());
            RecordCache cache = new RecordCache(options.recordCacheMegabytes() * 1024L * 1024L);
            return new Engine(file, store, maps, pins, cache, trouble);
        }
        catch (RuntimeException ex) {
            // MVStore meets damage in its own maps with whatever its code happens to
            // throw.
            file.close();
            throw new IOException(describe(path, ex), ex);
        }
    }

    /** Lets go of memory: only old views use this engine from now on. */
    void retire() {
        this.file.replaced();
        this.store.setCacheSize(RETIRED_CACHE_KILOBYTES);
    }

    /** Closes without writing anything. */
    void closeImmediately() {
        this.pins.close();
        this.store.closeImmediately();
    }

    /**
     * Checks that the maps are of one commit, as far as that is cheap, and makes durable
     * what was read: after a crash of the process alone it may only be in the caches of
     * the operating system, and callers rely on it.
     * @param path the file, for messages
     * @throws IOException if the file is damaged or the disk refuses
     */
    void check(Path path) throws IOException {
        try {
            // Each main revision has a change, and a compaction never removes the newest
            // one.
            Long last = this.maps.log().lastKey();
            long newest = (last != null) ? PackedRevision.main(last) : StoreState.INITIAL.revision();
            if (newest != readState().revision()) {
                throw new IOException(describe(path, "its state is of revision " + readState().revision()
                        + ", and its log ends with revision " + newest));
            }
            MapSizes sizes = MapSizes.of(this.maps);
            MapSizes committed = MapSizes.read(this.maps.meta());
            if (committed != null && !committed.equals(sizes)) {
                throw new IOException(
                        describe(path, "its maps were committed with " + committed + ", and have " + sizes));
            }
            this.store.sync();
        }
        catch (IOException ex) {
            closeImmediately();
            throw ex;
        }
        catch (RuntimeException ex) {
            closeImmediately();
            throw new IOException(describe(path, ex), ex);
        }
    }

    StoreState readState() {
        return StoreState.read(this.maps.meta());
    }

    /**
     * Writes the state that belongs to what the maps contain now. Apply thread, or
     * whoever holds the gate.
     */
    void writeState(StoreState state) {
        state.write(this.maps.meta());
        MapSizes.of(this.maps).write(this.maps.meta());
    }

    private static String describe(Path path, RuntimeException failure) {
        if (failure instanceof MVStoreException known && known.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return "the store " + path + " is in use by another process";
        }
        boolean expected = failure instanceof MVStoreException;
        return describe(path, expected ? String.valueOf(failure.getMessage()) : "MVStore failed with " + failure);
    }

    private static String describe(Path path, String problem) {
        return "the store " + path + " cannot be opened: " + problem
                + "; if the file is damaged, remove it and let this member be rebuilt from the others, "
                + "or restore it from a snapshot";
    }

}
