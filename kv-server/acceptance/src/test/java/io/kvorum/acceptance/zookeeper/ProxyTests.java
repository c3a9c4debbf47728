/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Proxies, whatever they stand in front of. */
class ProxyTests {

    @Nested
    @RequiresEtcd
    class OfEtcd extends ProxyContract {

        OfEtcd() {
            super(Product.ETCD);
        }

    }

    @Nested
    class OfKvorum extends ProxyContract {

        OfKvorum() {
            super(Product.KVORUM);
        }

    }

}
