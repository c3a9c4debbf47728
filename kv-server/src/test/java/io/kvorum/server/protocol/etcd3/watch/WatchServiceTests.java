/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import com.google.protobuf.ByteString;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest.FilterType;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;
import io.kvorum.proto.mvccpb.KeyValue;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.watch.WatchHubSettings;
import io.kvorum.server.watch.WatchedStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Transcripts of the Watch service over a real connection, named by the rules of etcd.
 */
class WatchServiceTests {

    private static final WatchSettings SETTINGS = new WatchSettings(1024, 4096, 16 << 10, Duration.ofMillis(200),
            Duration.ofMillis(20));

    @TempDir
    Path directory;

    private WatchedStore store;

    private WatchingNode node;

    private WatchService service;

    private Server server;

    private ManagedChannel channel;

    private WatchClient client;

    @BeforeEach
    void start() throws IOException {
        this.store = new WatchedStore(this.directory, WatchHubSettings.DEFAULTS);
        this.node = new WatchingNode(this.store.hub());
        this.service = new WatchService(this.node, SETTINGS);
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(this.service)
            .build()
            .start();
        this.channel = NettyChannelBuilder
            .forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.getPort()))
            .usePlaintext()
            .build();
        this.client = WatchClient.open(this.channel);
    }

    @AfterEach
    void stop() throws InterruptedException {
        this.channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        this.service.close();
        this.server.shutdownNow().awaitTermination();
        this.store.close();
    }

    @Test
    void w1StartZeroMeansWhatComesNext() throws InterruptedException {
        this.store.put("a", "0");
        WatchResponse created = created("a");
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getWatchId()).isZero();
        assertThat(created.getHeader().getRevision()).isEqualTo(2);
        assertThat(created.getHeader().getClusterId()).isEqualTo(WatchingNode.CLUSTER_ID);
        assertThat(created.getHeader().getMemberId()).isEqualTo(WatchingNode.MEMBER_ID);
        assertThat(created.getHeader().getRaftTerm()).isEqualTo(2);
        this.store.put("a", "1");
        WatchResponse response = this.client.next();
        assertThat(response.getHeader().getRevision()).isEqualTo(3);
        assertThat(response.getEventsList()).containsExactly(put("a", "1", 2, 3, 2));
    }

    @Test
    void w2FutureStartHearsNothingEarlierAndNoProgress() throws InterruptedException {
        create("a", (create) -> create.setStartRevision(4));
        this.client.next();
        this.store.put("a", "2");
        this.client.progress();
        expectNothing();
        this.store.put("a", "3");
        this.store.put("a", "4");
        assertThat(this.client.next().getEventsList()).containsExactly(put("a", "4", 2, 4, 3));
        this.client.progress();
        assertThat(this.client.next().getHeader().getRevision()).isEqualTo(4);
    }

    @Test
    void w3StartBeforeTheCompactRevisionIsCreatedThenCanceled() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            this.store.put("a", "" + i);
        }
        this.store.compact(4);
        create("a", (create) -> create.setStartRevision(2));
        WatchResponse created = this.client.next();
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getCanceled()).isFalse();
        WatchResponse canceled = this.client.next();
        assertThat(canceled.getCreated()).isFalse();
        assertThat(canceled.getCanceled()).isTrue();
        assertThat(canceled.getCompactRevision()).isEqualTo(4);
        assertThat(canceled.getHeader().getRevision()).isZero();
        assertThat(canceled.getHeader().getMemberId()).isEqualTo(WatchingNode.MEMBER_ID);
        assertThat(canceled.getCancelReason()).isEmpty();
        this.client.cancel(0);
        this.client.cancel(0);
        assertThat(this.client.next().getHeader().getRevision()).isEqualTo(6);
        expectNothing();
    }

    @Test
    void w4NegativeStartIsRefused() throws InterruptedException {
        create("a", (create) -> create.setStartRevision(-1));
        assertRefused(this.client.next(), "etcdserver: mvcc: required revision has been compacted");
    }

    @Test
    void w5EmptyKeyIsTheLowestOne() throws InterruptedException {
        this.client.create((create) -> create.setRangeEnd(ByteString.copyFrom(new byte[1])));
        this.client.next();
        this.store.put("any", "1");
        assertThat(this.client.next().getEvents(0).getKv().getKey().toStringUtf8()).isEqualTo("any");
    }

    @Test
    void w6EmptyRangeIsRefused() throws InterruptedException {
        create("b", (create) -> create.setRangeEnd(utf8("a")));
        assertRefused(this.client.next(), "mvcc: watcher range is empty");
    }

    @Test
    void w7IdsAreNumberedPerStreamOrChosen() throws InterruptedException {
        assertThat(created("a").getWatchId()).isZero();
        create("a", (create) -> create.setWatchId(2));
        assertThat(this.client.next().getWatchId()).isEqualTo(2);
        assertThat(created("a").getWatchId()).isEqualTo(1);
        assertThat(created("a").getWatchId()).isEqualTo(3);
        create("a", (create) -> create.setWatchId(2));
        assertRefused(this.client.next(), "mvcc: duplicate watch ID provided on the WatchStream");
        WatchClient other = WatchClient.open(this.channel);
        other.create((create) -> create.setKey(utf8("a")));
        assertThat(other.next().getWatchId()).isZero();
    }

    @Test
    void w9CancelIsAnsweredAndUnknownIdsAreIgnored() throws InterruptedException {
        created("a");
        this.client.cancel(7);
        this.client.cancel(0);
        WatchResponse canceled = this.client.next();
        assertThat(canceled.getWatchId()).isZero();
        assertThat(canceled.getCanceled()).isTrue();
        assertThat(canceled.getCancelReason()).isEmpty();
        assertThat(canceled.getHeader().getRevision()).isEqualTo(1);
        this.store.put("a", "1");
        expectNothing();
        await().until(() -> this.store.hub().watcherCount() == 0);
    }

    @Test
    void w10CreatedComesBeforeEventsAndRevisionsStayWhole() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            int number = i;
            this.store.apply((transaction) -> {
                transaction.put(Bytes.utf8("a"), Bytes.utf8("" + number), 0);
                transaction.put(Bytes.utf8("b"), Bytes.wrap(new byte[300]), 0);
            });
        }
        create("a", (create) -> create.setRangeEnd(utf8("c")).setStartRevision(2));
        assertThat(this.client.next().getCreated()).isTrue();
        List<Event> events = new ArrayList<>();
        long last = 0;
        while (events.size() < 40) {
            WatchResponse response = this.client.next();
            assertThat(response.getSerializedSize()).isLessThanOrEqualTo(SETTINGS.maxResponseBytes());
            assertThat(response.getFragment()).isFalse();
            assertThat(response.getEvents(0).getKv().getModRevision()).isGreaterThan(last);
            last = response.getEvents(response.getEventsCount() - 1).getKv().getModRevision();
            assertThat(response.getHeader().getRevision()).isGreaterThanOrEqualTo(last);
            events.addAll(response.getEventsList());
        }
        for (int i = 0; i < 40; i++) {
            assertThat(events.get(i).getKv().getModRevision()).isEqualTo(2 + i / 2);
        }
    }

    @Test
    void w11PreviousValuesAndDeletions() throws InterruptedException {
        create("a", (create) -> create.setPrevKv(true));
        this.client.next();
        this.store.put("a", "1");
        this.store.put("a", "2");
        this.store.delete("a");
        List<Event> events = events(3);
        assertThat(events.get(0)).isEqualTo(put("a", "1", 2, 2, 1));
        assertThat(events.get(1))
            .isEqualTo(put("a", "2", 2, 3, 2).toBuilder().setPrevKv(put("a", "1", 2, 2, 1).getKv()).build());
        assertThat(events.get(2)).isEqualTo(Event.newBuilder()
            .setType(Event.EventType.DELETE)
            .setKv(KeyValue.newBuilder().setKey(utf8("a")).setModRevision(4))
            .setPrevKv(put("a", "2", 2, 3, 2).getKv())
            .build());
    }

    @Test
    void w12CatchingUpTellsTheRevisionOfTheStore() throws InterruptedException {
        this.store.put("a", "1");
        this.store.put("b", "1");
        this.store.put("b", "2");
        create("a", (create) -> create.setStartRevision(1));
        this.client.next();
        WatchResponse response = this.client.next();
        assertThat(response.getEventsList()).containsExactly(put("a", "1", 2, 2, 1));
        assertThat(response.getHeader().getRevision()).isEqualTo(4);
    }

    @Test
    void w13FilteredEventsAreNotMentioned() throws InterruptedException {
        create("a", (create) -> create.addFilters(FilterType.NOPUT));
        create("a", (create) -> create.addFilters(FilterType.NODELETE));
        this.client.next();
        this.client.next();
        this.store.put("a", "1");
        WatchResponse first = this.client.next();
        assertThat(first.getWatchId()).isEqualTo(1);
        assertThat(first.getEvents(0).getType()).isEqualTo(Event.EventType.PUT);
        this.store.delete("a");
        WatchResponse second = this.client.next();
        assertThat(second.getWatchId()).isZero();
        assertThat(second.getEvents(0).getType()).isEqualTo(Event.EventType.DELETE);
        expectNothing();
    }

    @Test
    void w14LargeRevisionsAreSplitForThoseWhoAskedForIt() throws InterruptedException {
        create("a", (create) -> create.setRangeEnd(utf8("b")).setFragment(true));
        create("a", (create) -> create.setRangeEnd(utf8("b")));
        this.client.next();
        this.client.next();
        int keys = 10;
        this.store.apply((transaction) -> {
            for (int i = 0; i < keys; i++) {
                transaction.put(Bytes.utf8("a" + i), Bytes.wrap(new byte[200_000]), 0);
            }
        });
        List<WatchResponse> fragments = new ArrayList<>();
        WatchResponse whole = WatchResponse.getDefaultInstance();
        while (whole.getEventsCount() == 0 || fragments.stream().mapToInt(WatchResponse::getEventsCount).sum() < keys) {
            WatchResponse response = this.client.next();
            if (response.getWatchId() == 0) {
                fragments.add(response);
            }
            else {
                whole = response;
            }
        }
        assertThat(whole.getEventsCount()).isEqualTo(keys);
        assertThat(whole.getFragment()).isFalse();
        assertThat(fragments).hasSizeGreaterThan(1);
        for (int i = 0; i < fragments.size(); i++) {
            assertThat(fragments.get(i).getFragment()).isEqualTo(i < fragments.size() - 1);
            assertThat(fragments.get(i).getSerializedSize()).isLessThan(SETTINGS.fragmentBytes());
            assertThat(fragments.get(i).getHeader().getRevision()).isEqualTo(2);
        }
        assertThat(fragments.stream().flatMap((fragment) -> fragment.getEventsList().stream()).toList())
            .isEqualTo(whole.getEventsList());
    }

    @Test
    void w15IdleWatchersAreNotifiedOfProgress() throws InterruptedException {
        this.store.put("b", "1");
        create("a", (create) -> create.setProgressNotify(true).setWatchId(5));
        created("a");
        assertThat(this.client.next().getWatchId()).isZero();
        WatchResponse progress = this.client.next();
        assertThat(progress.getWatchId()).isEqualTo(5);
        assertThat(progress.getEventsList()).isEmpty();
        assertThat(progress.getHeader().getRevision()).isEqualTo(2);
        assertThat(this.client.next()).isEqualTo(progress);
    }

    @Test
    void w16ProgressOnRequestIsOneResponseForTheStream() throws InterruptedException {
        this.client.progress();
        expectNothing();
        created("a");
        created("b");
        this.store.put("a", "1");
        this.client.progress();
        assertThat(this.client.next().getEventsCount()).isEqualTo(1);
        WatchResponse progress = this.client.next();
        assertThat(progress.getWatchId()).isEqualTo(-1);
        assertThat(progress.getEventsList()).isEmpty();
        assertThat(progress.getHeader().getRevision()).isEqualTo(2);
    }

    @Test
    void w17SlowClientLosesNothingAndHoldsUpNobody() throws Exception {
        WatchClient slow = WatchClient.openSlow(this.channel);
        for (int i = 0; i < 3; i++) {
            slow.create((create) -> create.setKey(utf8("a")));
        }
        slow.read(3);
        for (int i = 0; i < 3; i++) {
            assertThat(slow.next().getCreated()).isTrue();
        }
        created("a");
        int writes = 2_000;
        byte[] value = new byte[2_000];
        for (int i = 0; i < writes; i++) {
            this.store.apply((transaction) -> transaction.put(Bytes.utf8("a"), Bytes.wrap(value), 0));
        }
        assertThat(events(writes)).extracting((event) -> event.getKv().getVersion()).isEqualTo(longs(1, writes));
        List<List<Long>> versions = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        slow.read(3 * writes);
        while (versions.stream().anyMatch((each) -> each.size() < writes)) {
            WatchResponse response = slow.next();
            response.getEventsList()
                .forEach((event) -> versions.get((int) response.getWatchId()).add(event.getKv().getVersion()));
        }
        assertThat(versions).allSatisfy((each) -> assertThat(each).isEqualTo(longs(1, writes)));
    }

    @Test
    void w19StreamThatRequiresALeaderEndsWithoutOne() throws Exception {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        var withLeader = ClientInterceptors.intercept(this.channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        WatchClient strict = WatchClient.open(withLeader);
        strict.create((create) -> create.setKey(utf8("a")));
        strict.next();
        created("a");
        this.node.loseLeader();
        assertNoLeader(strict.end());
        assertNoLeader(WatchClient.open(withLeader).end());
        this.store.put("a", "1");
        assertThat(this.client.next().getEventsCount()).isEqualTo(1);
        await().until(() -> this.service.streamCount() == 1);
    }

    @Test
    void watchersGoOnAfterTheLastRequest() throws InterruptedException {
        created("a");
        this.client.halfClose();
        this.store.put("a", "1");
        assertThat(this.client.next().getEventsCount()).isEqualTo(1);
    }

    @Test
    void requestThatSaysNothingIsIgnored() throws InterruptedException {
        this.client.sendEmpty();
        expectNothing();
    }

    @Test
    void nothingIsLeftOfAClientThatWentAway() throws InterruptedException {
        created("a");
        created("b");
        this.client.disconnect();
        await().until(() -> this.store.hub().watcherCount() == 0 && this.service.streamCount() == 0);
    }

    @Test
    void clientsAreSentElsewhereWhenTheServiceCloses() throws Exception {
        created("a");
        this.service.close();
        Status end = this.client.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(end.getDescription()).isEqualTo("etcdserver: server stopped");
    }

    private static void assertNoLeader(Status status) {
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).isEqualTo("etcdserver: no leader");
    }

    private static void assertRefused(WatchResponse response, String reason) {
        assertThat(response.getCreated()).isTrue();
        assertThat(response.getCanceled()).isTrue();
        assertThat(response.getWatchId()).isEqualTo(-1);
        assertThat(response.getCancelReason()).isEqualTo(reason);
    }

    /** Checks that nothing comes, once everything published is delivered. */
    private void expectNothing() throws InterruptedException {
        CountDownLatch delivered = new CountDownLatch(1);
        this.store.hub().progress(List.of(), (revision) -> delivered.countDown());
        delivered.await();
        this.client.expectNothing();
    }

    private WatchResponse created(String key) throws InterruptedException {
        create(key, (create) -> {
        });
        return this.client.next();
    }

    private void create(String key, Consumer<WatchCreateRequest.Builder> more) {
        this.client.create((create) -> more.accept(create.setKey(utf8(key))));
    }

    private List<Event> events(int count) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            events.addAll(this.client.next().getEventsList());
        }
        return events;
    }

    private static List<Long> longs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static Event put(String key, String value, long created, long modified, long version) {
        return Event.newBuilder()
            .setKv(KeyValue.newBuilder()
                .setKey(utf8(key))
                .setValue(utf8(value))
                .setCreateRevision(created)
                .setModRevision(modified)
                .setVersion(version))
            .build();
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

}
