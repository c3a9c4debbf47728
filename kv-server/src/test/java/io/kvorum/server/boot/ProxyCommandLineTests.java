/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The flags of the proxy. */
class ProxyCommandLineTests {

    @Test
    void withoutFlags() {
        ProxyCommandLine line = ProxyCommandLine.parse(List.of());
        assertThat(line.listen().getPort()).isEqualTo(2181);
        assertThat(line.listen().getAddress().isLoopbackAddress()).isTrue();
        assertThat(line.settings().endpoints()).containsExactly("localhost:2379");
        assertThat(line.settings().prefix()).isEqualTo("/zk-proxy/");
        assertThat(line.crossCheck()).isNull();
    }

    @Test
    void withAll() {
        ProxyCommandLine line = ProxyCommandLine.parse(List.of("--endpoints=http://127.0.0.1:1,http://127.0.0.1:2",
                "-listen", "127.0.0.1:3", "--prefix", "/x/", "--max-txn-ops", "1000", "--request-timeout", "2s",
                "--cross-check", "127.0.0.1:4", "--log-level", "debug"));
        assertThat(line.settings().endpoints()).containsExactly("127.0.0.1:1", "127.0.0.1:2");
        assertThat(line.listen().getPort()).isEqualTo(3);
        assertThat(line.settings().maxTxnOps()).isEqualTo(1000);
        assertThat(line.settings().requestTimeout()).hasSeconds(2);
        assertThat(line.crossCheck()).isNotNull();
        assertThat(line.logLevel()).isEqualTo("debug");
    }

    @ParameterizedTest
    @CsvSource({ "--listen=x, --listen", "--listen=65536, --listen", "--prefix=/x, --prefix",
            "--endpoints=localhost, --endpoints", "--max-txn-ops=1, --max-txn-ops",
            "--request-timeout=soon, --request-timeout", "--log-level=loud, --log-level",
            "--cross-check=:1, --cross-check", "--bogus=1, --bogus", "--listen, --listen", "listen, 'listen'" })
    void aBadFlagIsNamed(String argument, String named) {
        assertThatThrownBy(() -> ProxyCommandLine.parse(List.of(argument))).isInstanceOf(SettingException.class)
            .hasMessageContaining(named);
    }

}
