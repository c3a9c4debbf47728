/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.jetcd;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import org.junit.jupiter.api.Nested;

/**
 * What jetcd expects, on kv-server, and on etcd as the proof that it is expected rightly.
 */
class JetcdTests {

    @Nested
    class OnKvorum extends JetcdContract {

        OnKvorum() {
            super(Product.KVORUM);
        }

    }

    @Nested
    class ServicesOnKvorum extends RecipeServiceContract {

        ServicesOnKvorum() {
            super(Product.KVORUM);
        }

    }

    @Nested
    @RequiresEtcd
    class OnEtcd extends JetcdContract {

        OnEtcd() {
            super(Product.ETCD);
        }

    }

    @Nested
    @RequiresEtcd
    class ServicesOnEtcd extends RecipeServiceContract {

        ServicesOnEtcd() {
            super(Product.ETCD);
        }

    }

}
