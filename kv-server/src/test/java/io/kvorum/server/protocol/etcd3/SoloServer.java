/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.Event;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.KvNode;
import io.kvorum.server.node.NodeEnvironment;
import io.kvorum.server.node.NodeIdentity;
import io.kvorum.server.node.NodeMetrics;
import io.kvorum.server.node.NodeSettings;
import io.kvorum.server.node.Publication;
import io.kvorum.server.node.ReplicatedNode;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.ReadView;
import io.kvorum.server.store.StoreOptions;
import io.kvorum.server.watch.EventHub;
import io.kvorum.server.watch.WatchHubSettings;

/** A cluster of one on a free port, with everything real but the log. */
public final class SoloServer implements AutoCloseable {

    static final long CLUSTER_ID = 0xc0ffeeL;

    static final long MEMBER_ID = 0xbeefL;

    private final MvccStore store;

    private final EventHub hub;

    private final ReplicatedNode node;

    private final Etcd3Server server;

    private final ManagedChannel channel;

    SoloServer(Path directory) throws IOException {
        this(directory, (node) -> List.of());
    }

    public SoloServer(Path directory, Function<KvNode, List<BindableService>> services) throws IOException {
        MemberId self = new MemberId(MEMBER_ID);
        NodeIdentity identity = new NodeIdentity(CLUSTER_ID, self, Map.of(self, List.of("http://127.0.0.1:2380")));
        NodeSettings settings = NodeSettings.defaults("solo", List.of("http://127.0.0.1:2379"), Duration.ofSeconds(1));
        this.store = MvccStore.open(StoreOptions.in(directory));
        this.hub = EventHub.start(this.store::view, WatchHubSettings.DEFAULTS);
        this.node = new ReplicatedNode(identity, this.store, this.hub, new HubPublication(this.hub), settings,
                new NodeEnvironment(Clock.SYSTEM, () -> ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                        NodeMetrics.NONE));
        this.node.start((machine, requests) -> new SoloMember(self, machine));
        this.server = new Etcd3Server(this.node,
                Etcd3Settings.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                services.apply(this.node), List.of(), (pipeline) -> pipeline.channel().close());
        this.server.start();
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port())
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    }

    public EventHub hub() {
        return this.hub;
    }

    int port() {
        return this.server.addresses().get(0).getPort();
    }

    public ManagedChannel channel() {
        return this.channel;
    }

    @Override
    public void close() {
        this.channel.shutdownNow();
        this.server.close();
        this.node.close();
        this.hub.close();
        this.store.close();
    }

    private record HubPublication(EventHub hub) implements Publication {

        @Override
        public void publish(List<List<Event>> revisions, ReadView view) {
            this.hub.publish(revisions, view);
        }

        @Override
        public void reset(ReadView view) {
            this.hub.reset(view);
        }

    }

}
