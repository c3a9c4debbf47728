/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.command.AlarmType;
import io.kvorum.server.command.Result.Alarm;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.store.Transaction;

/**
 * The alarms of the cluster. Written by the apply thread only; reading is safe for any
 * thread.
 */
final class AlarmTable {

    private static final String TABLE = "alarm";

    private volatile List<Alarm> alarms = List.of();

    void load(ReadView view) {
        List<Alarm> found = new ArrayList<>();
        view.rows(TABLE, (row, value) -> {
            ByteBuffer fields = ByteBuffer.wrap(row.array());
            found.add(new Alarm(fields.getLong(), AlarmType.values()[fields.get()]));
        });
        this.alarms = List.copyOf(found);
    }

    List<Alarm> all() {
        return this.alarms;
    }

    boolean isActive(AlarmType type) {
        List<Alarm> current = this.alarms;
        return !current.isEmpty() && current.stream().anyMatch((alarm) -> alarm.type() == type);
    }

    /**
     * Raises or clears an alarm. Raising one that is up answers it again, clearing one
     * that is not answers nothing.
     */
    List<Alarm> set(Transaction txn, Alarm alarm, boolean active) {
        List<Alarm> changed = new ArrayList<>(this.alarms);
        boolean present = changed.remove(alarm);
        if (active) {
            changed.add(alarm);
        }
        Bytes row = Bytes.wrap(ByteBuffer.allocate(Long.BYTES + 1)
            .putLong(alarm.memberId())
            .put((byte) alarm.type().ordinal())
            .array());
        txn.putRow(TABLE, row, active ? Bytes.EMPTY : null);
        this.alarms = List.copyOf(changed);
        return (active || present) ? List.of(alarm) : List.of();
    }

}
