/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Znodes that go by themselves, whoever serves them. */
class TransientZnodeTests {

    @Nested
    class OnMembers extends TransientZnodeContract {

        @Override
        ZookeeperService serve() {
            return new Members(3, "--kv.server.zookeeper.transient.check-interval=200ms");
        }

    }

    @Nested
    @RequiresEtcd
    class OnProxiesOfEtcd extends TransientZnodeContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.ETCD, 2, "--transient-check-interval", "200ms");
        }

    }

    @Nested
    class OnProxiesOfKvorum extends TransientZnodeContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.KVORUM, 2, "--transient-check-interval", "200ms");
        }

    }

}
