/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Sessions, whoever serves them. */
class SessionTests {

    @Nested
    class OnMembers extends SessionContract {

        @Override
        ZookeeperService serve() {
            return new Members(3);
        }

    }

    @Nested
    @RequiresEtcd
    class OnProxiesOfEtcd extends SessionContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.ETCD, 2);
        }

    }

    @Nested
    class OnProxiesOfKvorum extends SessionContract {

        @Override
        ZookeeperService serve() {
            return new Proxies(Product.KVORUM, 2);
        }

    }

}
