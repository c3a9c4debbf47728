/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real full disk: a small file system in memory, which only root may mount. */
class FullDiskTests {

    @TempDir
    Path directory;

    private Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        this.disk = Files.createDirectory(this.directory.resolve("disk"));
        this.mounted = run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", this.disk.toString());
        assumeTrue(this.mounted, "not allowed to mount");
    }

    @AfterEach
    void unmount() throws Exception {
        if (this.mounted) {
            run("umount", this.disk.toString());
        }
    }

    @Test
    void readsGoOnAndCommitsSucceedOnceThereIsSpace() throws IOException {
        Path data = this.disk.resolve("data");
        Path ballast = this.disk.resolve("ballast");
        StoreOptions options = StoreOptions.in(data).withCommits(Duration.ofMillis(20), 16).withCaches(4, 1);
        try (MvccStore store = MvccStore.open(options)) {
            put(store, 1, 1000);
            store.commit();
            fill(ballast);
            put(store, 2, 200_000);
            assertThatThrownBy(store::commit).isInstanceOf(IOException.class).hasMessageContaining("disk refuses");
            put(store, 3, 200_000);
            assertThat(store.view().range(RangeQuery.of(KeyRange.ALL)).count()).isEqualTo(3);
            assertThat(store.size().allocatedBytes()).isPositive();
            assertThatThrownBy(store::commit).isInstanceOf(IOException.class);
            Files.delete(ballast);
            Awaitility.await().ignoreExceptions().untilAsserted(store::commit);
            put(store, 4, 1000);
            store.commit();
        }
        try (MvccStore store = MvccStore.open(options)) {
            assertThat(store.view().appliedIndex()).isEqualTo(4);
            assertThat(store.view().range(RangeQuery.of(KeyRange.ALL)).count()).isEqualTo(4);
        }
    }

    @Test
    void closingWhileTheDiskIsFullKeepsTheLastCommit() throws IOException {
        Path data = this.disk.resolve("data");
        StoreOptions options = StoreOptions.in(data).withCommits(Duration.ofMillis(20), 16).withCaches(4, 1);
        MvccStore store = MvccStore.open(options);
        put(store, 1, 1000);
        store.commit();
        fill(this.disk.resolve("ballast"));
        put(store, 2, 200_000);
        assertThatThrownBy(store::commit).isInstanceOf(IOException.class);
        store.close();
        Files.delete(this.disk.resolve("ballast"));
        try (MvccStore reopened = MvccStore.open(options)) {
            assertThat(reopened.view().appliedIndex()).isEqualTo(1);
            put(reopened, 2, 200_000);
            reopened.commit();
        }
    }

    private static void put(MvccStore store, int index, int size) {
        store.transact((tx) -> {
            tx.put(Bytes.utf8("key" + index), Bytes.wrap(new byte[size]), 0);
            return null;
        });
        store.publish(index);
    }

    private static void fill(Path ballast) throws IOException {
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (true) {
                channel.write(ByteBuffer.allocate(4096));
            }
        }
        catch (IOException ex) {
            assertThat(ex).hasMessageContaining("space");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor() == 0;
    }

}
