/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.kazoo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIf;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.suite.SuiteServer;

/**
 * Kazoo's own tests, as its Debian package ships them, on a cluster of three. What is
 * left out is in {@code kazoo/left-out.txt}, with a reason each. They measure time, so
 * what fails once and then works is reported as a flake. A test that hangs fails after a
 * while with its stack, and so does the whole.
 */
class KazooTests {

    private static final String PYTHON = "/usr/bin/python3";

    /** What kazoo's own harness asks of its servers, besides the defaults of suites. */
    private static final List<String> FLAGS = List.of("--kv.server.zookeeper.read-only-mode=true",
            "--kv.server.zookeeper.max-connections-per-address=0",
            "--kv.server.zookeeper.sasl.users.super=super_secret",
            "--kv.server.zookeeper.sasl.users.jaasuser=jaas_password");

    /** The longest test took 27 seconds on a busy machine. */
    private static final int SECONDS_PER_TEST = 60;

    /**
     * All took 3 minutes, and 4 while the machine had five times as much to do as it can.
     */
    private static final long MINUTES = 5;

    /**
     * Pytest's exit codes: 0 is that all passed, and those above mean that it gave up.
     */
    private static final int SOME_TESTS_FAILED = 1;

    @TestFactory
    @EnabledIf(value = "wanted", disabledReason = "asks for KVORUM_KAZOO=true; needs the packages of .ci/run")
    List<DynamicTest> kazoo(TestReporter reporter) throws Exception {
        Path plugin = Path.of(KazooTests.class.getResource("/kazoo").toURI());
        try (ClusterProcess cluster = ClusterProcess.prepareForSuite(3,
                SuiteServer.all(FLAGS).toArray(String[]::new))) {
            Path report = cluster.directory().resolve("report.xml");
            Path log = cluster.directory().resolve("pytest.log");
            ProcessBuilder pytest = new ProcessBuilder(PYTHON, "-m", "pytest", "-p", "kvorum_cluster", "-p",
                    "no:cacheprovider", "--timeout=" + SECONDS_PER_TEST, "--override-ini=timeout_func_only=true",
                    "--reruns=1", "--junitxml=" + report, "--verbose", "--tb=short", tests())
                .directory(cluster.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
            pytest.environment().put("PYTHONPATH", plugin.toString());
            pytest.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            pytest.environment().put("KVORUM_MEMBERS", members(cluster));
            pytest.environment().put("KVORUM_ALL_OF_KAZOO", "true");
            Process process = pytest.start();
            try {
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    throw new AssertionFailedError("no end after " + MINUTES + " minutes of\n" + tail(log));
                }
                if (process.exitValue() > SOME_TESTS_FAILED) {
                    throw new AssertionFailedError("kazoo's tests did not run\n" + tail(log));
                }
            }
            finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            try (Stream<String> lines = Files.lines(log)) {
                lines.filter((line) -> line.contains(" RERUN")).forEach((line) -> reporter.publishEntry("flake", line));
            }
            return results(report);
        }
    }

    /** Asked for with {@code KVORUM_KAZOO=true}: it takes minutes. */
    static boolean wanted() {
        return Boolean.parseBoolean(System.getenv("KVORUM_KAZOO"));
    }

    private static String tests() throws Exception {
        Process process = new ProcessBuilder(PYTHON, "-c", "import kazoo.tests; print(kazoo.tests.__path__[0])")
            .start();
        String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return path.strip();
    }

    /** What the plugin wants to know of the members, as JSON. */
    private static String members(ClusterProcess cluster) {
        return cluster.members().stream().map(KazooTests::member).collect(Collectors.joining(",", "[", "]"));
    }

    private static String member(MemberProcess member) {
        String command = member.commandLine().stream().map((word) -> '"' + word + '"').collect(Collectors.joining(","));
        String endpoint = member.spec().zookeeperEndpoint();
        return "{\"command\":[" + command + "],\"log\":\"" + member.spec().directory().resolve("server.log")
                + "\",\"port\":" + endpoint.substring(endpoint.lastIndexOf(':') + 1) + ",\"health\":\"http://"
                + member.endpoint() + "/health\"}";
    }

    private static List<DynamicTest> results(Path report) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
        List<DynamicTest> results = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String type = test.getAttribute("classname").replaceAll(".*tests\\.", "");
            results.add(DynamicTest.dynamicTest(type + "." + test.getAttribute("name"), () -> replay(test)));
        }
        return results;
    }

    /** Ends as the test of kazoo has ended. */
    private static void replay(Element test) {
        NodeList skipped = test.getElementsByTagName("skipped");
        if (skipped.getLength() > 0) {
            throw new TestAbortedException(((Element) skipped.item(0)).getAttribute("message"));
        }
        for (String kind : List.of("failure", "error")) {
            NodeList failures = test.getElementsByTagName(kind);
            if (failures.getLength() > 0) {
                throw new AssertionFailedError(failures.item(0).getTextContent());
            }
        }
    }

    private static String tail(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
        }
    }

}
