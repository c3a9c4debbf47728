/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Failures behind proxies, whatever they stand in front of. */
class ProxyFailureTests {

    @Nested
    @RequiresEtcd
    class OfEtcd extends ProxyFailureContract {

        OfEtcd() {
            super(Product.ETCD);
        }

    }

    @Nested
    class OfKvorum extends ProxyFailureContract {

        OfKvorum() {
            super(Product.KVORUM);
        }

    }

}
