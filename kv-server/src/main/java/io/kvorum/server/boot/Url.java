/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An address as etcd's flags give it: scheme, host and port, nothing else.
 *
 * @param host the host, without the brackets of an IPv6 address
 * @param port the port
 * @param text the whole as it was given, which is what ids are made from
 */
record Url(String host, int port, String text) {

    private static final int LARGEST_PORT = 65535;

    /**
     * Parses a comma-separated list.
     * @param flag the flag it was given with, for the message
     * @param list the list
     * @return the addresses, sorted by their text as etcd sorts them
     */
    static List<Url> list(String flag, String list) {
        return Arrays.stream(list.split(",", -1))
            .map(String::trim)
            .map((text) -> parse(flag, text))
            .sorted(Comparator.comparing(Url::text))
            .distinct()
            .toList();
    }

    String hostAndPort() {
        return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(this.host, this.port);
    }

    private static Url parse(String flag, String text) {
        URI uri = uri(flag, text);
        String scheme = (uri.getScheme() != null) ? uri.getScheme() : "";
        switch (scheme) {
            case "http" -> {
            }
            case "https" -> throw invalid(flag, text, "TLS is not supported yet, use http");
            case "unix", "unixs" -> throw invalid(flag, text, "unix sockets are not supported, use http");
            default -> throw invalid(flag, text, "must look like http://host:port");
        }
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw invalid(flag, text, "must name a host and a port, as in http://127.0.0.1:2379");
        }
        if (uri.getPort() > LARGEST_PORT) {
            throw invalid(flag, text, "the port must be at most " + LARGEST_PORT);
        }
        if (!uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw invalid(flag, text, "must be nothing but http://host:port");
        }
        String host = uri.getHost();
        return new Url(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort(), text);
    }

    private static URI uri(String flag, String text) {
        try {
            return new URI(text);
        }
        catch (URISyntaxException ex) {
            throw invalid(flag, text, "is no URL: " + ex.getReason());
        }
    }

    private static SettingException invalid(String flag, String text, String reason) {
        return SettingException.invalid("--" + flag + ": '" + text + "': " + reason);
    }

}
