/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.recipe;

import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import io.kvorum.proto.v3electionpb.CampaignRequest;
import io.kvorum.proto.v3electionpb.CampaignResponse;
import io.kvorum.proto.v3electionpb.LeaderKey;
import io.kvorum.proto.v3lockpb.LockRequest;
import io.kvorum.proto.v3lockpb.LockResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Locks and elections on kv-server, and on etcd as the proof that they are expected
 * rightly.
 */
class RecipeTests {

    @Nested
    class OnKvorum extends RecipeContract {

        OnKvorum() {
            super(Product.KVORUM);
        }

        /**
         * etcd 3.4 says that such a waiter holds the lock; newer ones answer as we do.
         */
        @Test
        void aWaiterWithoutItsLeaseNeverHoldsTheLock() {
            LockResponse first = lock(lease(60)).next();
            long lease = lease(60);
            Pending<LockRequest, LockResponse> waiting = waitingLock(lease);
            revoke(lease);
            unlock(first.getKey());
            refused("mutex: session is expired", waiting.end());
        }

        /** etcd says that such a candidate leads. */
        @Test
        void aCandidateWithoutItsLeaseNeverLeads() {
            LeaderKey first = campaign(lease(60), "a").next().getLeader();
            long lease = lease(60);
            Pending<CampaignRequest, CampaignResponse> waiting = waitingCampaign(lease, "b");
            revoke(lease);
            resign(first);
            refused("election: not leader", waiting.end());
        }

    }

    @Nested
    @RequiresEtcd
    class OnEtcd extends RecipeContract {

        OnEtcd() {
            super(Product.ETCD);
        }

    }

}
