/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where a member is.
 *
 * @param host name or address
 * @param port the port
 * @param secure whether it speaks TLS
 */
record Endpoint(String host, int port, boolean secure) {

    private static final int DEFAULT_PORT = 2379;

    private static final int MAX_PORT = 65535;

    static List<Endpoint> parse(List<String> texts) {
        List<Endpoint> endpoints = texts.stream().map(Endpoint::parse).toList();
        boolean mixed = endpoints.stream().anyMatch((endpoint) -> endpoint.secure != endpoints.get(0).secure);
        if (mixed) {
            throw new IllegalArgumentException("endpoints " + texts + ": either all are http or all are https");
        }
        return endpoints;
    }

    private static Endpoint parse(String text) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "http://" + text);
        }
        catch (URISyntaxException ex) {
            throw invalid(text, ex.getReason());
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean path = uri.getRawPath() != null && uri.getRawPath().length() > 1;
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw invalid(text, "the scheme is neither http nor https");
        }
        if (uri.getHost() == null || uri.getPort() > MAX_PORT || uri.getPort() == 0) {
            throw invalid(text, "host or port is missing or makes no sense");
        }
        if (path || uri.getRawQuery() != null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw invalid(text, "there is more than scheme, host and port");
        }
        int port = (uri.getPort() > 0) ? uri.getPort() : DEFAULT_PORT;
        return new Endpoint(uri.getHost(), port, scheme.equals("https"));
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException(
                "endpoint '" + text + "' is not an address like http://localhost:2379: " + reason);
    }

    /** Host and port, as certificates and resolvers want it. */
    String authority() {
        return this.host + ":" + this.port;
    }

}
