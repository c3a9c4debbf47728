/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import io.kvorum.acceptance.harness.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Random programs, whose every answer must be that of etcd. */
@RequiresEtcd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialTests {

    private static final int PROGRAM_LENGTH = 60;

    private static final int PROGRAMS = Integer.getInteger("kvorum.differential-programs", 60);

    private static final int MOST_FAILURES = 5;

    private final ClusterProcess etcd = ClusterProcess.inMemory(Product.ETCD);

    @AfterAll
    void stop() {
        this.etcd.close();
    }

    @Test
    void etcdAgreesWithItself() {
        try (ClusterProcess other = ClusterProcess.inMemory(Product.ETCD)) {
            compare(LongStream.rangeClosed(1, Math.min(PROGRAMS, 10)), other);
        }
    }

    @Test
    void kvServerAgreesWithEtcd() {
        try (ClusterProcess server = ClusterProcess.inMemory(Product.KVORUM)) {
            compareBoundaries(server);
            compare(Seeds.fixedAndFresh(PROGRAMS), server);
        }
    }

    private void compare(LongStream seeds, ClusterProcess server) {
        try (Subject judge = new Subject(this.etcd.endpoints()); Subject subject = new Subject(server.endpoints())) {
            Comparison comparison = new Comparison(judge, subject);
            List<String> failures = new ArrayList<>();
            seeds.takeWhile((seed) -> failures.size() < MOST_FAILURES).forEach((seed) -> {
                List<Operation> program = new ProgramGenerator(seed).program(PROGRAM_LENGTH);
                run(comparison, seed, program, server).map((found) -> new Shrinker(comparison).shrink(program, found))
                    .ifPresent((shrunken) -> failures.add("-Dkvorum.seed=" + seed + "\n" + shrunken));
            });
            assertThat(failures).as("differences%n%s", server.logTails()).isEmpty();
        }
    }

    private void compareBoundaries(ClusterProcess server) {
        try (Subject judge = new Subject(this.etcd.endpoints()); Subject subject = new Subject(server.endpoints())) {
            Comparison comparison = new Comparison(judge, subject);
            BoundaryPrograms.all()
                .forEach((name, program) -> assertThat(comparison.run(program)).as("%s%n%s", name, server.logTails())
                    .isEmpty());
        }
    }

    private Optional<Difference> run(Comparison comparison, long seed, List<Operation> program, ClusterProcess server) {
        try {
            return comparison.run(program);
        }
        catch (RuntimeException ex) {
            throw new AssertionError("-Dkvorum.seed=" + seed + " ends a server or a stream:\n"
                    + Shrinker.render(program) + this.etcd.logTails() + "\n" + server.logTails(), ex);
        }
    }

}
