/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

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

/** Makes gRPC go through a list of hosts and ports, in the order they were given. */
final class EndpointResolvers extends NameResolverProvider {

    private static final String SCHEME = "kv-endpoints";

    private static final int PRIORITY = 5;

    static String target(List<String> endpoints) {
        return SCHEME + ":///" + String.join(",", endpoints);
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        Executor offload = arguments.getOffloadExecutor();
        return new Endpoints(List.of(target.getPath().substring(1).split(",")),
                (offload != null) ? offload : Runnable::run);
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

    /** Looks the hosts up anew whenever a connection was lost. */
    private static final class Endpoints extends NameResolver {

        private final List<String> endpoints;

        private final Executor executor;

        private volatile boolean stopped;

        private volatile Listener2 listener = new Listener2() {

            @Override
            public void onResult(ResolutionResult result) {
                // Nobody listens yet.
            }

            @Override
            public void onError(Status error) {
                // Nobody listens yet.
            }

        };

        Endpoints(List<String> endpoints, Executor executor) {
            this.endpoints = endpoints;
            this.executor = executor;
        }

        @Override
        public String getServiceAuthority() {
            return this.endpoints.get(0);
        }

        @Override
        public void start(Listener2 listener) {
            this.listener = listener;
            refresh();
        }

        @Override
        public void refresh() {
            this.executor.execute(this::resolve);
        }

        @Override
        public void shutdown() {
            this.stopped = true;
        }

        private void resolve() {
            List<EquivalentAddressGroup> groups = new ArrayList<>();
            String unknown = "";
            for (String endpoint : this.endpoints) {
                int colon = endpoint.lastIndexOf(':');
                int port = Integer.parseInt(endpoint.substring(colon + 1));
                try {
                    for (InetAddress address : InetAddress.getAllByName(endpoint.substring(0, colon))) {
                        groups.add(new EquivalentAddressGroup(new InetSocketAddress(address, port)));
                    }
                }
                catch (UnknownHostException ex) {
                    unknown = unknown + " " + endpoint;
                }
            }
            if (this.stopped) {
                return;
            }
            StatusOr<List<EquivalentAddressGroup>> found = groups.isEmpty()
                    ? StatusOr.fromStatus(Status.UNAVAILABLE.withDescription("unknown host:" + unknown))
                    : StatusOr.fromValue(groups);
            this.listener.onResult(ResolutionResult.newBuilder().setAddressesOrError(found).build());
        }

    }

}
