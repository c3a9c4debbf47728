/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.disk;

import java.io.IOException;
import java.nio.file.Path;

import io.kvorum.server.common.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** A directory has one owner. */
class OwnedDirectoryTests {

    private static final MemberId MEMBER = new MemberId(0xabc);

    @TempDir
    private Path directory;

    @Test
    void theOwnerComesBack() {
        assertThatNoException().isThrownBy(() -> {
            OwnedDirectory.open(this.directory, 1, MEMBER, true).close();
            OwnedDirectory.open(this.directory, 1, MEMBER, true).close();
        });
    }

    @Test
    void aSecondUserIsRefused() throws IOException {
        try (OwnedDirectory first = OwnedDirectory.open(this.directory, 1, MEMBER, true)) {
            assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OwnedDirectory.open(this.directory, 1, MEMBER, true))
                .withMessageContaining(this.directory.toString())
                .withMessageContaining("in use");
        }
    }

    @Test
    void anotherMemberOrClusterIsRefused() throws IOException {
        OwnedDirectory.open(this.directory, 1, MEMBER, true).close();
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> OwnedDirectory.open(this.directory, 1, new MemberId(0xdef), true))
            .withMessageContaining("member abc")
            .withMessageContaining("not to member def");
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> OwnedDirectory.open(this.directory, 2, MEMBER, true))
            .withMessageContaining("of cluster 1");
    }

}
