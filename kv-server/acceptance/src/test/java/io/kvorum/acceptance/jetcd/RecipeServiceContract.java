/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.jetcd;

import java.util.concurrent.CompletableFuture;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.election.CampaignResponse;
import io.etcd.jetcd.lock.LockResponse;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static io.kvorum.acceptance.jetcd.JetcdContract.await;
import static io.kvorum.acceptance.jetcd.JetcdContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server-side lock and election services through jetcd.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecipeServiceContract {

    private final ClusterProcess server;

    private final Client client;

    RecipeServiceContract(Product product) {
        this.server = ClusterProcess.inMemory(product);
        this.client = Client.builder().endpoints("http://" + this.server.endpoints()).build();
    }

    @AfterAll
    void stop() {
        this.client.close();
        this.server.close();
    }

    @Test
    void aLockHasOneHolder() {
        long first = lease();
        long second = lease();
        LockResponse held = await(this.client.getLockClient().lock(bytes("lock"), first));
        CompletableFuture<LockResponse> waiting = this.client.getLockClient().lock(bytes("lock"), second);
        assertThat(await(this.client.getKVClient().get(held.getKey())).getCount()).isEqualTo(1);
        assertThat(waiting).isNotDone();
        await(this.client.getLockClient().unlock(held.getKey()));
        assertThat(await(waiting).getKey()).isNotEqualTo(held.getKey());
    }

    @Test
    void anElectionHasOneLeader() {
        CampaignResponse first = await(
                this.client.getElectionClient().campaign(bytes("election"), lease(), bytes("a")));
        CompletableFuture<CampaignResponse> second = this.client.getElectionClient()
            .campaign(bytes("election"), lease(), bytes("b"));
        assertThat(await(this.client.getElectionClient().leader(bytes("election"))).getKv().getValue())
            .isEqualTo(bytes("a"));
        assertThat(second).isNotDone();
        await(this.client.getElectionClient().resign(first.getLeader()));
        await(second);
        assertThat(await(this.client.getElectionClient().leader(bytes("election"))).getKv().getValue())
            .isEqualTo(bytes("b"));
    }

    private long lease() {
        return await(this.client.getLeaseClient().grant(60)).getID();
    }

}
