/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FlagSettingsTests {

    @TempDir
    private Path directory;

    @Test
    void flagSetsThePropertyOfItsName() {
        assertThat(
                settings("--name=a", "--listen-client-urls=http://h:1", "--auto-compaction-retention=5m").properties())
            .isEqualTo(Map.of("kv.server.name", "a", "kv.server.listen-client-urls", "http://h:1",
                    "kv.server.auto-compaction-retention", "5m"));
    }

    @ParameterizedTest
    @CsvSource({ "heartbeat-interval, 250, PT0.25S", "grpc-keepalive-interval, 2h, PT2H",
            "grpc-keepalive-interval, 0, PT0S", "grpc-keepalive-timeout, 1m30s, PT1M30S",
            "grpc-keepalive-timeout, 1.5s, PT1.5S", "grpc-keepalive-min-time, 100ms, PT0.1S",
            "quota-backend-bytes, -1, -1", "max-txn-ops, 256, 256", "unsafe-no-fsync, T, true",
            "unsafe-no-fsync, 0, false" })
    void valueIsTranslated(String flag, String value, String property) {
        assertThat(settings("--" + flag + "=" + value).properties()).isEqualTo(Map.of("kv.server." + flag, property));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "max-txn-ops | many | is no whole number", "max-txn-ops | -1 | is negative",
                    "heartbeat-interval | 100ms | is no whole number",
                    "grpc-keepalive-interval | 5 | is no duration such as 300ms, 10s or 1h30m",
                    "grpc-keepalive-interval | 5s! | is no duration such as 300ms, 10s or 1h30m",
                    "grpc-keepalive-interval | 99999999999h | is too long",
                    "unsafe-no-fsync | perhaps | is neither true nor false" })
    void valueOfTheWrongTypeNamesTheFlag(String flag, String value, String reason) {
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> settings("--" + flag + "=" + value))
            .withMessage("invalid value for --" + flag + ": '" + value + "' " + reason)
            .extracting(SettingException::exitCode)
            .isEqualTo(2);
    }

    @Test
    void logLevelGoesToTheLogging() {
        assertThat(settings("--log-level=warn").properties()).isEqualTo(Map.of("logging.level.io.kvorum", "warn"));
    }

    @Test
    void environmentVariableSetsTheSameProperty() {
        FlagSettings settings = FlagSettings.of(CommandLine.parse(),
                Map.of("ETCD_DATA_DIR", "/d", "ETCD_HEARTBEAT_INTERVAL", "50", "PATH", "/bin", "ETCD_NAME", ""));
        assertThat(settings.properties())
            .isEqualTo(Map.of("kv.server.data-dir", "/d", "kv.server.heartbeat-interval", "PT0.05S"));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void commandLineWinsOverTheEnvironment() {
        FlagSettings settings = FlagSettings.of(CommandLine.parse("--name=cli"),
                Map.of("ETCD_NAME", "env", "ETCD_DATA_DIR", "/d"));
        assertThat(settings.properties()).isEqualTo(Map.of("kv.server.name", "cli", "kv.server.data-dir", "/d"));
        assertThat(settings.warnings()).containsExactly("environment variable ETCD_NAME has no effect beside --name");
    }

    @Test
    void unknownEnvironmentVariableOnlyWarns() {
        FlagSettings settings = FlagSettings.of(CommandLine.parse(), Map.of("ETCD_VER", "v3.4"));
        assertThat(settings.properties()).isEmpty();
        assertThat(settings.warnings()).containsExactly("environment variable ETCD_VER is not known and has no effect");
    }

    @Test
    void ignoredFlagWarnsWithItsReason() {
        FlagSettings settings = settings("--max-wals=3", "--enable-pprof");
        assertThat(settings.properties()).isEmpty();
        assertThat(settings.warnings()).containsExactly(
                "--max-wals has no effect: the Raft log is shortened after each snapshot",
                "--enable-pprof has no effect: there is no Go runtime to profile");
    }

    @ParameterizedTest
    @ValueSource(strings = { "--client-cert-auth", "--cert-file=/c", "--auth-token=jwt,sign-method=RS256",
            "--peer-auto-tls", "--force-new-cluster", "--discovery-srv=example.com", "--pre-vote=false" })
    void dangerousFlagIsRefused(String argument) {
        String flag = argument.split("=", 2)[0];
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> settings(argument))
            .withMessageStartingWith(flag + " is not supported: ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "--client-cert-auth=false", "--cert-file=", "--auth-token=simple", "--pre-vote",
            "--enable-v2=false", "--cors=*" })
    void refusedFlagThatAsksForNothingIsAccepted(String argument) {
        FlagSettings settings = settings(argument);
        assertThat(settings.properties()).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void dangerousEnvironmentVariableIsRefused() {
        assertThatExceptionOfType(SettingException.class)
            .isThrownBy(() -> FlagSettings.of(CommandLine.parse(), Map.of("ETCD_TRUSTED_CA_FILE", "/ca")))
            .withMessageStartingWith("ETCD_TRUSTED_CA_FILE is not supported: ");
    }

    @Test
    void configFileReplacesEverythingElse() throws IOException {
        Path file = write("""
                name: from-file
                heartbeat-interval: 200
                grpc-keepalive-timeout: 20000000000
                listen-client-urls: http://h:1,http://h:2
                strict-reconfig-check: false
                log-outputs: [stderr]
                client-transport-security:
                  cert-file:
                  client-cert-auth: false
                peer-transport-security: {}
                no-such-key: 1
                """);
        FlagSettings settings = FlagSettings.of(CommandLine.parse("--config-file", file.toString(), "--name=cli"),
                Map.of("ETCD_DATA_DIR", "/d"));
        assertThat(settings.properties()).isEqualTo(Map.of("kv.server.name", "from-file",
                "kv.server.heartbeat-interval", "PT0.2S", "kv.server.grpc-keepalive-timeout", "PT20S",
                "kv.server.listen-client-urls", "http://h:1,http://h:2", "kv.server.strict-reconfig-check", "false"));
        assertThat(settings.warnings()).containsExactly(
                "log-outputs in " + file + " has no effect: logging is configured through logging.* properties",
                "no-such-key in " + file + " is not known and has no effect",
                "--config-file replaces all other flags; these have no effect: --name");
    }

    @Test
    void configFileMayComeFromTheEnvironment() throws IOException {
        Path file = write("name: from-file");
        assertThat(FlagSettings.of(CommandLine.parse(), Map.of("ETCD_CONFIG_FILE", file.toString())).properties())
            .isEqualTo(Map.of("kv.server.name", "from-file"));
    }

    @Test
    void tlsInTheConfigFileIsRefused() throws IOException {
        Path file = write("peer-transport-security:\n  cert-file: /c\n");
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> settings("--config-file", file.toString()))
            .withMessageStartingWith("peer-cert-file in " + file + " is not supported: ");
    }

    @Test
    void unreadableConfigFile() throws IOException {
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> settings("--config-file=/no/such/file"))
            .withMessage("--config-file=/no/such/file does not exist");
        Path broken = write("name: [");
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> settings("--config-file", broken.toString()))
            .withMessageStartingWith("--config-file=" + broken + " is no valid YAML: ");
        Path list = write("- name");
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> settings("--config-file", list.toString()))
            .withMessage("--config-file=" + list + " does not hold 'flag: value' lines");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(this.directory.resolve("etcd.yaml"), text);
    }

    private static FlagSettings settings(String... arguments) {
        return FlagSettings.of(CommandLine.parse(arguments), Map.of());
    }

}
