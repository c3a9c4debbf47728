/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

    private static final String TWO = "n1=http://127.0.0.1:1,n2=http://127.0.0.1:2";

    @TempDir
    private Path temporary;

    @Test
    void createsWhatIsMissing() {
        Path root = this.temporary.resolve("a/b");
        Path wal = this.temporary.resolve("wal");
        try (DataDirectory directory = DataDirectory.open(member("n1", root, wal.toString()))) {
            assertThat(directory.root()).isEqualTo(root).isDirectory();
            assertThat(directory.raft()).isEqualTo(wal).isDirectory();
            assertThat(directory.store()).isDirectory();
        }
    }

    @Test
    void secondProcessIsRefused() {
        Path root = this.temporary.resolve("d");
        try (DataDirectory first = DataDirectory.open(member("n1", root, ""))) {
            assertThat(first.raft()).isDirectory();
            assertInvalid(() -> DataDirectory.open(member("n1", root, "")),
                    "--data-dir=" + root + " is in use by another process, which holds " + root.resolve("kvorum.lock"));
        }
        DataDirectory.open(member("n1", root, "")).close();
    }

    @Test
    void fileInsteadOfDirectory() throws IOException {
        Path file = Files.createFile(this.temporary.resolve("file"));
        assertInvalid(() -> DataDirectory.open(member("n1", file, "")), "--data-dir=" + file + " is not a directory");
        Path root = this.temporary.resolve("d");
        assertInvalid(() -> DataDirectory.open(member("n1", root, file.toString())),
                "--wal-dir=" + file + " is not a directory");
        // The failed start left no lock behind.
        DataDirectory.open(member("n1", root, "")).close();
    }

    @Test
    void directoryOfEtcdIsRefused() throws IOException {
        Files.createDirectories(this.temporary.resolve("member/wal"));
        assertInvalid(() -> DataDirectory.open(member("n1", this.temporary, "")),
                "--data-dir=" + this.temporary + " holds data of etcd, which cannot be read; choose another directory");
    }

    @Test
    void memberRemembersWhoItIs() {
        Membership founded = settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t"));
        assertThat(founded.members()).hasSize(2);
        assertThat(settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t")))
            .isEqualTo(founded);
        // As after a restart with nothing but --data-dir.
        assertThat(settle(member("default", this.temporary, ""), cluster("http://localhost:2380", "", "t")))
            .isEqualTo(founded);
    }

    @Test
    void directoryOfAnotherMemberIsRefused() {
        settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t"));
        assertInvalidStart(() -> settle(member("n2", this.temporary, ""), cluster("http://127.0.0.1:2", TWO, "t")),
                "--data-dir=" + this.temporary + " belongs to member-id ");
    }

    @Test
    void directoryOfAnotherClusterIsRefused() {
        String three = TWO + ",n3=http://127.0.0.1:3";
        settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t"));
        assertInvalidStart(() -> settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", three, "t")),
                "--data-dir=" + this.temporary + " belongs to cluster-id ");
    }

    @Test
    void damagedMemberFileIsRefused() throws IOException {
        settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t"));
        Path file = this.temporary.resolve("member.properties");
        Files.writeString(file, Files.readString(file).replace("initial-cluster-token=t", "initial-cluster-token=u"));
        assertInvalidStart(() -> settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t")),
                file + " is damaged: the ids do not belong to the members it lists");
        Files.writeString(file, "");
        assertInvalidStart(() -> settle(member("n1", this.temporary, ""), cluster("http://127.0.0.1:1", TWO, "t")),
                file + " is damaged: initial-cluster is missing");
    }

    @Test
    void joiningIsNotSupportedYet() {
        assertInvalidStart(
                () -> settle(member("n1", this.temporary, ""),
                        new ClusterProperties("http://127.0.0.1:1", TWO, "t", "existing", true)),
                "--initial-cluster-state=existing: ");
    }

    private static Membership settle(MemberProperties member, ClusterProperties cluster) {
        try (DataDirectory directory = DataDirectory.open(member)) {
            return new MemberFile(directory).settle(member, cluster);
        }
    }

    private static MemberProperties member(String name, Path dataDir, String walDir) {
        return new MemberProperties(name, dataDir.toString(), walDir, "", "", "http://localhost:2380", "");
    }

    private static ClusterProperties cluster(String advertised, String initialCluster, String token) {
        return new ClusterProperties(advertised, initialCluster, token, "new", true);
    }

    private static void assertInvalid(Runnable action, String message) {
        assertThatExceptionOfType(SettingException.class).isThrownBy(action::run).withMessage(message);
    }

    private static void assertInvalidStart(Runnable action, String message) {
        assertThatExceptionOfType(SettingException.class).isThrownBy(action::run).withMessageStartingWith(message);
    }

}
