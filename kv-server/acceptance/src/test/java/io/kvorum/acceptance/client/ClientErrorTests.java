/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Etcdctl;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import io.kvorum.client.Bytes;
import io.kvorum.client.KvClient;
import io.kvorum.client.KvClientSettings;
import io.kvorum.client.KvException;
import io.kvorum.client.KvException.Code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What newcomers do wrong, and what the client says. */
class ClientErrorTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    @RequiresEtcd
    void usersAndPasswords() {
        try (ClusterProcess cluster = ClusterProcess.inMemory(Product.ETCD)) {
            Etcdctl etcdctl = new Etcdctl(cluster.endpoints(), cluster.directory());
            KvClientSettings nobody = KvClientSettings.of(cluster.endpoints()).withTimeouts(PATIENCE, PATIENCE);
            // Servers that do not ask take any user.
            assertThat(failure(nobody.withCredentials("root", "secret"))).isNull();
            etcdctl.output("user", "add", "root:secret");
            etcdctl.output("user", "grant-role", "root", "root");
            etcdctl.output("user", "add", "guest:secret");
            etcdctl.output("auth", "enable");
            assertThat(failure(nobody.withCredentials("root", "secret"))).isNull();
            assertThat(codeOf(failure(nobody))).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(codeOf(failure(nobody.withCredentials("root", "wrong")))).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(codeOf(failure(nobody.withCredentials("guest", "secret")))).isEqualTo(Code.PERMISSION_DENIED);
        }
    }

    @Test
    @RequiresEtcd
    void tlsWhereThereIsNone() {
        try (ClusterProcess cluster = ClusterProcess.inMemory(Product.ETCD)) {
            String secure = "https://" + cluster.endpoints();
            KvException failure = failure(KvClientSettings.of(secure).withTimeouts(PATIENCE, PATIENCE));
            assertThat(codeOf(failure)).isEqualTo(Code.TLS_FAILED);
            assertThat(failure).hasMessageContaining(secure);
        }
    }

    @Test
    void aWebServerInPlaceOfAMember() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            String endpoint = "http://127.0.0.1:" + web.getAddress().getPort();
            KvException failure = failure(KvClientSettings.of(endpoint).withTimeouts(PATIENCE, PATIENCE));
            assertThat(codeOf(failure)).isEqualTo(Code.WRONG_SERVER);
            assertThat(failure).hasMessageContaining(endpoint);
        }
        finally {
            web.stop(0);
        }
    }

    private static Code codeOf(KvException failure) {
        assertThat(failure).isNotNull();
        return failure.code();
    }

    private static KvException failure(KvClientSettings settings) {
        try (KvClient client = new KvClient(settings)) {
            return catchThrowableOfType(KvException.class,
                    () -> client.blocking().put(Bytes.utf8("key"), Bytes.utf8("value")));
        }
    }

}
