/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kvorum.server.common.Bytes;

import static org.assertj.core.api.Assertions.assertThat;

class ContestTests {

    private final Contest contest = Contest.of(ByteString.copyFromUtf8("name"));

    @ParameterizedTest
    @CsvSource({ "10, name/a", "3830316262637057816, name/35280458d3e23718", "-1, name/-1", "-255, name/-ff",
            "-9223372036854775808, name/-8000000000000000" })
    void aKeyIsNamedAfterItsLeaseAsGoPrintsIt(long lease, String key) {
        assertThat(this.contest.keyOf(lease).toUtf8()).isEqualTo(key);
    }

    @Test
    void otherNamesAreOtherContests() {
        assertThat(this.contest.range().contains(Bytes.utf8("name/a"))).isTrue();
        assertThat(this.contest.range().contains(Bytes.utf8("name"))).isFalse();
        assertThat(this.contest.range().contains(Bytes.utf8("name2/a"))).isFalse();
        assertThat(Contest.of(ByteString.EMPTY).keyOf(1)).isEqualTo(Bytes.utf8("/1"));
    }

}
