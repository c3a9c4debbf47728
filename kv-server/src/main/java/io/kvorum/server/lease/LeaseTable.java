/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.lease;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.store.Transaction;

/**
 * Which leases exist. Written by the apply thread only, kept in a table of the store and
 * mirrored in memory; reading is safe for any thread. Which keys a lease owns is the
 * store's business.
 */
public final class LeaseTable {

    private static final String TABLE = "lease";

    private final ConcurrentHashMap<Long, Lease> leases = new ConcurrentHashMap<>();

    /**
     * Fills the memory from a view, at start and after the store was replaced.
     * @param view the view
     */
    public void load(ReadView view) {
        this.leases.clear();
        view.rows(TABLE, (row, value) -> {
            ByteBuffer fields = ByteBuffer.wrap(value.array());
            long id = ByteBuffer.wrap(row.array()).getLong();
            this.leases.put(id, new Lease(id, fields.getLong(), fields.getLong()));
        });
    }

    /**
     * Creates or changes a lease.
     * @param txn the transaction to write in; when it is rolled back the table must be
     * loaded again
     * @param lease the lease
     */
    public void put(Transaction txn, Lease lease) {
        ByteBuffer fields = ByteBuffer.allocate(2 * Long.BYTES);
        fields.putLong(lease.ttlSeconds()).putLong(lease.remainingSeconds());
        txn.putRow(TABLE, row(lease.id()), Bytes.wrap(fields.array()));
        this.leases.put(lease.id(), lease);
    }

    /**
     * Removes a lease. Its keys must be gone already.
     * @param txn the transaction to write in
     * @param id the lease
     */
    public void remove(Transaction txn, long id) {
        txn.putRow(TABLE, row(id), null);
        this.leases.remove(id);
    }

    /**
     * Finds a lease.
     * @param id the lease
     * @return the lease, or {@code null}
     */
    public @Nullable Lease find(long id) {
        return this.leases.get(id);
    }

    /**
     * Returns all leases, in no order.
     * @return a live view
     */
    public Collection<Lease> all() {
        return this.leases.values();
    }

    private static Bytes row(long id) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }

}
