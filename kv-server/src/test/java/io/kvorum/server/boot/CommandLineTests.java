/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

class CommandLineTests {

    @Test
    void everySpellingOfAFlag() {
        assertThat(CommandLine.parse("--name", "a", "--data-dir=/d", "-max-txn-ops", "5", "-log-level=debug").flags())
            .containsExactly(entry("name", "a"), entry("data-dir", "/d"), entry("max-txn-ops", "5"),
                    entry("log-level", "debug"));
    }

    @Test
    void valueMayContainEqualsSigns() {
        assertThat(CommandLine.parse("--initial-cluster", "a=http://h:1", "--initial-cluster-token=x=y").flags())
            .containsExactly(entry("initial-cluster", "a=http://h:1"), entry("initial-cluster-token", "x=y"));
    }

    @Test
    void switchNeedsNoValueAndTakesNoneFromTheNextArgument() {
        assertThat(CommandLine.parse("--unsafe-no-fsync", "--strict-reconfig-check=false", "--name", "a").flags())
            .containsExactly(entry("unsafe-no-fsync", "true"), entry("strict-reconfig-check", "false"),
                    entry("name", "a"));
        assertUsage("'false' is not a flag; flags begin with --", "--unsafe-no-fsync", "false");
    }

    @Test
    void lastOneWins() {
        assertThat(CommandLine.parse("--name=a", "--name=b").flags()).containsExactly(entry("name", "b"));
    }

    @Test
    void springArgumentsPassThrough() {
        CommandLine commandLine = CommandLine.parse("--kv.server.name=a", "--logging.level.root=debug", "--name=b");
        assertThat(commandLine.springArguments()).containsExactly("--kv.server.name=a", "--logging.level.root=debug");
        assertThat(commandLine.flags()).containsExactly(entry("name", "b"));
    }

    @Test
    void helpVersionAndConfigFile() {
        assertThat(CommandLine.parse("-h").help()).isTrue();
        assertThat(CommandLine.parse("--help").help()).isTrue();
        assertThat(CommandLine.parse("-version").version()).isTrue();
        assertThat(CommandLine.parse("--config-file", "/f").configFile()).isEqualTo("/f");
    }

    @ParameterizedTest
    @CsvSource({ "--data-dri, data-dir", "--listen-client-url, listen-client-urls",
            "--election-timout, election-timeout", "--quota-backend-byte, quota-backend-bytes" })
    void unknownFlagNamesTheNearestKnownOne(String argument, String nearest) {
        assertUsage("unknown flag " + argument + "; did you mean --" + nearest + "?", argument, "x");
    }

    @Test
    void unknownFlagWithoutAnythingNear() {
        assertUsage("unknown flag --frobnicate-everything; see --help", "--frobnicate-everything=1");
    }

    @Test
    void missingValue() {
        assertUsage("flag --name needs a value", "--name");
        assertUsage("flag --config-file needs a value", "--config-file");
    }

    @Test
    void positionalArgument() {
        assertUsage("'gateway' is not a flag; flags begin with --", "gateway");
    }

    private static void assertUsage(String message, String... arguments) {
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> CommandLine.parse(arguments))
            .withMessage(message)
            .extracting(SettingException::exitCode)
            .isEqualTo(2);
    }

}
