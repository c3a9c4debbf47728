/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.operator;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import org.junit.jupiter.api.Nested;

/**
 * The operator's contracts on kv-server, and on etcd as the proof that they are right.
 */
class OperatorTests {

    @Nested
    class SingleKvorum extends SingleMemberContract {

        SingleKvorum() {
            super(Product.KVORUM);
        }

    }

    @Nested
    @RequiresEtcd
    class SingleEtcd extends SingleMemberContract {

        SingleEtcd() {
            super(Product.ETCD);
        }

    }

    @Nested
    @RequiresEtcd
    class ClusterOfKvorum extends ClusterContract {

        ClusterOfKvorum() {
            super(Product.KVORUM);
        }

    }

    @Nested
    @RequiresEtcd
    class ClusterOfEtcd extends ClusterContract {

        ClusterOfEtcd() {
            super(Product.ETCD);
        }

    }

}
