/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndpointTests {

    @Test
    void schemeAndPortMayBeLeftOut() {
        assertThat(Endpoint.parse(List.of("http://one:1234", "two", "[::1]:2379"))).containsExactly(
                new Endpoint("one", 1234, false), new Endpoint("two", 2379, false), new Endpoint("[::1]", 2379, false));
        assertThat(Endpoint.parse(List.of("HTTPS://one:1/"))).containsExactly(new Endpoint("one", 1, true));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "http://", "ftp://one:1", "http://one:0", "http://one:70000", "http://one:1/path",
            "http://user@one:1", "http://one:1?q", "one two", "http://one:port" })
    void othersAreNamed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(List.of(text)))
            .withMessageContaining("'" + text + "'")
            .withMessageContaining("http://localhost:2379");
    }

    @Test
    void allSpeakTlsOrNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(List.of("http://one", "https://two")))
            .withMessageContaining("either all are http or all are https");
    }

}
