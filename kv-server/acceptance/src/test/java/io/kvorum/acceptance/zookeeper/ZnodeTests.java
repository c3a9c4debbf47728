/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Znodes, whoever serves them. */
class ZnodeTests {

    @Nested
    class OnMembers extends ZnodeContract {

        @Override
        ZookeeperService serve() {
            return new Members(1);
        }

    }

    @Nested
    @RequiresEtcd
    class OnProxiesOfEtcd extends ZnodeContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.ETCD, 1);
        }

    }

    @Nested
    class OnProxiesOfKvorum extends ZnodeContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.KVORUM, 1);
        }

    }

}
