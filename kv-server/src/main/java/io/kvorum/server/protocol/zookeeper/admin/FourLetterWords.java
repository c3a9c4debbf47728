/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The answers to ZooKeeper's four-letter words, in its format. Those words only are
 * answered that are on a list; to others the answer says so. Any thread; an answer may
 * block.
 */
public final class FourLetterWords {

    /** Every word that has a meaning here. */
    public static final Set<String> ALL = Set.of("conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "hash", "isro",
            "mntr", "ruok", "srst", "srvr", "stat", "stmk", "wchc", "wchp", "wchs");

    /** The word that eight bytes follow. */
    public static final String SET_TRACE_MASK = "stmk";

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests\n";

    /** As Java's oldest date class prints them. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy",
            Locale.US);

    private final Facts facts;

    private final Set<String> allowed;

    private final Map<String, Supplier<String>> answers;

    private final ServerReport server;

    private final ConnectionReport connections;

    private final WatchReport watches;

    private final SessionReport sessions;

    /**
     * Creates the answers.
     * @param facts what they are made of
     * @param census counts the znodes
     * @param allowed the words that are answered
     */
    public FourLetterWords(Facts facts, TreeCensus census, Set<String> allowed) {
        this.facts = facts;
        this.allowed = Set.copyOf(allowed);
        this.server = new ServerReport(facts, census);
        this.connections = new ConnectionReport(facts.port());
        this.watches = new WatchReport(facts.port());
        this.sessions = new SessionReport(facts);
        ConfigurationReport configuration = new ConfigurationReport(facts);
        MonitorReport monitor = new MonitorReport(facts, census);
        this.answers = Map.ofEntries(Map.entry("srvr", this::server),
                Map.entry("stat",
                        () -> version() + "Clients:\n" + this.connections.asText(true) + this.server.asText()),
                Map.entry("mntr", () -> lines(monitor.values(), "zk_", "\t")),
                Map.entry("conf", () -> configuration(configuration)),
                Map.entry("cons", () -> this.connections.asText(false)), Map.entry("crst", this::resetConnections),
                Map.entry("srst", this::resetServer), Map.entry("dump", this::dump),
                Map.entry("wchs", this::watchSummary), Map.entry("wchc", this::watchesBySession),
                Map.entry("wchp", this::watchesByPath), Map.entry("hash", () -> ""),
                Map.entry("dirs", () -> lines(configuration.directories(), "", ": ")));
    }

    /**
     * Answers a word.
     * @param word one of {@link #ALL}
     * @return all that is to be sent before the connection is closed
     */
    public String answer(String word) {
        if (!this.allowed.contains(word)) {
            return word + " is not executed because it is not in the whitelist.\n";
        }
        if (word.equals("ruok")) {
            return "imok";
        }
        if (word.equals("envi")) {
            return "Environment:\n" + lines(Environment.report(), "", "=");
        }
        if (word.equals("gtmk")) {
            return Long.toString(this.facts.traceMask().get());
        }
        boolean serving = this.facts.isServing();
        if (word.equals("isro")) {
            return !serving ? "null" : this.facts.port().isReadOnly() ? "ro" : "rw";
        }
        Supplier<String> answer = this.answers.get(word);
        return (serving && answer != null) ? answer.get() : NOT_SERVING;
    }

    /**
     * Tells whether a word is answered, and not only refused.
     * @param word one of {@link #ALL}
     * @return {@code true} if it is on the list
     */
    public boolean isAllowed(String word) {
        return this.allowed.contains(word);
    }

    /**
     * Answers {@link #SET_TRACE_MASK}.
     * @param mask the new mask
     * @return all that is to be sent before the connection is closed
     */
    public String setTraceMask(long mask) {
        this.facts.traceMask().set(mask);
        return Long.toString(mask);
    }

    /**
     * Tells whether a word can be answered at once, however busy the server is.
     * @param word one of {@link #ALL}
     * @return {@code true} if its answer never blocks
     */
    public boolean isCheap(String word) {
        return word.equals("ruok") || word.equals("isro") || word.equals("gtmk") || !this.allowed.contains(word);
    }

    private String server() {
        return version() + this.server.asText();
    }

    private String version() {
        String readOnly = this.facts.port().isReadOnly() ? "READ-ONLY mode; serving only read-only clients\n" : "";
        return "Zookeeper version: " + Environment.VERSION + "\n" + readOnly;
    }

    private String resetConnections() {
        this.connections.reset();
        return "Connection stats reset.\n";
    }

    private String resetServer() {
        this.facts.port().statistics().reset();
        return "Server stats reset.\n";
    }

    private String watchSummary() {
        Map<String, ?> summary = this.watches.summary().values();
        return summary.get("num_connections") + " connections watching " + summary.get("num_paths")
                + " paths\nTotal watches:" + summary.get("num_total_watches") + "\n";
    }

    private String watchesBySession() {
        StringBuilder text = new StringBuilder();
        this.watches.bySession().forEach((session, paths) -> {
            text.append(hex(session)).append('\n');
            paths.forEach((path) -> text.append('\t').append(path).append('\n'));
        });
        return text.append('\n').toString();
    }

    private String watchesByPath() {
        StringBuilder text = new StringBuilder();
        this.watches.byPath().forEach((path, watching) -> {
            text.append(path).append('\n');
            watching.forEach((session) -> text.append('\t').append(hex(session)).append('\n'));
        });
        return text.append('\n').toString();
    }

    private String dump() {
        StringBuilder text = new StringBuilder("SessionTracker dump:\n");
        Servers servers = this.facts.servers();
        if (servers.isStandalone() || servers.isLeader()) {
            Map<Long, List<Long>> expiries = this.sessions.expiries();
            int count = expiries.values().stream().mapToInt(List::size).sum();
            text.append("Session Sets (").append(expiries.size()).append(")/(").append(count).append("):\n");
            expiries.forEach((time, ids) -> {
                String date = DATE.format(Instant.ofEpochMilli(time).atZone(ZoneId.systemDefault()));
                text.append(ids.size()).append(" expire at ").append(date).append(":\n");
                ids.forEach((id) -> text.append('\t').append(hex(id)).append('\n'));
            });
        }
        else {
            Map<Long, Integer> timeouts = this.sessions.timeouts();
            text.append("Global Sessions(").append(timeouts.size()).append("):\n");
            timeouts.forEach((id, millis) -> text.append(hex(id)).append('\t').append(millis).append("ms\n"));
        }
        Map<Long, List<String>> ephemerals = this.sessions.ephemerals();
        text.append("ephemeral nodes dump:\nSessions with Ephemerals (").append(ephemerals.size()).append("):\n");
        ephemerals.forEach((id, paths) -> {
            text.append(hex(id)).append(":\n");
            paths.forEach((path) -> text.append('\t').append(path).append('\n'));
        });
        return text.append("Connections dump:\n").toString();
    }

    private static String configuration(ConfigurationReport configuration) {
        Report report = configuration.asText();
        String membership = configuration.membership();
        return lines(report, "", "=") + (membership.isEmpty() ? "" : "membership: " + membership);
    }

    private static String lines(Report report, String prefix, String separator) {
        StringBuilder text = new StringBuilder();
        report.values()
            .forEach((name, value) -> text.append(prefix).append(name).append(separator).append(value).append('\n'));
        return text.toString();
    }

    private static String hex(long session) {
        return "0x" + Long.toHexString(session);
    }

}
