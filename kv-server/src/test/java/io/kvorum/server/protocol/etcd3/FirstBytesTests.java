/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FirstBytesTests {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    @Test
    void knowsThePrefaceOfHttp2() {
        assertThat(of(PREFACE)).isEqualTo(FirstBytes.HTTP2);
        assertThat(of(PREFACE + "more")).isEqualTo(FirstBytes.HTTP2);
    }

    @Test
    void waitsForTheWholePreface() {
        for (int length = 0; length < PREFACE.length(); length++) {
            assertThat(of(PREFACE.substring(0, length))).isEqualTo(FirstBytes.UNDECIDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET /", "POST /v3/kv/put HTTP/1.1\r\n", "PATCH ", "PROPFIND /" })
    void knowsHttp1ByItsMethod(String bytes) {
        assertThat(of(bytes)).isEqualTo(FirstBytes.HTTP1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "G", "GET", "P", "PUT", "PRO" })
    void waitsForTheEndOfTheMethod(String bytes) {
        assertThat(of(bytes)).isEqualTo(FirstBytes.UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\0\0\0\u0010", "\u0016\u0003\u0001", "get /", " GET /", "ruok", "GET\r\n",
            "PRI * HTTP/1.1\r\n", "AAAAAAAAAAAAAAAAAAAAAAAA" })
    void everythingElseIsGarbage(String bytes) {
        assertThat(of(bytes)).isEqualTo(FirstBytes.GARBAGE);
    }

    private static FirstBytes of(String bytes) {
        return FirstBytes.of(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

}
