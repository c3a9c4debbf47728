/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.protocol.zookeeper.TransientSettings;
import io.kvorum.server.proxy.ProxySettings;

/**
 * What stands behind {@code zookeeper-proxy} on the command line.
 *
 * @param listen where ZooKeeper clients connect
 * @param settings what the proxy needs to know
 * @param crossCheck the ZooKeeper that answers are compared with, if any
 * @param logLevel the least important lines that are logged
 * @param help whether help is wanted
 */
record ProxyCommandLine(InetSocketAddress listen, ProxySettings settings, @Nullable InetSocketAddress crossCheck,
        String logLevel, boolean help) {

    static final String COMMAND = "zookeeper-proxy";

    private static final String ENDPOINTS = "endpoints";

    private static final String LISTEN = "listen";

    private static final String PREFIX = "prefix";

    private static final String MAX_TXN_OPS = "max-txn-ops";

    private static final String REQUEST_TIMEOUT = "request-timeout";

    private static final String TRANSIENT_CHECK = "transient-check-interval";

    private static final String CROSS_CHECK = "cross-check";

    private static final String LOG_LEVEL = "log-level";

    private static final Map<String, String> DEFAULTS = Map.of(ENDPOINTS, "http://localhost:2379", LISTEN, "2181",
            PREFIX, ProxySettings.DEFAULT_PREFIX, MAX_TXN_OPS, "128", REQUEST_TIMEOUT, "5s", TRANSIENT_CHECK, "1m",
            CROSS_CHECK, "", LOG_LEVEL, "info");

    private static final Set<String> LOG_LEVELS = Set.of("debug", "info", "warn", "error");

    private static final int LARGEST_PORT = 65535;

    private static final int FEWEST_TXN_OPS = 16;

    private static final int MAX_ATTEMPTS = 200;

    private static final long CACHE_BYTES = 16L << 20;

    static ProxyCommandLine parse(List<String> arguments) {
        Map<String, String> flags = new LinkedHashMap<>(DEFAULTS);
        boolean help = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
                continue;
            }
            int equals = argument.indexOf('=');
            String name = name(argument, (equals < 0) ? argument.length() : equals);
            if (equals >= 0) {
                flags.put(name, argument.substring(equals + 1));
            }
            else if (i + 1 < arguments.size()) {
                i++;
                flags.put(name, arguments.get(i));
            }
            else {
                throw SettingException.usage("flag --" + name + " needs a value");
            }
        }
        return of(flags, help);
    }

    static String helpText() {
        return """
                Usage: java -jar kv-server.jar zookeeper-proxy [flags]

                Serves ZooKeeper clients in front of a cluster that speaks etcd v3.

                  --endpoints 'http://localhost:2379'
                      Client URLs of the cluster, separated by commas.
                  --listen '2181'
                      Port for ZooKeeper clients on localhost, or host:port; 0 lets the system pick a port.
                  --prefix '/zk-proxy/'
                      Where the tree is in the cluster's key space. Proxies with the same prefix serve the same tree.
                  --max-txn-ops '128'
                      Most operations in a transaction, as the cluster was told.
                  --request-timeout '5s'
                      Longest wait for an answer of the cluster.
                  --transient-check-interval '1m'
                      Time between two looks for containers and znodes with a TTL whose time has come.
                  --cross-check ''
                      A real ZooKeeper, host:port, with the same tree: it is asked the same, and what it answers
                      differently is logged and counted. For tests; every answer waits for both.
                  --log-level 'info'
                      'debug', 'info', 'warn' or 'error'.
                """;
    }

    private static String name(String argument, int end) {
        if (!argument.startsWith("-") || argument.equals("-") || argument.equals("--")) {
            throw SettingException.usage("'" + argument + "' is not a flag; flags begin with --");
        }
        String name = argument.substring(argument.startsWith("--") ? 2 : 1, end);
        if (!DEFAULTS.containsKey(name)) {
            throw SettingException.usage("unknown flag --" + name + " of zookeeper-proxy; see zookeeper-proxy --help");
        }
        return name;
    }

    private static ProxyCommandLine of(Map<String, String> flags, boolean help) {
        List<String> endpoints = Url.list(ENDPOINTS, text(flags, ENDPOINTS)).stream().map(Url::hostAndPort).toList();
        int maxTxnOps = number(MAX_TXN_OPS, text(flags, MAX_TXN_OPS), FEWEST_TXN_OPS, Integer.MAX_VALUE);
        ProxySettings settings = new ProxySettings(endpoints, prefix(text(flags, PREFIX)), maxTxnOps,
                duration(REQUEST_TIMEOUT, flags), MAX_ATTEMPTS, CACHE_BYTES, transients(flags));
        String logLevel = text(flags, LOG_LEVEL);
        if (!LOG_LEVELS.contains(logLevel)) {
            throw invalid(LOG_LEVEL, logLevel, "must be debug, info, warn or error");
        }
        String crossCheck = text(flags, CROSS_CHECK);
        return new ProxyCommandLine(address(LISTEN, text(flags, LISTEN)), settings,
                crossCheck.isEmpty() ? null : address(CROSS_CHECK, crossCheck), logLevel, help);
    }

    private static String text(Map<String, String> flags, String name) {
        return flags.getOrDefault(name, "");
    }

    private static InetSocketAddress address(String flag, String text) {
        int colon = text.lastIndexOf(':');
        int port = number(flag, text.substring(colon + 1), 0, LARGEST_PORT);
        String host = (colon < 0) ? "localhost" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw invalid(flag, text, "must be a port or host:port");
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw invalid(flag, text, "unknown host");
        }
        return address;
    }

    private static String prefix(String text) {
        if (text.length() < 2 || !text.endsWith("/")) {
            throw invalid(PREFIX, text, "must not be empty and must end with a slash, as in /zk-proxy/");
        }
        return text;
    }

    private static TransientSettings transients(Map<String, String> flags) {
        TransientSettings defaults = TransientSettings.DEFAULTS;
        return new TransientSettings(duration(TRANSIENT_CHECK, flags), defaults.maxDeletesPerMinute(),
                defaults.neverUsed());
    }

    private static Duration duration(String flag, Map<String, String> flags) {
        String text = text(flags, flag);
        Duration duration;
        try {
            duration = Duration.parse(FlagType.DURATION.property(text));
        }
        catch (IllegalArgumentException ex) {
            throw invalid(flag, text, String.valueOf(ex.getMessage()));
        }
        if (duration.toMillis() <= 0) {
            throw invalid(flag, text, "is too short");
        }
        return duration;
    }

    private static int number(String flag, String text, int least, int most) {
        int number;
        try {
            number = Integer.parseInt(text);
        }
        catch (NumberFormatException ex) {
            throw invalid(flag, text, "is no number");
        }
        if (number < least || number > most) {
            throw invalid(flag, text, "must be from " + least + " to " + most);
        }
        return number;
    }

    private static SettingException invalid(String flag, String text, String reason) {
        return SettingException.invalid("--" + flag + ": '" + text + "': " + reason);
    }

}
