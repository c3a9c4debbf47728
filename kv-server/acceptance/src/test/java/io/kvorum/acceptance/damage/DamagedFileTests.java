/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damages one file of a killed member. Afterwards the member either starts and has
 * everything that it acknowledged, or it refuses to start and names the file; nothing in
 * between. A log that lost its last bytes may have lost the last entries with them: no
 * reader can know that they were there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedFileTests {

    private static final int KEYS = 300;

    private static final int VALUE_BYTES = 2_000;

    private static final int ENTRIES_AT_THE_END = 3;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final ClusterProcess server = ClusterProcess.prepare(Product.KVORUM, 1);

    private final MemberProcess member = this.server.member(0);

    private final Path original = this.server.directory().resolve("original");

    @BeforeAll
    void fillAndKill() throws IOException {
        this.member.start();
        try (KvClient client = new KvClient(this.member.endpoint())) {
            for (int number = 0; number < KEYS; number++) {
                Keys.write(client, number, VALUE_BYTES);
            }
        }
        this.member.kill();
        copy(this.member.spec().dataDirectory(), this.original);
    }

    @AfterAll
    void stop() {
        this.server.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of("raft", "store")
            .flatMap((part) -> Stream.of(Damage.values()).map((damage) -> Arguments.of(part, damage)));
    }

    @ParameterizedTest(name = "{1} of the {0} file")
    @MethodSource("cases")
    void memberHasEverythingOrNamesTheFile(String part, Damage damage) throws IOException {
        copy(this.original, this.member.spec().dataDirectory());
        Path file = largestFile(this.member.spec().dataDirectory().resolve(part));
        damage.apply(file);
        int logged = this.member.log().length();
        this.member.launch();
        try {
            Awaitility.await("start or refusal")
                .atMost(TIMEOUT)
                .until(() -> !this.member.isRunning() || this.member.isHealthy());
            if (this.member.isRunning()) {
                verifyKeysOrAccusation(part, damage, file, logged);
            }
            else {
                assertThat(this.member.awaitExit(Duration.ofSeconds(1))).isNotZero();
                assertThat(this.member.log().substring(logged)).contains(file.getFileName().toString());
            }
            System.out.println(damage + " of " + file.getFileName() + ": "
                    + (this.member.isRunning() ? "starts" : "refuses to start"));
        }
        finally {
            this.member.kill();
        }
    }

    /**
     * A bad place that only a read meets is found by that read: it fails as data loss,
     * and the log names the file.
     */
    private void verifyKeysOrAccusation(String part, Damage damage, Path file, int logged) {
        try {
            verifyKeys(part.equals("raft") && damage != Damage.GARBAGE_AT_THE_END);
        }
        catch (StatusRuntimeException ex) {
            System.out.println(damage + " of " + file.getFileName() + ": " + ex.getMessage());
            assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
            assertThat(this.member.log().substring(logged)).contains(file.getFileName().toString());
            assertThat(this.member.isRunning()).isTrue();
        }
    }

    private void verifyKeys(boolean mayMissTheLast) {
        try (KvClient client = new KvClient(this.member.endpoint())) {
            List<Integer> found = Keys.read(client);
            List<Integer> all = IntStream.range(0, KEYS).boxed().toList();
            if (mayMissTheLast) {
                assertThat(found.size()).isGreaterThanOrEqualTo(KEYS - ENTRIES_AT_THE_END);
                assertThat(found).isEqualTo(all.subList(0, found.size()));
            }
            else {
                assertThat(found).isEqualTo(all);
            }
            Keys.write(client, KEYS, VALUE_BYTES);
        }
    }

    private static Path largestFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                .max(Comparator.comparingLong((file) -> file.toFile().length()))
                .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.forEach(files::add);
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            }
            else {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

}
