/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeId;

import static org.assertj.core.api.Assertions.assertThat;

class AccessControlTests {

    private static final int READ = ZnodeAcl.READ;

    @Test
    void anEntryCountsForItsPermissionsOnly() {
        List<ZnodeAcl> acl = List.of(new ZnodeAcl(READ, "world", "anyone"), new ZnodeAcl(3, "digest", "a:x"));
        assertThat(AccessControl.allows(acl, READ, List.of())).isTrue();
        assertThat(AccessControl.allows(acl, ZnodeAcl.WRITE, List.of())).isFalse();
        assertThat(AccessControl.allows(acl, ZnodeAcl.WRITE, List.of(new ZnodeId("digest", "a:x")))).isTrue();
        assertThat(AccessControl.allows(acl, ZnodeAcl.WRITE, List.of(new ZnodeId("digest", "a:y")))).isFalse();
        assertThat(AccessControl.allows(acl, ZnodeAcl.WRITE, List.of(new ZnodeId("sasl", "a:x")))).isFalse();
        assertThat(AccessControl.allows(acl, READ | ZnodeAcl.ADMIN, List.of())).as("any of them").isTrue();
    }

    @Test
    void superUsersMayDoEverything() {
        List<ZnodeAcl> acl = List.of(new ZnodeAcl(0, "world", "anyone"));
        assertThat(AccessControl.allows(acl, READ, List.of(new ZnodeId("ip", "::1"), new ZnodeId("super", ""))))
            .isTrue();
        assertThat(AccessControl.allows(List.of(new ZnodeAcl(READ, "sasl", "bob")), READ,
                List.of(new ZnodeId("sasl", "super"))))
            .as("the user of SASL with this name is all users of SASL")
            .isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "10.1.2.3, 10.1.2.3, true", "10.1.2.3, 10.1.2.4, false", "10.1.0.0/16, 10.1.200.1, true",
            "10.1.0.0/16, 10.2.0.1, false", "10.1.2.128/25, 10.1.2.200, true", "10.1.2.128/25, 10.1.2.100, false",
            "0.0.0.0/0, 1.2.3.4, true", "0.0.0.0/0, ::1, false", "::1, 0:0:0:0:0:0:0:1, true",
            "2001:db8::/32, 2001:db8:1::7, true", "2001:db8::/32, 2001:db9::, false", "1.2.3.4/33, 1.2.3.4, false" })
    void addresses(String range, String address, boolean contained) {
        assertThat(IpRange.contains(range, address)).isEqualTo(contained);
        assertThat(AccessControl.allows(List.of(new ZnodeAcl(READ, "ip", range)), READ,
                List.of(new ZnodeId("ip", address))))
            .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "localhost", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-1", "1.2.3.4/", "1.2.3.4/33",
            "1.2.3.4/-1", "1.2.3.4/x", ":", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1::", "12345::", "g::", "::/129" })
    void whatIsNoAddress(String text) {
        assertThat(IpRange.isValid(text)).isFalse();
        assertThat(IpRange.contains(text, "1.2.3.4")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.0.0.0/0", "1.2.3.4/32", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "ffff::/16" })
    void whatIsAnAddress(String text) {
        assertThat(IpRange.isValid(text)).isTrue();
    }

}
