/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.badinput;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Broken rules and limits on kv-server, and on etcd as the proof that the texts are
 * right.
 */
class BadRequestTests {

    @Nested
    class OnKvorum extends BadRequestContract {

        OnKvorum() {
            super(Product.KVORUM);
        }

        /**
         * etcd 3.4 ends with a panic on an unknown sort target; newer ones answer as we
         * do.
         */
        @Test
        void unknownSortOptions() {
            RangeRequest range = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build();
            refused(Status.Code.INVALID_ARGUMENT, "etcdserver: invalid sort option",
                    () -> client().kv().range(range.toBuilder().setSortTargetValue(7).build()));
            refused(Status.Code.INVALID_ARGUMENT, "etcdserver: invalid sort option",
                    () -> client().kv().range(range.toBuilder().setSortOrderValue(7).build()));
        }

    }

    @Nested
    @RequiresEtcd
    class OnEtcd extends BadRequestContract {

        OnEtcd() {
            super(Product.ETCD);
        }

    }

}
