/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.suite;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The lists of a suite say something about each of its tests, and about nothing else. */
public abstract class SuiteListContract {

    private static final String CLASS = ".class";

    private final SuiteList list = SuiteList.ofThisModule();

    /** Any class of each jar of the suite. */
    protected abstract List<String> oneClassOfEachJar();

    @Test
    void everyTestRunsOrIsLeftOut() throws Exception {
        Set<String> silent = new TreeSet<>();
        Set<String> both = new TreeSet<>();
        for (String type : testClasses()) {
            boolean runs = this.list.runs().contains(type);
            boolean leftOut = this.list.reason(type, null) != null;
            if (runs && leftOut) {
                both.add(type);
            }
            else if (!runs && !leftOut) {
                silent.add(type);
            }
        }
        assertThat(silent).as("tests that nobody decided about").isEmpty();
        assertThat(both).as("tests that run and do not").isEmpty();
    }

    @Test
    void whatIsListedExists() throws Exception {
        Set<String> all = testClasses();
        assertThat(all).containsAll(this.list.runs());
        List<String> unknown = new ArrayList<>();
        for (String leftOut : this.list.leftOut().keySet()) {
            if (!exists(leftOut, all)) {
                unknown.add(leftOut);
            }
        }
        assertThat(unknown).as("reasons for tests that are not there").isEmpty();
    }

    private boolean exists(String leftOut, Set<String> all) {
        int hash = leftOut.indexOf('#');
        if (hash > 0) {
            String type = leftOut.substring(0, hash);
            return this.list.runs().contains(type) && Stream.of(load(type).getMethods())
                .anyMatch((method) -> isTest(method) && method.getName().equals(leftOut.substring(hash + 1)));
        }
        if (leftOut.endsWith(".**")) {
            String prefix = leftOut.substring(0, leftOut.length() - 2);
            return all.stream().anyMatch((type) -> type.startsWith(prefix));
        }
        return all.contains(leftOut);
    }

    private Set<String> testClasses() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String one : oneClassOfEachJar()) {
            String jar = load(one).getProtectionDomain().getCodeSource().getLocation().getPath();
            try (JarFile file = new JarFile(jar)) {
                file.stream()
                    .map((entry) -> entry.getName())
                    .filter((name) -> name.endsWith(CLASS) && !name.contains("$"))
                    .map((name) -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .filter(SuiteListContract::isTestClass)
                    .forEach(types::add);
            }
        }
        return types;
    }

    private static boolean isTestClass(String name) {
        try {
            Class<?> type = load(name);
            if (Modifier.isAbstract(type.getModifiers())) {
                return false;
            }
            return name.endsWith("Test") || Stream.of(type.getMethods()).anyMatch(SuiteListContract::isTest)
                    || Stream.of(type.getDeclaredMethods()).anyMatch(SuiteListContract::isTest);
        }
        catch (NoClassDefFoundError needsMoreThanThisModuleHas) {
            return name.endsWith("Test");
        }
    }

    private static boolean isTest(Method method) {
        return Stream.of(method.getAnnotations())
            .map(Annotation::annotationType)
            .anyMatch((type) -> type == Test.class || type.getSimpleName().equals("ParameterizedTest")
                    || type.getSimpleName().equals("RepeatedTest"));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SuiteListContract.class.getClassLoader());
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
