/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Invariant;

/**
 * What one entry of the log carries: the commands that one member proposed together.
 *
 * @param origin the member that proposed them and answers the clients
 * @param id tells the batches of one origin apart, also across its restarts
 * @param commands the commands, applied in this order
 */
public record CommandBatch(long origin, long id, List<Command<?>> commands) {

    private static final int VERSION = 1;

    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

    /**
     * Puts encoded commands together to an entry.
     * @param origin the member that proposes
     * @param id the batch's id
     * @param encodedCommands what {@link CommandCodec#encode} made
     * @return the entry
     */
    public static Bytes encode(long origin, long id, List<byte[]> encodedCommands) {
        int size = HEADER_BYTES;
        for (byte[] command : encodedCommands) {
            size += command.length;
        }
        ByteWriter out = new ByteWriter(size);
        out.u8(VERSION).fixed64(origin).fixed64(id);
        for (byte[] command : encodedCommands) {
            out.raw(command);
        }
        return Bytes.wrap(out.toArray());
    }

    /**
     * Reads who proposed an entry, without decoding its commands.
     * @param entry the entry
     * @return the batch without commands
     */
    public static CommandBatch decodeHeader(Bytes entry) {
        return header(new ByteReader(entry.array()));
    }

    /**
     * Decodes an entry.
     * @param entry the entry
     * @return the batch
     */
    public static CommandBatch decode(Bytes entry) {
        ByteReader in = new ByteReader(entry.array());
        CommandBatch header = header(in);
        List<Command<?>> commands = new ArrayList<>();
        while (!in.exhausted()) {
            commands.add(CommandCodec.decode(in));
        }
        return new CommandBatch(header.origin, header.id, commands);
    }

    private static CommandBatch header(ByteReader in) {
        int version = in.u8();
        Invariant.check(version == VERSION,
                "log entry has format version %d, this program reads %d: it was written by a "
                        + "newer version, which must be used to read it",
                version, VERSION);
        return new CommandBatch(in.fixed64(), in.fixed64(), List.of());
    }

}
