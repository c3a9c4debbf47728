/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.jetcd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.support.CloseableClient;
import io.etcd.jetcd.support.Observers;
import io.etcd.jetcd.watch.WatchEvent;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Product;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * KV, transactions, watches, leases and an election recipe through jetcd, on both
 * servers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JetcdContract {

    private static final long TIMEOUT_SECONDS = 15;

    private final ClusterProcess server;

    private Client client;

    JetcdContract(Product product) {
        this.server = ClusterProcess.inMemory(product);
        this.client = connect();
    }

    @BeforeEach
    void startEmpty() {
        await(this.client.getKVClient().delete(bytes("\0"), DeleteOption.builder().withRange(bytes("\0")).build()));
    }

    @AfterEach
    void reconnect() {
        this.client.close();
        this.client = connect();
    }

    @AfterAll
    void stop() {
        this.client.close();
        this.server.close();
    }

    @Test
    void keysAndRanges() {
        await(this.client.getKVClient().put(bytes("a/1"), bytes("one")));
        await(this.client.getKVClient().put(bytes("a/2"), bytes("two")));
        await(this.client.getKVClient().put(bytes("b"), bytes("three")));
        GetResponse found = await(this.client.getKVClient()
            .get(bytes("a/"), GetOption.builder().isPrefix(true).withSortOrder(GetOption.SortOrder.DESCEND).build()));
        assertThat(found.getKvs()).extracting((kv) -> kv.getKey() + "=" + kv.getValue())
            .containsExactly("a/2=two", "a/1=one");
        assertThat(await(this.client.getKVClient()
            .delete(bytes("a/"), DeleteOption.builder().isPrefix(true).withPrevKV(true).build())).getPrevKvs())
            .hasSize(2);
        assertThat(await(this.client.getKVClient().get(bytes("a/1"))).getCount()).isZero();
    }

    @Test
    void transactions() {
        await(this.client.getKVClient().put(bytes("k"), bytes("1")));
        assertThat(swap("k", "1", "2").isSucceeded()).isTrue();
        TxnResponse refused = swap("k", "1", "3");
        assertThat(refused.isSucceeded()).isFalse();
        assertThat(refused.getGetResponses().get(0).getKvs().get(0).getValue()).isEqualTo(bytes("2"));
    }

    @Test
    void errorsKeepTheirTexts() {
        assertThatThrownBy(() -> await(this.client.getKVClient().put(bytes(""), bytes("x"))))
            .hasMessageContaining("etcdserver: key is not provided");
        assertThatThrownBy(() -> await(
                this.client.getKVClient().put(bytes("k"), bytes("x"), PutOption.builder().withLeaseId(4711).build())))
            .hasMessageContaining("etcdserver: requested lease not found");
        assertThatThrownBy(() -> await(this.client.getKVClient().compact(Long.MAX_VALUE)))
            .hasMessageContaining("etcdserver: mvcc: required revision is a future revision");
    }

    @Test
    void watchesFromThePastAndIntoTheFuture() {
        long first = await(this.client.getKVClient().put(bytes("w/1"), bytes("a"))).getHeader().getRevision();
        LinkedBlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
        WatchOption option = WatchOption.builder().isPrefix(true).withRevision(first).withPrevKV(true).build();
        try (Watch.Watcher watcher = this.client.getWatchClient()
            .watch(bytes("w/"), option, (response) -> events.addAll(response.getEvents()))) {
            await(this.client.getKVClient().put(bytes("w/1"), bytes("b")));
            await(this.client.getKVClient().delete(bytes("w/1")));
            Awaitility.await().until(() -> events.size() == 3);
        }
        assertThat(events)
            .extracting((event) -> event.getEventType() + " " + event.getKeyValue().getValue() + " after "
                    + event.getPrevKV().getValue())
            .containsExactly("PUT a after ", "PUT b after a", "DELETE  after b");
    }

    @Test
    void aWatcherOfACompactedRevisionIsTold() {
        long old = await(this.client.getKVClient().put(bytes("c"), bytes("1"))).getHeader().getRevision();
        long now = await(this.client.getKVClient().put(bytes("c"), bytes("2"))).getHeader().getRevision();
        await(this.client.getKVClient().compact(now));
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        try (Watch.Watcher watcher = this.client.getWatchClient()
            .watch(bytes("c"), WatchOption.builder().withRevision(old).build(), (response) -> {
            }, told::complete)) {
            assertThat(await(told)).hasMessageContaining("required revision has been compacted");
        }
    }

    @Test
    void leasesLiveWhileTheyAreKeptAliveAndTakeTheirKeysWithThem() {
        long lease = await(this.client.getLeaseClient().grant(2)).getID();
        await(this.client.getKVClient().put(bytes("eph"), bytes("x"), PutOption.builder().withLeaseId(lease).build()));
        LinkedBlockingQueue<LeaseKeepAliveResponse> beats = new LinkedBlockingQueue<>();
        try (CloseableClient alive = this.client.getLeaseClient().keepAlive(lease, Observers.observer(beats::add))) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> beats.size() >= 4);
            assertThat(await(this.client.getKVClient().get(bytes("eph"))).getCount()).isEqualTo(1);
        }
        assertThat(
                await(this.client.getLeaseClient().timeToLive(lease, LeaseOption.builder().withAttachedKeys().build()))
                    .getKeys())
            .containsExactly(bytes("eph"));
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> await(this.client.getKVClient().get(bytes("eph"))).getCount() == 0);
    }

    @Test
    void anElectionOfPlainTransactionsLeasesAndWatches() {
        try (Client second = connect()) {
            Candidate a = new Candidate(this.client, "a");
            Candidate b = new Candidate(second, "b");
            await(a.campaign());
            CompletableFuture<Long> waiting = b.campaign();
            assertThat(waiting).isNotDone();
            assertThat(a.leader()).isEqualTo("a");
            await(a.resign());
            await(waiting);
            assertThat(b.leader()).isEqualTo("b");
            await(b.resign());
        }
    }

    private TxnResponse swap(String key, String expected, String value) {
        return await(this.client.getKVClient()
            .txn()
            .If(new Cmp(bytes(key), Cmp.Op.EQUAL, CmpTarget.value(bytes(expected))))
            .Then(Op.put(bytes(key), bytes(value), PutOption.DEFAULT))
            .Else(Op.get(bytes(key), GetOption.DEFAULT))
            .commit());
    }

    private Client connect() {
        return Client.builder().endpoints("http://" + this.server.endpoints()).build();
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
