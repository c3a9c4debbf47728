/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.SplittableRandom;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/** A sequence of batches of which each is determined by its index and a seed alone. */
final class Workload {

    static final String TABLE = "batches";

    private static final int KEYS = 500;

    private final long seed;

    Workload(long seed) {
        this.seed = seed;
    }

    /** Applies and publishes the batch of an index. */
    void apply(KvStore store, long index) {
        SplittableRandom random = new SplittableRandom(this.seed + index);
        int transactions = 1 + random.nextInt(5);
        for (int i = 0; i < transactions; i++) {
            transaction(store, random, index);
        }
        if (random.nextInt(50) == 0) {
            compact(store);
        }
        store.publish(index);
    }

    private void transaction(KvStore store, SplittableRandom random, long index) {
        int operations = 1 + random.nextInt(4);
        boolean fails = random.nextInt(20) == 0;
        try {
            store.transact((tx) -> {
                for (int i = 0; i < operations; i++) {
                    operation(tx, random);
                }
                tx.putRow(TABLE, Bytes.utf8("last"), Bytes.utf8(Long.toString(index)));
                if (fails) {
                    throw new IllegalStateException("rolled back");
                }
                return null;
            });
        }
        catch (IllegalStateException ex) {
            if (!fails) {
                throw ex;
            }
        }
    }

    private void operation(Transaction tx, SplittableRandom random) {
        Bytes key = key(random);
        if (random.nextInt(4) == 0) {
            KeyRange range = (random.nextInt(10) == 0) ? new KeyRange(key, key(random)) : KeyRange.single(key);
            tx.delete(range);
        }
        else {
            byte[] value = new byte[random.nextInt(random.nextInt(100) == 0 ? 100_000 : 300)];
            random.nextBytes(value);
            tx.put(key, Bytes.wrap(value), random.nextInt(4));
        }
    }

    private static void compact(KvStore store) {
        // Within the batch: the newest revision is that of the last transaction.
        long revision = store.transact(Transaction::revision) - 200;
        if (revision > store.view().compactRevision() && revision > 1) {
            store.compact(revision);
        }
    }

    private static Bytes key(SplittableRandom random) {
        return Bytes.utf8("key/" + random.nextInt(KEYS));
    }

}
