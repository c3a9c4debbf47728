/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kvorum.server.command.Command.PublishMember;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.store.Transaction;

/**
 * What members said about themselves. Written by the apply thread only; reading is safe
 * for any thread.
 */
final class MemberTable {

    private static final String TABLE = "member";

    private volatile Map<Long, PublishMember> members = Map.of();

    void load(ReadView view) {
        Map<Long, PublishMember> found = new TreeMap<>();
        view.rows(TABLE, (row, value) -> {
            long id = ByteBuffer.wrap(row.array()).getLong();
            found.put(id, decode(id, value));
        });
        this.members = Map.copyOf(found);
    }

    Map<Long, PublishMember> all() {
        return this.members;
    }

    void put(Transaction txn, PublishMember member) {
        txn.putRow(TABLE, Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(member.memberId()).array()),
                encode(member));
        Map<Long, PublishMember> changed = new TreeMap<>(this.members);
        changed.put(member.memberId(), member);
        this.members = Map.copyOf(changed);
    }

    private static Bytes encode(PublishMember member) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(member.name());
            out.writeInt(member.clientUrls().size());
            for (String url : member.clientUrls()) {
                out.writeUTF(url);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static PublishMember decode(long id, Bytes value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value.array()))) {
            String name = in.readUTF();
            List<String> urls = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                urls.add(in.readUTF());
            }
            return new PublishMember(id, name, List.copyOf(urls));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
