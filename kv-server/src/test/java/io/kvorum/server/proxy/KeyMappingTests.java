/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.tree.TreeKeys;

import static org.assertj.core.api.Assertions.assertThat;

/** Where keys are in the remote cluster. */
class KeyMappingTests {

    private final KeyMapping keys = new KeyMapping("/zk-proxy/");

    @Test
    void keysOfTheTreeAreBelowThePrefix() {
        assertThat(this.keys.remote(TreeKeys.node("/a/b"))).isEqualTo(ByteString.copyFromUtf8("/zk-proxy/2/a/b"));
        assertThat(this.keys.remote(KeyMapping.MARK)).isEqualTo(ByteString.copyFromUtf8("/zk-proxy/~mark"));
        assertThat(this.keys.end()).isEqualTo(ByteString.copyFromUtf8("/zk-proxy0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/a", "/a/~owned", "/~mark", "/a/b/c" })
    void thereAndBack(String path) {
        Bytes node = TreeKeys.node(path);
        assertThat(this.keys.local(this.keys.remote(node))).isEqualTo(node);
        Bytes owned = KeyMapping.owned(0x1234L, node);
        assertThat(this.keys.local(this.keys.remote(owned))).isEqualTo(owned);
        assertThat(KeyMapping.ownerOf(owned)).isEqualTo(0x1234L);
        assertThat(KeyMapping.znodeOf(owned)).isEqualTo(node);
        assertThat(KeyMapping.ownedBy(0x1234L).contains(owned)).isTrue();
        assertThat(KeyMapping.ownedBy(0x1235L).contains(owned)).isFalse();
        assertThat(KeyMapping.allOwned().contains(owned)).isTrue();
        assertThat(KeyMapping.isOfTree(owned)).isFalse();
        assertThat(KeyMapping.isOfTree(node)).isTrue();
    }

}
