/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.kvorum.server.command.ZnodeAcl;

import static org.assertj.core.api.Assertions.assertThat;

class SideRecordTests {

    @Test
    void comesBackAsItWas() {
        List<ZnodeAcl> acl = List.of(new ZnodeAcl(-1, "digest", "ä:x"), new ZnodeAcl(0, "", ""));
        for (SideRecord record : List.of(SideRecord.OPEN, SideRecord.READABLE, new SideRecord(7, acl, null),
                new SideRecord(Integer.MAX_VALUE, List.of(), new Usage(-1, Long.MAX_VALUE)),
                new SideRecord(-1, acl, new Usage(3, 4)))) {
            assertThat(SideRecord.decode(record.encode())).isEqualTo(record);
        }
    }

    @Test
    void keysOfAZnodeAreTogetherAndTellWhatTheyAre() {
        for (String path : List.of("/", "/a", "/a/b")) {
            assertThat(TreeKeys.parse(TreeKeys.node(path))).isEqualTo(new TreeKey(TreeKey.Kind.NODE, path, 0));
            assertThat(TreeKeys.parse(TreeKeys.children(path))).isEqualTo(new TreeKey(TreeKey.Kind.CHILDREN, path, 0));
            assertThat(TreeKeys.parse(TreeKeys.side(path))).isEqualTo(new TreeKey(TreeKey.Kind.SIDE, path, 0));
            assertThat(TreeKeys.record(path).contains(TreeKeys.side(path))).isTrue();
            assertThat(TreeKeys.record(path).contains(TreeKeys.node(path + "\u0001"))).isFalse();
        }
        assertThat(TreeKeys.parse(TreeKeys.transientMark("/a/b")))
            .isEqualTo(new TreeKey(TreeKey.Kind.TRANSIENT, "/a/b", 0));
    }

}
