/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The commands of ZooKeeper's admin server, with its fields. Any thread; an answer may
 * block.
 */
public final class AdminCommands {

    private static final String ERROR = "error";

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    private final Facts facts;

    private final Map<String, Command> commands = new HashMap<>();

    private final ConnectionReport connections;

    private final SessionReport sessions;

    private final ServerReport server;

    /**
     * Creates the commands.
     * @param facts what their answers are made of
     * @param census counts the znodes
     */
    public AdminCommands(Facts facts, TreeCensus census) {
        this.facts = facts;
        this.connections = new ConnectionReport(facts.port());
        this.sessions = new SessionReport(facts);
        this.server = new ServerReport(facts, census);
        WatchReport watches = new WatchReport(facts.port());
        ConfigurationReport configuration = new ConfigurationReport(facts);
        ClusterReport cluster = new ClusterReport(facts);
        always(Report::new, "ruok");
        always(Environment::report, "environment", "env", "envi");
        always(AdminCommands::systemProperties, "system_properties", "sysp");
        always(cluster::zabState, "zabstate");
        always(this::traceMask, "get_trace_mask", "gtmk");
        register(new Command("set_trace_mask", false, this::setTraceMask), "set_trace_mask", "stmk");
        serving(this::resetConnections, "connection_stat_reset", "crst");
        serving(this::resetServer, "stat_reset", "srst");
        serving(configuration::asJson, "configuration", "conf", "config");
        serving(configuration::initial, "initial_configuration", "icfg");
        serving(configuration::directories, "dirs");
        serving(this::connections, "connections", "cons");
        serving(this::dump, "dump");
        // Nobody keeps digests of the tree here.
        serving(() -> new Report().with("digests", List.of()), "hash");
        serving(() -> new Report().with("read_only", facts.port().isReadOnly()), "is_read_only", "isro");
        serving(AdminCommands::lastSnapshot, "last_snapshot", "lsnp");
        serving(cluster::leader, "leader", "lead");
        serving(new MonitorReport(facts, census)::values, "monitor", "mntr");
        serving(cluster::observers, "observers", "obsr");
        serving(this.server::asJson, "server_stats", "srvr");
        serving(this::stats, "stats", "stat");
        serving(cluster::votingView, "voting_view");
        serving(() -> new Report().with("session_id_to_watched_paths", watches.bySession()), "watches", "wchc");
        serving(() -> new Report().with("path_to_session_ids", watches.byPath()), "watches_by_path", "wchp");
        serving(watches::summary, "watch_summary", "wchs");
    }

    /** Lists the names that commands are known by first. */
    List<String> names() {
        return this.commands.values().stream().map(Command::name).distinct().sorted().toList();
    }

    /** Carries out a command with the parameters that came with it. */
    String run(String name, Map<String, String> parameters) {
        Command command = this.commands.get(name);
        if (command == null) {
            return failure(name, "Unknown command: " + name);
        }
        if (command.needsServing && !this.facts.isServing()) {
            return failure(command.name, NOT_SERVING);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Report report = command.report.apply(parameters);
        report.values().forEach((key, value) -> values.put(key, value));
        boolean failed = report.values().containsKey(ERROR);
        values.put("command", command.name);
        if (!failed) {
            values.put(ERROR, null);
        }
        return Json.of(values);
    }

    private void always(Supplier<Report> report, String... names) {
        register(new Command(names[0], false, (parameters) -> report.get()), names);
    }

    private void serving(Supplier<Report> report, String... names) {
        register(new Command(names[0], true, (parameters) -> report.get()), names);
    }

    private void register(Command command, String... names) {
        for (String name : names) {
            this.commands.put(name, command);
        }
    }

    private Report traceMask() {
        return new Report().with("tracemask", this.facts.traceMask().get());
    }

    private Report setTraceMask(Map<String, String> parameters) {
        String mask = parameters.get("traceMask");
        if (mask == null) {
            return new Report().with(ERROR, "setTraceMask requires long traceMask argument");
        }
        try {
            this.facts.traceMask().set(Long.parseLong(mask));
            return traceMask();
        }
        catch (NumberFormatException ex) {
            return new Report().with(ERROR, "setTraceMask requires long traceMask argument, got " + mask);
        }
    }

    private Report resetConnections() {
        this.connections.reset();
        return new Report();
    }

    private Report resetServer() {
        this.facts.port().statistics().reset();
        return new Report();
    }

    private Report connections() {
        return new Report().with("connections", this.connections.asJson(false, false))
            .with("secure_connections", this.connections.asJson(true, false));
    }

    private Report stats() {
        return this.server.asJson()
            .with("connections", this.connections.asJson(false, true))
            .with("secure_connections", this.connections.asJson(true, true));
    }

    private Report dump() {
        return new Report().with("expiry_time_to_session_ids", this.sessions.expiries())
            .with("session_id_to_ephemeral_paths", this.sessions.ephemerals());
    }

    /** What ZooKeeper says as long as it knows of no snapshot. */
    private static Report lastSnapshot() {
        return new Report().with("zxid", Long.toHexString(-1)).with("timestamp", -1);
    }

    private static Report systemProperties() {
        SortedMap<String, String> sorted = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            boolean secret = name.contains("password") || name.contains("secret");
            sorted.put(name, secret ? "******" : System.getProperty(name, ""));
        }
        Report report = new Report();
        sorted.forEach(report::with);
        return report;
    }

    private static String failure(String command, String error) {
        return Json.of(new Report().with("command", command).with(ERROR, error).values());
    }

    /**
     * A command.
     *
     * @param name the first of its names
     * @param needsServing whether it makes no sense on a member without a cluster
     * @param report its answer
     */
    private record Command(String name, boolean needsServing, Function<Map<String, String>, Report> report) {
    }

}
