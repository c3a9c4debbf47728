/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.starter;

import org.junit.jupiter.api.Nested;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;

/** Configuration from either server. */
class ConfigTests {

    @Nested
    class OnKvorum extends ConfigContract {

        @Override
        Product product() {
            return Product.KVORUM;
        }

    }

    @Nested
    @RequiresEtcd
    class OnEtcd extends ConfigContract {

        @Override
        Product product() {
            return Product.ETCD;
        }

    }

}
