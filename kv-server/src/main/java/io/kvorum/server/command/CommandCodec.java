/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kvorum.server.common.Bytes;

/**
 * Binary encoding of commands, one tag byte and then the fields. Written to the log, so
 * tags and layouts never change: a new layout is a new tag.
 */
public final class CommandCodec {

    private static final int COMPACT = 16;

    private static final int GRANT_LEASE = 17;

    private static final int REVOKE_LEASE = 18;

    private static final int CHECKPOINT_LEASES = 19;

    private static final int SET_ALARM = 20;

    private static final int PUBLISH_MEMBER = 21;

    private static final AlarmType[] ALARMS = AlarmType.values();

    private CommandCodec() {
    }

    /**
     * Encodes a command.
     * @param command the command
     * @return its bytes
     */
    public static byte[] encode(Command<?> command) {
        ByteWriter out = new ByteWriter(expectedSize(command));
        if (command instanceof Command.Operation<?> operation) {
            OperationCodec.write(out, operation);
        }
        else if (command instanceof Command.TreeCommand<?> tree) {
            TreeCodec.write(out, tree);
        }
        else if (command instanceof Command.Compact compact) {
            out.u8(COMPACT).varint(compact.revision());
        }
        else if (command instanceof Command.GrantLease grant) {
            out.u8(GRANT_LEASE).fixed64(grant.id()).varint(grant.ttlSeconds());
        }
        else if (command instanceof Command.RevokeLease revoke) {
            out.u8(REVOKE_LEASE).fixed64(revoke.id()).varint(revoke.expiredInTerm());
        }
        else if (command instanceof Command.CheckpointLeases checkpoint) {
            out.u8(CHECKPOINT_LEASES).varint(checkpoint.remainingSeconds().size());
            checkpoint.remainingSeconds().forEach((id, remaining) -> out.fixed64(id).varint(remaining));
        }
        else if (command instanceof Command.SetAlarm alarm) {
            out.u8(SET_ALARM).fixed64(alarm.memberId()).u8(alarm.alarm().ordinal()).bool(alarm.active());
        }
        else if (command instanceof Command.PublishMember member) {
            out.u8(PUBLISH_MEMBER).fixed64(member.memberId()).bytes(Bytes.utf8(member.name()));
            out.varint(member.clientUrls().size());
            member.clientUrls().forEach((url) -> out.bytes(Bytes.utf8(url)));
        }
        return out.toArray();
    }

    /**
     * Decodes what {@link #encode} made.
     * @param in positioned at the command
     * @return the command
     */
    static Command<?> decode(ByteReader in) {
        int tag = in.u8();
        return switch (tag) {
            case COMPACT -> new Command.Compact(in.varint());
            case GRANT_LEASE -> new Command.GrantLease(in.fixed64(), in.varint());
            case REVOKE_LEASE -> new Command.RevokeLease(in.fixed64(), in.varint());
            case CHECKPOINT_LEASES -> readCheckpoint(in);
            case SET_ALARM -> new Command.SetAlarm(in.fixed64(), ALARMS[in.u8()], in.bool());
            case PUBLISH_MEMBER -> readMember(in);
            case TreeCodec.OPEN_SESSION, TreeCodec.RESUME_SESSION, TreeCodec.CLOSE_SESSION, TreeCodec.WRITE_ZNODES,
                    TreeCodec.WRITE_ZNODES_AS, TreeCodec.EXPIRE_ZNODES ->
                TreeCodec.read(in, tag);
            default -> OperationCodec.read(in, tag);
        };
    }

    private static Command.CheckpointLeases readCheckpoint(ByteReader in) {
        int count = in.count();
        Map<Long, Long> remaining = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            remaining.put(in.fixed64(), in.varint());
        }
        return new Command.CheckpointLeases(remaining);
    }

    private static Command.PublishMember readMember(ByteReader in) {
        long id = in.fixed64();
        String name = in.bytes().toUtf8();
        int count = in.count();
        List<String> urls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            urls.add(in.bytes().toUtf8());
        }
        return new Command.PublishMember(id, name, List.copyOf(urls));
    }

    private static int expectedSize(Command<?> command) {
        if (command instanceof WriteZnodes write) {
            return TreeCodec.sizeOf(write);
        }
        return (command instanceof PutOperation put) ? put.key().length() + put.value().length() + 20 : 64;
    }

}
