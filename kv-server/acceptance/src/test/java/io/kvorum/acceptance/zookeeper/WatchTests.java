/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Watches, whoever serves them. */
class WatchTests {

    @Nested
    class OnMembers extends WatchContract {

        @Override
        ZookeeperService serve() {
            return new Members(3);
        }

    }

    @Nested
    @RequiresEtcd
    class OnProxiesOfEtcd extends WatchContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.ETCD, 2);
        }

    }

    @Nested
    class OnProxiesOfKvorum extends WatchContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.KVORUM, 2);
        }

    }

}
