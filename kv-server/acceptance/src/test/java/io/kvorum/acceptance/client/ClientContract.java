/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Etcdctl;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.client.BlockingKvClient;
import io.kvorum.client.Bytes;
import io.kvorum.client.Compare;
import io.kvorum.client.KeyRange;
import io.kvorum.client.KeyValue;
import io.kvorum.client.KvClient;
import io.kvorum.client.KvClientSettings;
import io.kvorum.client.KvException;
import io.kvorum.client.Operation;
import io.kvorum.client.Ownership;
import io.kvorum.client.RangeQuery;
import io.kvorum.client.Result;
import io.kvorum.client.Session;
import io.kvorum.client.SessionSettings;
import io.kvorum.client.Txn;
import io.kvorum.client.Watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** What the client promises, whichever servers it talks to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientContract {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final SessionSettings SHORT = SessionSettings.of(Duration.ofSeconds(5));

    private ClusterProcess cluster;

    private KvClient client;

    private BlockingKvClient blocking;

    abstract Product product();

    @BeforeAll
    void start() {
        this.cluster = ClusterProcess.start(product(), 3);
        this.client = KvClient.of(this.cluster.endpoints().split(","));
        this.blocking = this.client.blocking();
    }

    @AfterAll
    void stop() {
        this.client.close();
        this.cluster.close();
    }

    @Test
    void readsWhatWasWritten() {
        Bytes key = Bytes.utf8("basic/key");
        assertThat(this.blocking.get(key)).isEmpty();
        long revision = this.blocking.put(key, Bytes.utf8("one")).revision();
        long later = this.blocking.put(key, Bytes.utf8("two")).revision();
        KeyValue found = this.blocking.get(key).orElseThrow();
        assertThat(found).isEqualTo(new KeyValue(key, Bytes.utf8("two"), revision, later, 2, 0));
        RangeQuery before = RangeQuery.of(KeyRange.single(key)).at(revision);
        assertThat(this.blocking.get(before).first().orElseThrow().value().toUtf8()).isEqualTo("one");
        assertThat(this.blocking.delete(KeyRange.prefix("basic/")).deleted()).isEqualTo(1);
        assertThat(this.blocking.get(key)).isEmpty();
    }

    @Test
    void transactionsTakeOneBranch() {
        Bytes key = Bytes.utf8("txn/key");
        Txn create = Txn.when(Compare.isAbsent(key))
            .then(Operation.put(key, Bytes.utf8("mine")))
            .otherwise(Operation.get(RangeQuery.of(KeyRange.single(key))));
        Result.Txn first = this.blocking.txn(create);
        assertThat(first.succeeded()).isTrue();
        Result.Txn second = this.blocking.txn(create);
        assertThat(second.succeeded()).isFalse();
        assertThat(second.range(0).first().orElseThrow().modRevision()).isEqualTo(first.revision());
    }

    @Test
    void aNamespaceIsNotSeen() {
        KvClientSettings settings = KvClientSettings.of(this.cluster.endpoints().split(",")).withNamespace("tenant/");
        try (KvClient tenant = new KvClient(settings)) {
            tenant.blocking().put(Bytes.utf8("a"), Bytes.utf8("1"));
            this.blocking.put(Bytes.utf8("tenant0"), Bytes.utf8("not the tenant's"));
            Result.Range all = tenant.blocking().get(RangeQuery.of(KeyRange.ALL));
            assertThat(all.kvs()).extracting((kv) -> kv.key().toUtf8()).containsExactly("a");
            assertThat(this.blocking.get(Bytes.utf8("tenant/a"))).isPresent();
        }
    }

    @Test
    void aWatchHearsOfEverythingOnceWhoeverIsKilled() throws Exception {
        int writes = 60;
        Recorder recorder = new Recorder();
        Watcher watcher = await(this.client.watch(KeyRange.prefix("watched/"), recorder));
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            if (i % 20 == 10) {
                MemberProcess victim = this.cluster.member(i / 20);
                victim.kill();
                revisions.add(write(i));
                victim.start();
            }
            else {
                revisions.add(write(i));
            }
        }
        Awaitility.await().atMost(PATIENCE).until(() -> watcher.revision() >= revisions.get(writes - 1));
        watcher.close();
        assertThat(recorder.revisions()).containsAll(revisions).doesNotHaveDuplicates().isSorted();
        assertThat(recorder.missed()).isEmpty();
    }

    @Test
    void aWatchFromAPastThatIsGoneTellsWhatIsThere() throws Exception {
        Bytes key = Bytes.utf8("compacted/key");
        long old = this.blocking.put(key, Bytes.utf8("old")).revision();
        long current = this.blocking.put(key, Bytes.utf8("current")).revision();
        assertThat(new Etcdctl(this.cluster.endpoints(), this.cluster.directory()).output("compact",
                Long.toString(current)))
            .contains("compacted");
        Recorder recorder = new Recorder();
        try (Watcher watcher = await(this.client.watch(KeyRange.prefix("compacted/"), old - 1, recorder))) {
            Awaitility.await().atMost(PATIENCE).until(() -> !recorder.missed().isEmpty());
            assertThat(recorder.missed().get(0).kvs()).extracting(KeyValue::modRevision).containsExactly(current);
            long next = this.blocking.put(key, Bytes.utf8("next")).revision();
            Awaitility.await().atMost(PATIENCE).until(() -> watcher.revision() >= next);
            assertThat(recorder.revisions()).containsExactly(next);
        }
        RangeQuery past = RangeQuery.of(KeyRange.single(key)).at(old);
        assertThatThrownBy(() -> this.blocking.get(past)).asInstanceOf(type(KvException.class))
            .satisfies((failure) -> assertThat(failure.code()).isEqualTo(KvException.Code.COMPACTED));
    }

    @Test
    void aSessionThatCannotBeRenewedEndsInTimeByItself() throws Exception {
        Session session = this.blocking.session(SHORT);
        assertThat(session.isAlive()).isTrue();
        try {
            this.cluster.members().forEach(MemberProcess::pause);
            Awaitility.await().atMost(PATIENCE).until(() -> !session.isAlive());
            assertThat(await(session.ended())).isEqualTo(Session.End.NOT_RENEWED);
        }
        finally {
            this.cluster.members().forEach(MemberProcess::resume);
        }
        awaitServed();
    }

    @Test
    void aSessionLivesLongerThanItsTimeToLive() {
        try (Session session = this.blocking.session(SessionSettings.of(Duration.ofSeconds(2)))) {
            Bytes key = Bytes.utf8("living");
            this.blocking.txn(Txn.when().then(Operation.put(key, Bytes.EMPTY).withLease(session.lease())));
            Awaitility.await()
                .during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(8))
                .until(() -> session.isAlive() && this.blocking.get(key).isPresent());
        }
        Awaitility.await().atMost(PATIENCE).until(() -> this.blocking.get(Bytes.utf8("living")).isEmpty());
    }

    @Test
    void aLockHasOneOwnerAtATime() throws Exception {
        try (Session one = this.blocking.session(SHORT); Session other = this.blocking.session(SHORT)) {
            Ownership first = this.blocking.lock(one, "lock", PATIENCE).orElseThrow();
            assertThat(this.blocking.lock(other, "lock", Duration.ZERO)).isEmpty();
            CompletableFuture<Optional<Ownership>> waiting = this.client.lock(other, "lock", PATIENCE)
                .toCompletableFuture();
            assertThat(waiting).isNotDone();
            first.close();
            Ownership second = await(waiting).orElseThrow();
            assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
            assertThat(first.isHeld()).isFalse();
            assertThat(second.isHeld()).isTrue();
            Txn stale = Txn.when(first.guard()).then(Operation.put(Bytes.utf8("fenced"), Bytes.utf8("stale")));
            Txn fresh = Txn.when(second.guard()).then(Operation.put(Bytes.utf8("fenced"), Bytes.utf8("fresh")));
            assertThat(this.blocking.txn(stale).succeeded()).isFalse();
            assertThat(this.blocking.txn(fresh).succeeded()).isTrue();
            this.blocking.delete(KeyRange.prefix("lock/"));
            assertThat(await(second.ended())).isEqualTo(Ownership.End.TAKEN_AWAY);
        }
    }

    @Test
    void sharedLocksAreSharedAndKeepOutTheOthers() throws Exception {
        try (Session session = this.blocking.session(SHORT)) {
            Ownership reader = await(this.client.sharedLock(session, "shared", PATIENCE)).orElseThrow();
            Ownership another = await(this.client.sharedLock(session, "shared", PATIENCE)).orElseThrow();
            assertThat(this.blocking.lock(session, "shared", Duration.ZERO)).isEmpty();
            reader.close();
            another.close();
            Ownership writer = this.blocking.lock(session, "shared", PATIENCE).orElseThrow();
            assertThat(await(this.client.sharedLock(session, "shared", Duration.ZERO))).isEmpty();
            writer.close();
        }
    }

    @Test
    void anOwnerWhoseSessionEndsIsFollowedByTheNext() throws Exception {
        Session one = this.blocking.session(SHORT);
        try (Session other = this.blocking.session(SHORT)) {
            Ownership leader = await(this.client.campaign(one, "election", Bytes.utf8("one")));
            CompletableFuture<Ownership> next = this.client.campaign(other, "election", Bytes.utf8("other"))
                .toCompletableFuture();
            KeyValue seen = await(this.client.leader("election")).orElseThrow();
            assertThat(seen.value().toUtf8()).isEqualTo("one");
            assertThat(seen.createRevision()).isEqualTo(leader.fencingToken());
            one.close();
            assertThat(await(leader.ended())).isEqualTo(Ownership.End.SESSION_LOST);
            assertThat(await(next).fencingToken()).isGreaterThan(leader.fencingToken());
        }
    }

    @Test
    void requestsGoToWhoeverIsLeft() {
        MemberProcess victim = this.cluster.member(1);
        victim.kill();
        try {
            for (int i = 0; i < 30; i++) {
                assertThat(this.blocking.get(RangeQuery.of(KeyRange.single("nothing"))).kvs()).isEmpty();
            }
        }
        finally {
            victim.start();
        }
    }

    @Test
    void nobodyThereIsSaidWithTheEndpoint() {
        KvClientSettings settings = KvClientSettings.of("http://127.0.0.1:1")
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (KvClient lost = new KvClient(settings)) {
            assertThatThrownBy(() -> lost.blocking().put(Bytes.utf8("a"), Bytes.EMPTY))
                .asInstanceOf(type(KvException.class))
                .satisfies((failure) -> assertThat(failure.code()).isEqualTo(KvException.Code.UNAVAILABLE))
                .satisfies((failure) -> assertThat(failure).hasMessageContaining("http://127.0.0.1:1")
                    .hasMessageContaining("refused"));
        }
    }

    private long write(int number) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            try {
                this.blocking.put(Bytes.utf8("watched/key"), Bytes.utf8(Integer.toString(number)));
                return true;
            }
            catch (KvException ex) {
                assertThat(ex.code()).isIn(KvException.Code.UNAVAILABLE, KvException.Code.TIMEOUT);
                return false;
            }
        });
        return this.blocking.get(Bytes.utf8("watched/key")).orElseThrow().modRevision();
    }

    private void awaitServed() {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            this.blocking.put(Bytes.utf8("served"), Bytes.EMPTY);
            return true;
        });
    }

    static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new AssertionError(ex);
        }
    }

}
