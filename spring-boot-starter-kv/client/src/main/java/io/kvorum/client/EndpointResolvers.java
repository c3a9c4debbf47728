/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import org.jspecify.annotations.Nullable;

/** Makes gRPC know several endpoints at once; found by its service loader. */
public final class EndpointResolvers extends NameResolverProvider {

    private static final String SCHEME = "kvorum-endpoints";

    private static final int PRIORITY = 5;

    /** Creates the provider; for the service loader. */
    public EndpointResolvers() {
    }

    static String target(List<Endpoint> endpoints) {
        return SCHEME + ":///" + String.join(",", endpoints.stream().map(Endpoint::authority).toList());
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        Executor offload = arguments.getOffloadExecutor();
        List<String> authorities = List.of(target.getPath().substring(1).split(","));
        return new Resolver(authorities, (offload != null) ? offload : Runnable::run);
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return PRIORITY;
    }

    /** Looks the hosts up, and again whenever a connection was lost. */
    private static final class Resolver extends NameResolver {

        private final List<String> authorities;

        private final Executor executor;

        private volatile @Nullable Listener2 listener;

        Resolver(List<String> authorities, Executor executor) {
            this.authorities = authorities;
            this.executor = executor;
        }

        @Override
        public String getServiceAuthority() {
            return this.authorities.get(0);
        }

        @Override
        public void start(Listener2 newListener) {
            this.listener = newListener;
            refresh();
        }

        @Override
        public void refresh() {
            this.executor.execute(this::resolve);
        }

        @Override
        public void shutdown() {
            this.listener = null;
        }

        private void resolve() {
            List<EquivalentAddressGroup> groups = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (String authority : this.authorities) {
                int colon = authority.lastIndexOf(':');
                int port = Integer.parseInt(authority.substring(colon + 1));
                try {
                    for (InetAddress address : InetAddress.getAllByName(authority.substring(0, colon))) {
                        groups.add(new EquivalentAddressGroup(new InetSocketAddress(address, port)));
                    }
                }
                catch (UnknownHostException ex) {
                    unknown.add(authority);
                }
            }
            Listener2 waiting = this.listener;
            if (waiting != null) {
                waiting.onResult(NameResolver.ResolutionResult.newBuilder()
                    .setAddressesOrError(groups.isEmpty()
                            ? StatusOr.fromStatus(Status.UNAVAILABLE.withDescription("unknown host of " + unknown))
                            : StatusOr.fromValue(groups))
                    .build());
            }
        }

    }

}
