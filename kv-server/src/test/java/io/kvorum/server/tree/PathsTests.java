/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.server.common.Bytes;

import static org.assertj.core.api.Assertions.assertThat;

class PathsTests {

    @ParameterizedTest
    @ValueSource(strings = { "/", "/a", "/a/b", "/a.b", "/...", "/ä/日本" })
    void goodPaths(String path) {
        assertThat(Paths.isValid(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "/a/", "//", "/a//b", "/.", "/a/./b", "/a/..", "/a\u0001", "/a\u0085", "/\ue000",
            "/\ufff8" })
    void badPaths(String path) {
        assertThat(Paths.isValid(path)).isFalse();
    }

    @Test
    void keysOfZnodes() {
        assertThat(TreeKeys.node("/").toUtf8()).isEqualTo("/zk/0/");
        assertThat(TreeKeys.node("/a/b").toUtf8()).isEqualTo("/zk/2/a/b");
        assertThat(TreeKeys.session(0xabcL).toUtf8()).isEqualTo("/zk/s/0000000000000abc");
        assertThat(TreeKeys.parse(TreeKeys.node("/a/b"))).isEqualTo(new TreeKey(TreeKey.Kind.NODE, "/a/b", 0));
        assertThat(TreeKeys.parse(TreeKeys.children("/a"))).isEqualTo(new TreeKey(TreeKey.Kind.CHILDREN, "/a", 0));
        assertThat(TreeKeys.parse(TreeKeys.session(-1))).isEqualTo(new TreeKey(TreeKey.Kind.SESSION, "", -1));
        assertThat(TreeKeys.parse(Bytes.utf8("/zk/"))).isNull();
        assertThat(TreeKeys.parse(Bytes.utf8("/other/1/a"))).isNull();
    }

    @Test
    void childrenAreOneRangeWithoutGrandchildrenAndSiblings() {
        var range = TreeKeys.childrenOf("/a");
        assertThat(range.contains(TreeKeys.node("/a/b"))).isTrue();
        assertThat(range.contains(TreeKeys.node("/a"))).isFalse();
        assertThat(range.contains(TreeKeys.node("/a/b/c"))).isFalse();
        assertThat(range.contains(TreeKeys.node("/ab/c"))).isFalse();
        assertThat(TreeKeys.childrenOf("/").contains(TreeKeys.node("/a"))).isTrue();
        assertThat(TreeKeys.childrenOf("/").contains(TreeKeys.node("/"))).isFalse();
    }

}
