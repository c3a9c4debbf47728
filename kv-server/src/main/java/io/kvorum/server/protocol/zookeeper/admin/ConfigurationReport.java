/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.node.Cluster;

/** How a port was set up, and how large what is behind it has become. Blocks. */
final class ConfigurationReport {

    private final Facts facts;

    ConfigurationReport(Facts facts) {
        this.facts = facts;
    }

    /** As {@code conf} lists it. */
    Report asText() {
        PortDescription port = this.facts.description().get();
        PortDescription.Limits limits = port.limits();
        Servers servers = this.facts.servers();
        Report report = new Report().with("clientPort", port.clientPort())
            .with("secureClientPort", port.secureClientPort())
            .with("dataDir", text(port.dataDirectory()))
            .with("dataDirSize", sizeOf(port.dataDirectory()))
            .with("dataLogDir", text(port.logDirectory()))
            .with("dataLogSize", sizeOf(port.logDirectory()))
            .with("tickTime", limits.tickMillis())
            .with("maxClientCnxns", limits.maxConnectionsPerAddress())
            .with("minSessionTimeout", limits.minSessionTimeoutMillis())
            .with("maxSessionTimeout", limits.maxSessionTimeoutMillis())
            .with("clientPortListenBacklog", -1)
            .with("serverId", servers.numberOf(servers.self()));
        if (!servers.isStandalone()) {
            report.with("peerType", servers.isObserver() ? 1 : 0);
        }
        return report;
    }

    /** As the command {@code configuration} lists it. */
    Report asJson() {
        PortDescription port = this.facts.description().get();
        PortDescription.Limits limits = port.limits();
        Servers servers = this.facts.servers();
        return new Report().with("client_port", port.clientPort())
            .with("data_dir", text(port.dataDirectory()))
            .with("data_log_dir", text(port.logDirectory()))
            .with("tick_time", limits.tickMillis())
            .with("max_client_cnxns", limits.maxConnectionsPerAddress())
            .with("min_session_timeout", limits.minSessionTimeoutMillis())
            .with("max_session_timeout", limits.maxSessionTimeoutMillis())
            .with("server_id", servers.numberOf(servers.self()))
            .with("client_port_listen_backlog", -1);
    }

    /** The settings as a configuration file of ZooKeeper would have them. */
    Report initial() {
        PortDescription port = this.facts.description().get();
        PortDescription.Limits limits = port.limits();
        String file = "tickTime=" + limits.tickMillis() + "\ndataDir=" + text(port.dataDirectory()) + "\ndataLogDir="
                + text(port.logDirectory()) + "\nclientPort=" + port.clientPort() + "\nmaxClientCnxns="
                + limits.maxConnectionsPerAddress() + "\nminSessionTimeout=" + limits.minSessionTimeoutMillis()
                + "\nmaxSessionTimeout=" + limits.maxSessionTimeoutMillis() + "\n";
        return new Report().with("initial_configuration", file);
    }

    Report directories() {
        PortDescription port = this.facts.description().get();
        return new Report().with("datadir_size", sizeOf(port.dataDirectory()))
            .with("logdir_size", sizeOf(port.logDirectory()));
    }

    /**
     * The servers as ZooKeeper's configuration lists them, a line for each; nothing for a
     * server that stands alone.
     */
    String membership() {
        Servers servers = this.facts.servers();
        if (servers.isStandalone()) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        for (Cluster.Member member : servers.members()) {
            lines.append("\nserver.").append(servers.numberOf(member.id())).append('=').append(peer(member));
            lines.append(member.learner() ? ":observer" : ":participant");
        }
        return lines.append("\nversion=0").toString();
    }

    /** The peer port serves for both of ZooKeeper's, the quorum's and the election's. */
    private static String peer(Cluster.Member member) {
        List<String> urls = member.peerUrls();
        if (urls.isEmpty()) {
            return "";
        }
        URI url = URI.create(urls.get(0));
        return url.getHost() + ":" + url.getPort() + ":" + url.getPort();
    }

    private static String text(@Nullable Path directory) {
        return (directory != null) ? directory.toString() : "";
    }

    static long sizeOf(@Nullable Path directory) {
        if (directory == null) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(ConfigurationReport::length).sum();
        }
        catch (IOException | UncheckedIOException ex) {
            // Files come and go while the member works.
            return 0;
        }
    }

    private static long length(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        catch (IOException ex) {
            return 0;
        }
    }

}
