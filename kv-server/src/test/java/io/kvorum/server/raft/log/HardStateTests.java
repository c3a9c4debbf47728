/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Term and vote survive, or the write fails loudly. */
class HardStateTests {

    private static final PeerId CANDIDATE = new PeerId("8e9e05c52164694d", 0);

    @TempDir
    private Path directory;

    @Test
    void beginsWithoutTermAndVote() {
        HardState state = open();
        assertThat(state.getTerm()).isZero();
        assertThat(state.getVotedFor().isEmpty()).isTrue();
    }

    @Test
    void termAndVoteAreThereAfterReopening() {
        HardState state = open();
        state.setTermAndVotedFor(7, CANDIDATE);
        state = open();
        assertThat(state.getTerm()).isEqualTo(7);
        assertThat(state.getVotedFor()).isEqualTo(CANDIDATE);
        state.setTermAndVotedFor(8, PeerId.emptyPeer());
        state = open();
        assertThat(state.getTerm()).isEqualTo(8);
        assertThat(state.getVotedFor().isEmpty()).isTrue();
        state.setVotedFor(CANDIDATE);
        assertThat(open().getVotedFor()).isEqualTo(CANDIDATE);
    }

    @Test
    void aFailedWriteNeverLetsTheVoteOut() throws Exception {
        HardState state = open();
        state.setTermAndVotedFor(7, PeerId.emptyPeer());
        // A directory in the way of the file's successor.
        Files.createDirectories(file().resolveSibling("hard-state.next").resolve("in-the-way"));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> state.setVotedFor(CANDIDATE));
        assertThat(state.getVotedFor().isEmpty()).as("the engine gets no vote from here").isTrue();
        assertThat(state.failure()).isNotNull();
        assertThat(open().getVotedFor().isEmpty()).isTrue();
    }

    @Test
    void anyFlippedBitIsRefused() throws Exception {
        open().setTermAndVotedFor(7, CANDIDATE);
        byte[] sound = Files.readAllBytes(file());
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 1;
            Files.write(file(), damaged);
            HardState state = new HardState(file(), true);
            assertThat(state.init(new RaftMetaStorageOptions())).as("byte %s", at).isFalse();
            assertThat(state.failure()).as("byte %s", at).hasMessageContaining(file().toString());
        }
    }

    @Test
    void whatACrashLeavesBesideTheFileIsIgnored() throws Exception {
        open().setTermAndVotedFor(7, CANDIDATE);
        Files.write(file().resolveSibling("hard-state.next"), new byte[] { 1, 2, 3 });
        assertThat(open().getTerm()).isEqualTo(7);
    }

    private Path file() {
        return this.directory.resolve("hard-state");
    }

    private HardState open() {
        HardState state = new HardState(file(), true);
        assertThat(state.init(new RaftMetaStorageOptions())).isTrue();
        return state;
    }

}
