/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A full disk stops writes with a reason, and only until there is space again. */
@EnabledIf(value = "mayMount", disabledReason = "a small tmpfs is the full disk, and mounting is not permitted here")
class DiskFullTests {

    private static final int DISK_BYTES = 24 << 20;

    @TempDir
    private Path directory;

    private Path disk;

    static boolean mayMount() throws IOException {
        Path probe = Files.createTempDirectory("mount");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe.toString()) == 0;
        if (mounted) {
            run("umount", probe.toString());
        }
        Files.delete(probe);
        return mounted;
    }

    @BeforeEach
    void mount() throws IOException {
        this.disk = Files.createDirectory(this.directory.resolve("disk"));
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", this.disk.toString())).isZero();
    }

    @AfterEach
    void unmount() {
        assertThat(run("umount", this.disk.toString())).isZero();
    }

    @Test
    void aSingleMemberSaysWhyAndGoesOnWhenThereIsSpace() throws Exception {
        try (TestGroup group = new TestGroup(this.disk, 1, 100_000)) {
            group.startAll();
            group.put("before", "1");
            Path ballast = fill(group, 1);
            assertThat(group.member(1).status().role()).isEqualTo(RaftStatus.Role.FAILED);
            assertThat(group.member(1).status().failure()).contains(group.directory(1).toString())
                .contains("No space left");
            assertThat(group.propose(1, "x", "y")).failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withMessageContaining("certain=true")
                .withMessageContaining("No space left");
            assertThat(group.state(1).content()).as("reads go on").containsEntry("before", "1");
            MapStateMachine state = group.state(1);
            Awaitility.await().during(Duration.ofMillis(2500)).until(() -> state.failure != null);
            Files.delete(ballast);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> state.failure == null);
            group.put("after", "2");
            assertThat(group.state(1)).as("the state machine was kept").isSameAs(state);
            assertThat(state.content()).containsEntry("before", "1").containsEntry("after", "2");
            group.stop(1);
            group.start(1);
            group.put("again", "3");
            assertThat(group.state(1).content()).containsAllEntriesOf(state.content());
        }
    }

    @Test
    void theOthersGoOnAndTheFullMemberComesBack() throws Exception {
        try (TestGroup group = new TestGroup(this.directory, 3, 100_000)) {
            group.useDirectory(1, this.disk.resolve("member-1"));
            group.startAll();
            group.put("before", "1");
            Path ballast = Files.createFile(this.disk.resolve("ballast"));
            fillFile(ballast);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                group.put("while", "x".repeat(20_000));
                return group.state(1).failure != null;
            });
            Awaitility.await().during(Duration.ofMillis(2500)).until(() -> group.state(1).failure != null);
            for (int i = 0; i < 20; i++) {
                group.put("k" + i, "v");
            }
            Files.delete(ballast);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> group.state(1).failure == null);
            group.put("after", "2");
            group.awaitEqual();
            assertThat(group.state(1).content()).hasSize(23);
        }
    }

    /** Leaves no space and writes until the member notices. */
    private Path fill(TestGroup group, long id) throws Exception {
        Path ballast = Files.createFile(this.disk.resolve("ballast"));
        fillFile(ballast);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            CompletableFuture<Long> write = group.propose(id, "filler", "x".repeat(20_000));
            try {
                write.get(2, TimeUnit.SECONDS);
            }
            catch (ExecutionException | TimeoutException ex) {
                return group.state(id).failure != null;
            }
            return false;
        });
        return ballast;
    }

    private static void fillFile(Path file) {
        byte[] slice = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            for (int written = 0; written < DISK_BYTES; written += slice.length) {
                out.write(slice);
            }
        }
        catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        }
        catch (IOException ex) {
            return -1;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

}
