/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rooms of the house and the doors between them, as docs/architecture.md draws them.
 */
class ArchitectureTests {

    private static final String BASE = "io.kvorum.server.";

    /** What each package may use of the others; {@code boot} may use all. */
    private static final Map<String, List<String>> DOORS = Map.ofEntries(Map.entry("common", List.of()),
            Map.entry("metrics", List.of()), Map.entry("command", List.of("common")),
            Map.entry("store", List.of("common")), Map.entry("lease", List.of("common", "store")),
            Map.entry("watch", List.of("common", "store")), Map.entry("tree", List.of("common", "command", "store")),
            Map.entry("state", List.of("common", "command", "store", "lease", "tree")),
            Map.entry("raft", List.of("common", "command")),
            Map.entry("node", List.of("common", "command", "store", "lease", "watch", "state", "raft")),
            Map.entry("protocol", List.of("common", "command", "watch", "node", "metrics", "tree")),
            Map.entry("proxy", List.of("common", "command", "store", "watch", "tree", "protocol")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("io.kvorum.server");

    @ParameterizedTest
    @ValueSource(strings = { "common", "metrics", "command", "store", "lease", "watch", "tree", "state", "raft", "node",
            "protocol", "proxy" })
    void aPackageUsesOnlyWhatItMay(String name) {
        List<String> allowed = DOORS.get(name);
        String[] others = DOORS.keySet()
            .stream()
            .filter((other) -> !other.equals(name) && !allowed.contains(other))
            .map((other) -> BASE + other + "..")
            .toArray(String[]::new);
        noClasses().that()
            .resideInAPackage(BASE + name + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(others).or(resideInAnyPackage(BASE + "boot..")))
            .because("arrows of import go down the list in docs/architecture.md")
            .check(CLASSES);
    }

    @Test
    void onlyBootKnowsSpring() {
        noClasses().that()
            .resideOutsideOfPackage(BASE + "boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .check(CLASSES);
    }

    @Test
    void onlyTheStoreKnowsMvStore() {
        noClasses().that()
            .resideOutsideOfPackage(BASE + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.h2..")
            .check(CLASSES);
    }

    @Test
    void onlyRaftKnowsTheEngine() {
        noClasses().that()
            .resideOutsideOfPackage(BASE + "raft..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.alipay..")
            .check(CLASSES);
    }

    @Test
    void applyKnowsNoTimeNoRandomnessNoThreads() {
        DescribedPredicate<JavaClass> nondeterminism = resideInAnyPackage("java.time..", "java.security..")
            .or(JavaClass.Predicates.assignableTo(Thread.class))
            .or(JavaClass.Predicates.type(UUID.class))
            .or(JavaClass.Predicates.type(ThreadLocalRandom.class))
            .or(JavaClass.Predicates.assignableTo(Executor.class));
        noClasses().that()
            .resideInAnyPackage(BASE + "state..", BASE + "tree..", BASE + "command..")
            .should()
            .dependOnClassesThat(nondeterminism)
            .check(CLASSES);
        noClasses().that()
            .resideInAnyPackage(BASE + "state..", BASE + "tree..", BASE + "command..", BASE + "store..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .check(CLASSES.that(resideOutsideOfPackages(BASE + "store..")));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

}
