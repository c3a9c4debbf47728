/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.recipe;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.proto.v3electionpb.CampaignRequest;
import io.kvorum.proto.v3electionpb.ElectionGrpc;
import io.kvorum.proto.v3electionpb.LeaderRequest;
import io.kvorum.proto.v3electionpb.LeaderResponse;
import io.kvorum.proto.v3electionpb.ProclaimRequest;
import io.kvorum.proto.v3electionpb.ResignRequest;
import io.kvorum.proto.v3lockpb.LockGrpc;
import io.kvorum.proto.v3lockpb.LockRequest;
import io.kvorum.proto.v3lockpb.LockResponse;
import io.kvorum.proto.v3lockpb.UnlockRequest;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.protocol.etcd3.SoloServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What callers leave behind, and how many may wait. The answers themselves are compared
 * with etcd's in the acceptance tests.
 */
class RecipeServicesTests {

    private static final int WAITERS = 100;

    private static final int MAX_REQUEST_BYTES = 1_000;

    private static final ByteString NAME = ByteString.copyFromUtf8("name");

    private final List<KvNode> nodes = new ArrayList<>();

    @TempDir
    private Path directory;

    private SoloServer server;

    @BeforeEach
    void start() throws IOException {
        this.server = new SoloServer(this.directory, (node) -> {
            this.nodes.add(node);
            return List.of(new LockService(node, MAX_REQUEST_BYTES), new ElectionService(node, MAX_REQUEST_BYTES));
        });
    }

    @AfterEach
    void stop() {
        this.server.close();
    }

    @Test
    void manyWaitersGetTheLockOneAfterTheOther() throws InterruptedException {
        LinkedBlockingQueue<LockResponse> holders = new LinkedBlockingQueue<>();
        for (int i = 0; i < WAITERS; i++) {
            LockGrpc.newStub(this.server.channel()).lock(lockRequest(lease()), observer(holders));
        }
        long last = 0;
        for (int i = 0; i < WAITERS; i++) {
            LockResponse holder = holders.poll(20, TimeUnit.SECONDS);
            assertThat(holder).as("holder %d", i).isNotNull();
            assertThat(holders).isEmpty();
            long created = createRevision(holder.getKey());
            assertThat(created).isGreaterThan(last);
            last = created;
            unlock(holder.getKey());
        }
        assertThat(contenders()).isZero();
        awaitNoWatchers();
    }

    @Test
    void callersThatGiveUpLeaveNothingBehind() {
        LockResponse held = LockGrpc.newBlockingStub(this.server.channel()).lock(lockRequest(lease()));
        try (Context.CancellableContext calls = Context.current().withCancellation()) {
            calls.run(() -> {
                LinkedBlockingQueue<Object> answers = new LinkedBlockingQueue<>();
                LockGrpc.newStub(this.server.channel()).lock(lockRequest(lease()), observer(answers));
                ElectionGrpc.newStub(this.server.channel())
                    .campaign(CampaignRequest.newBuilder().setName(NAME).setLease(lease()).build(), observer(answers));
                ElectionGrpc.newStub(this.server.channel())
                    .observe(LeaderRequest.newBuilder().setName(NAME).build(), observer(answers));
                ElectionGrpc.newStub(this.server.channel())
                    .observe(LeaderRequest.newBuilder().setName(ByteString.copyFromUtf8("nobody")).build(),
                            observer(answers));
                Awaitility.await().until(() -> contenders() == 3 && this.server.hub().watcherCount() == 4);
            });
        }
        Awaitility.await().until(() -> contenders() == 1);
        awaitNoWatchers();
        assertThat(createRevision(held.getKey())).isPositive();
    }

    @Test
    void aCallerThatIsGoneBeforeItsKeyIsThereLeavesNone() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        KvNode node = this.nodes.get(0);
        KvNode slow = (KvNode) Proxy.newProxyInstance(KvNode.class.getClassLoader(), new Class<?>[] { KvNode.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("propose")) {
                        gone.complete(null);
                    }
                    return method.invoke(node, arguments);
                });
        Contests contests = new Contests(slow, MAX_REQUEST_BYTES);
        CompletableFuture<Entry> entered = contests.enter(Contest.of(NAME), lease(), Bytes.EMPTY, gone);
        assertThat(catchThrowableOfType(CompletionException.class, entered::join).getCause())
            .isInstanceOf(KvException.class);
        Awaitility.await().until(() -> contenders() == 0);
    }

    @Test
    void anObserverHearsOfTheLastLeaderHoweverFastTheyChange() throws InterruptedException {
        LinkedBlockingQueue<LeaderResponse> leaders = new LinkedBlockingQueue<>();
        ElectionGrpc.newStub(this.server.channel())
            .observe(LeaderRequest.newBuilder().setName(NAME).build(), observer(leaders));
        ElectionGrpc.ElectionBlockingStub elections = ElectionGrpc.newBlockingStub(this.server.channel());
        for (int i = 0; i < 100; i++) {
            var leader = elections.campaign(CampaignRequest.newBuilder().setName(NAME).setLease(lease()).build())
                .getLeader();
            elections.resign(ResignRequest.newBuilder().setLeader(leader).build());
        }
        var last = elections
            .campaign(CampaignRequest.newBuilder().setName(NAME).setLease(lease()).setValue(NAME).build())
            .getLeader();
        LeaderResponse heard;
        do {
            heard = leaders.poll(10, TimeUnit.SECONDS);
            assertThat(heard).isNotNull();
        }
        while (!heard.getKv().getKey().equals(last.getKey()));
        assertThat(heard.getKv().getValue()).isEqualTo(NAME);
    }

    @Test
    void namesAndValuesHaveALimit() {
        ByteString large = ByteString.copyFrom(new byte[MAX_REQUEST_BYTES]);
        refused("etcdserver: request is too large", () -> LockGrpc.newBlockingStub(this.server.channel())
            .lock(LockRequest.newBuilder().setName(large).setLease(lease()).build()));
        ElectionGrpc.ElectionBlockingStub elections = ElectionGrpc.newBlockingStub(this.server.channel());
        var leader = elections.campaign(CampaignRequest.newBuilder().setName(NAME).setLease(lease()).build())
            .getLeader();
        refused("etcdserver: request is too large",
                () -> elections.proclaim(ProclaimRequest.newBuilder().setLeader(leader).setValue(large).build()));
    }

    private static void refused(String text, Runnable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(refusal).hasMessage("UNKNOWN: " + text);
    }

    private long lease() {
        return this.nodes.get(0).leases().grant(0, 60).join().id();
    }

    private void unlock(ByteString key) {
        var unused = LockGrpc.newBlockingStub(this.server.channel())
            .unlock(UnlockRequest.newBuilder().setKey(key).build());
    }

    private long contenders() {
        return read(RangeQuery.of(Contest.of(NAME).range())).range().count();
    }

    private long createRevision(ByteString key) {
        RangeQuery query = RangeQuery.of(KeyRange.single(Contests.bytes(key)));
        return read(query).range().kvs().get(0).createRevision();
    }

    private Result.Range read(RangeQuery query) {
        return this.nodes.get(0).range(query, Consistency.LINEARIZABLE).join();
    }

    private void awaitNoWatchers() {
        Awaitility.await().until(() -> this.server.hub().watcherCount() == 0);
    }

    private static LockRequest lockRequest(long lease) {
        return LockRequest.newBuilder().setName(NAME).setLease(lease).build();
    }

    private static <T> StreamObserver<T> observer(LinkedBlockingQueue<? super T> answers) {
        return new StreamObserver<>() {

            @Override
            public void onNext(T answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable failure) {
                // The tests wait for answers, and fail without them.
            }

            @Override
            public void onCompleted() {
                // As above.
            }

        };
    }

}
