/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.kvorum.server.command.ZnodeOperation.Create.Form;
import io.kvorum.server.common.Bytes;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written to the log of the tree comes back as it was. */
class TreeCodecTests {

    @ParameterizedTest
    @MethodSource
    void commands(Command.TreeCommand<?> command) {
        Bytes entry = CommandBatch.encode(1, 2, List.of(CommandCodec.encode(command), CommandCodec.encode(command)));
        assertThat(CommandBatch.decode(entry).commands()).isEqualTo(List.of(command, command));
    }

    @Test
    void writesOfVersionsWithoutAccessControl() {
        ByteWriter old = new ByteWriter(64);
        old.u8(TreeCodec.WRITE_ZNODES).fixed64(7).fixed64(8).varint(9).varint(1).varint(1);
        old.u8(2).bytes(Bytes.utf8("/a")).varint(-1);
        assertThat(CommandCodec.decode(new ByteReader(old.toArray()))).isEqualTo(
                new WriteZnodes(7, 8, 9, List.of(new ZnodeRequest(List.of(new ZnodeOperation.Delete("/a", -1))))));
    }

    static List<Command.TreeCommand<?>> commands() {
        Bytes hash = Bytes.utf8("hash");
        ZnodeAcl other = new ZnodeAcl(-1, "digest", "user:x");
        ZnodeRequest multi = new ZnodeRequest(List.of(
                new ZnodeOperation.Create("/ä", null, List.of(ZnodeAcl.OPEN, other), -7),
                new ZnodeOperation.Create("", Bytes.EMPTY, List.of(), 3), new ZnodeOperation.Delete("/b", -1),
                new ZnodeOperation.SetData("/c", null, Integer.MIN_VALUE),
                new ZnodeOperation.SetData("/c", Bytes.wrap(new byte[1000]), Integer.MAX_VALUE),
                new ZnodeOperation.Create("/c", null, List.of(), 4, Form.CONTAINER, -1),
                new ZnodeOperation.Create("/t", null, List.of(other), 6, Form.TTL, 0xffffffffffL),
                new ZnodeOperation.SetAcl("/d", List.of(other, ZnodeAcl.OPEN), -1), new ZnodeOperation.Check("/d", 0)));
        Authority authority = new Authority(List.of(new ZnodeId("ip", "::1"), new ZnodeId("super", "")), true);
        return List.of(new OpenSession(-1, hash, 40_000, Long.MIN_VALUE), new ResumeSession(7, Bytes.EMPTY, 4000, 8),
                new ExpireZnodes(System.currentTimeMillis(), 0, List.of("/a", "/ä")), new CloseSession(7, 8),
                new WriteZnodes(-7, 8, 0, List.of()), new WriteZnodes(7, -8, System.currentTimeMillis(), authority,
                        List.of(multi, new ZnodeRequest(List.of()))));
    }

}
