/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeId;

import static org.assertj.core.api.Assertions.assertThat;

class AclRulesTests {

    private static final List<ZnodeId> CLIENT = List.of(new ZnodeId("ip", "127.0.0.1"), new ZnodeId("digest", "a:x"),
            new ZnodeId("super", ""), new ZnodeId("sasl", "bob"));

    private final AclRules rules = new AclRules(true, true);

    @Test
    void whoeverIAmIsWhoIHaveShownToBe() {
        assertThat(this.rules.apply(List.of(acl("auth", "")), CLIENT)).containsExactly(acl("digest", "a:x"),
                acl("sasl", "bob"));
        assertThat(this.rules.apply(List.of(acl("auth", "")), CLIENT.subList(0, 1))).isEmpty();
    }

    @Test
    void repetitionsGo() {
        assertThat(this.rules.apply(List.of(ZnodeAcl.OPEN, acl("ip", "::1"), ZnodeAcl.OPEN), CLIENT))
            .containsExactly(ZnodeAcl.OPEN, acl("ip", "::1"));
    }

    @Test
    void oneEntryThatMakesNoSenseSpoilsTheList() {
        for (ZnodeAcl bad : List.of(acl("world", "me"), acl("", ""), acl("host", "x"), acl("super", ""),
                acl("ip", "localhost"), acl("digest", "a"), acl("digest", "a:"), acl("digest", "a:b:c"),
                acl("sasl", "a@b@c"), acl("x509", "nonsense"))) {
            assertThat(this.rules.apply(List.of(ZnodeAcl.OPEN, bad), CLIENT)).as("%s", bad).isEmpty();
        }
        assertThat(this.rules.apply(List.of(), CLIENT)).isEmpty();
    }

    @Test
    void schemesThatNobodyCanShow() {
        List<ZnodeAcl> sasl = List.of(acl("sasl", "bob/host@REALM"));
        List<ZnodeAcl> x509 = List.of(acl("x509", "CN=bob"));
        assertThat(this.rules.apply(sasl, CLIENT)).isEqualTo(sasl);
        assertThat(this.rules.apply(x509, CLIENT)).isEqualTo(x509);
        assertThat(new AclRules(false, false).apply(sasl, CLIENT)).isEmpty();
        assertThat(new AclRules(false, false).apply(x509, CLIENT)).isEmpty();
    }

    private static ZnodeAcl acl(String scheme, String id) {
        return new ZnodeAcl(ZnodeAcl.ALL, scheme, id);
    }

}
