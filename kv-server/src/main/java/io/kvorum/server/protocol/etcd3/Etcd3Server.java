/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

import io.kvorum.server.node.KvNode;

/**
 * The client port: gRPC services of etcd v3, and HTTP/1.1 for whoever does not speak
 * HTTP/2. Services run on the event loops and never block them. {@link #start()} and
 * {@link #close()} belong to one thread.
 */
public final class Etcd3Server implements AutoCloseable {

    private static final int MAX_METADATA_BYTES = 64 * 1024;

    private final KvNode node;

    private final Etcd3Settings settings;

    private final List<? extends BindableService> extraServices;

    private final List<? extends ServerStreamTracer.Factory> tracers;

    private final HttpPipeline http;

    private final HealthStatusManager health = new HealthStatusManager();

    private final ChannelGroup connections = new DefaultChannelGroup("clients", GlobalEventExecutor.INSTANCE, true);

    private final List<Server> servers = new ArrayList<>();

    private final LeaderStreams leaderStreams;

    private final EventLoops loops;

    private boolean closed;

    /**
     * Creates the port; nothing listens yet.
     * @param node the member that answers
     * @param settings how the port behaves
     * @param extraServices gRPC services besides the ones of this package, such as the
     * watch
     * @param tracers see every call: metrics
     * @param http takes the connections that speak HTTP/1.1
     */
    public Etcd3Server(KvNode node, Etcd3Settings settings, List<? extends BindableService> extraServices,
            List<? extends ServerStreamTracer.Factory> tracers, HttpPipeline http) {
        this.node = node;
        this.settings = settings;
        this.extraServices = List.copyOf(extraServices);
        this.tracers = List.copyOf(tracers);
        this.http = http;
        this.leaderStreams = new LeaderStreams(node.cluster());
        this.loops = new EventLoops(settings.ioThreads());
    }

    /**
     * Listens on all addresses.
     * @throws IOException if one of them cannot be listened on; then nothing listens
     */
    public void start() throws IOException {
        RequestLimits requests = this.settings.limits().ofRequests();
        ReceiveLimit receive = new ReceiveLimit(requests.maxReceiveBytes());
        List<ServerServiceDefinition> services = services(requests).stream()
            .map(BindableService::bindService)
            .map(receive::apply)
            .toList();
        try {
            for (Etcd3Settings.Listener listener : this.settings.listeners()) {
                this.servers.add(server(listener, services, receive).start());
            }
        }
        catch (IOException ex) {
            close();
            throw ex;
        }
        long electionNanos = nanos(this.settings.keepAlive().electionTimeout());
        this.loops.workers()
            .scheduleAtFixedRate(this.leaderStreams::tick, electionNanos, electionNanos, TimeUnit.NANOSECONDS);
        this.loops.workers()
            .scheduleAtFixedRate(this::reportHealth, electionNanos, electionNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Returns where the port listens, with the ports that the system chose.
     * @return the addresses, in the order of the settings
     */
    public List<InetSocketAddress> addresses() {
        return this.servers.stream()
            .flatMap((server) -> server.getListenSockets().stream())
            .map(InetSocketAddress.class::cast)
            .toList();
    }

    /**
     * Returns how many connections are open.
     * @return the number
     */
    public int connections() {
        return this.connections.size();
    }

    /** How many open streams asked for a leader. */
    int leaderStreams() {
        return this.leaderStreams.size();
    }

    /**
     * Takes no more connections, lets calls end for a while, then closes everything.
     */
    @Override
    public void close() {
        if (this.closed) {
            return;
        }
        this.closed = true;
        this.health.enterTerminalState();
        this.servers.forEach(Server::shutdown);
        long deadline = System.nanoTime() + this.settings.shutdownGrace().toNanos();
        try {
            for (Server server : this.servers) {
                if (!server.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    server.shutdownNow();
                }
            }
        }
        catch (InterruptedException ex) {
            this.servers.forEach(Server::shutdownNow);
            Thread.currentThread().interrupt();
        }
        this.connections.close().awaitUninterruptibly(this.settings.shutdownGrace().toMillis() + 1);
        this.loops.close();
    }

    private void reportHealth() {
        boolean damaged = this.node.maintenance().damage() != null;
        this.health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
                damaged ? ServingStatus.NOT_SERVING : ServingStatus.SERVING);
    }

    private List<BindableService> services(RequestLimits requests) {
        List<BindableService> services = new ArrayList<>();
        services.add(new KvService(this.node, requests));
        services.add(new LeaseService(this.node, this.settings.limits().maxKeepAlivesInFlight()));
        services.add(new ClusterService(this.node));
        services.add(new MaintenanceService(this.node, this.settings));
        services.add(new AuthService(this.node));
        services.add(this.health.getHealthService());
        services.addAll(this.extraServices);
        return services;
    }

    private Server server(Etcd3Settings.Listener listener, List<ServerServiceDefinition> services,
            ReceiveLimit receive) {
        Etcd3Settings.Limits limits = this.settings.limits();
        Etcd3Settings.KeepAlive keepAlive = this.settings.keepAlive();
        ClientPort port = new ClientPort(listener.tls(), this.http, this.connections, limits.maxConnections(),
                limits.firstBytes());
        NettyServerBuilder builder = NettyServerBuilder
            .forAddress(listener.address(), InternalNettyServerCredentials.create(port))
            .directExecutor()
            .bossEventLoopGroup(this.loops.acceptor())
            .workerEventLoopGroup(this.loops.workers())
            .channelType(this.loops.channelType())
            .maxConcurrentCallsPerConnection(limits.maxConcurrentStreams())
            .maxInboundMessageSize(receive.transportBytes())
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .permitKeepAliveTime(nanos(keepAlive.minTime()), TimeUnit.NANOSECONDS)
            .permitKeepAliveWithoutCalls(false)
            .keepAliveTime(nanos(keepAlive.interval()), TimeUnit.NANOSECONDS)
            .keepAliveTimeout(nanos(keepAlive.timeout()), TimeUnit.NANOSECONDS)
            .addServices(services);
        builder.intercept(new RequireLeader(this.node.cluster(), this.leaderStreams));
        this.tracers.forEach(builder::addStreamTracerFactory);
        return builder.build();
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }

}
