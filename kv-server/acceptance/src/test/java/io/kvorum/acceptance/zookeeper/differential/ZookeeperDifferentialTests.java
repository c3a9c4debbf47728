/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.RealZookeeper;
import io.kvorum.acceptance.harness.Seeds;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Random programs, whose every frame must be that of ZooKeeper. */
class ZookeeperDifferentialTests {

    private static final int PROGRAM_LENGTH = 60;

    private static final int PROGRAMS = Integer.getInteger("kvorum.differential-programs", 60);

    private static final int MOST_FAILURES = 5;

    @Test
    void zookeeperAgreesWithItself() {
        try (RealZookeeper other = RealZookeeper.start()) {
            compare(LongStream.rangeClosed(1, Math.min(PROGRAMS, 10)), other.endpoint());
        }
    }

    @Test
    void kvServerAgreesWithZookeeper() {
        try (ClusterProcess server = ClusterProcess.withZookeeper(1)) {
            compare(Seeds.fixedAndFresh(PROGRAMS), server.zookeeperEndpoints());
        }
    }

    private void compare(LongStream seeds, String endpoint) {
        try (RealZookeeper zookeeper = RealZookeeper.start();
                Subject judge = new Subject(zookeeper.endpoint());
                Subject subject = new Subject(endpoint)) {
            Comparison comparison = new Comparison(judge, subject);
            List<String> failures = new ArrayList<>();
            seeds.takeWhile((seed) -> failures.size() < MOST_FAILURES).forEach((seed) -> {
                List<Step> program = new ProgramGenerator(seed).program(PROGRAM_LENGTH);
                run(comparison, seed, program).map((found) -> new Shrinker(comparison).shrink(program, found))
                    .ifPresent((shrunken) -> failures.add("-Dkvorum.seed=" + seed + "\n" + shrunken));
            });
            assertThat(failures).as("differences").isEmpty();
        }
    }

    private static Optional<Difference> run(Comparison comparison, long seed, List<Step> program) {
        try {
            return comparison.run(program);
        }
        catch (RuntimeException ex) {
            throw new AssertionError("-Dkvorum.seed=" + seed + " ends a server:\n" + Shrinker.render(program), ex);
        }
    }

}
