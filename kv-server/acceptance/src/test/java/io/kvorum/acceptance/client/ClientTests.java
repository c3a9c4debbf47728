/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.client;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** The client on either server. */
class ClientTests {

    @Nested
    class OnKvorum extends ClientContract {

        @Override
        Product product() {
            return Product.KVORUM;
        }

    }

    @Nested
    @RequiresEtcd
    class OnEtcd extends ClientContract {

        @Override
        Product product() {
            return Product.ETCD;
        }

    }

}
