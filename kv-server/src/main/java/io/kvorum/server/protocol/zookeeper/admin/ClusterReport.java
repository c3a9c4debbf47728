/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.Cluster;

/** The servers of the ensemble. Blocks. */
final class ClusterReport {

    private static final int EPOCH_SHIFT = 32;

    private static final long COUNTER_MASK = 0xffffffffL;

    private final Facts facts;

    ClusterReport(Facts facts) {
        this.facts = facts;
    }

    Report leader() {
        Servers servers = this.facts.servers();
        if (servers.isStandalone()) {
            // ZooKeeper's words for a server that stands alone.
            return new Report().with("error", "server is not initialized");
        }
        MemberId leader = servers.leader();
        URI address = servers.members()
            .stream()
            .filter((member) -> member.id().equals(leader))
            .map(ClusterReport::peer)
            .findFirst()
            .orElse(URI.create("tcp:///"));
        return new Report().with("is_leader", servers.isLeader())
            .with("leader_id", servers.numberOf(leader))
            .with("leader_ip", (address.getHost() != null) ? address.getHost() : "");
    }

    Report votingView() {
        Servers servers = this.facts.servers();
        Map<String, Object> view = new LinkedHashMap<>();
        if (!servers.isStandalone()) {
            for (Cluster.Member member : servers.voters()) {
                view.put(Integer.toString(servers.numberOf(member.id())), votingView(servers, member));
            }
        }
        return new Report().with("current_config", view);
    }

    Report observers() {
        Servers servers = this.facts.servers();
        List<Map<String, @Nullable Object>> observers = servers.members()
            .stream()
            .filter(Cluster.Member::learner)
            .map((member) -> new Report().with("sid", servers.numberOf(member.id())).values())
            .toList();
        return new Report().with("synced_observers", observers.size()).with("observers", observers);
    }

    Report zabState() {
        Servers servers = this.facts.servers();
        if (servers.isStandalone()) {
            return new Report().with("voting", false).with("zabstate", "");
        }
        Cluster.Member self = servers.members()
            .stream()
            .filter((member) -> member.id().equals(servers.self()))
            .findFirst()
            .orElseThrow();
        long zxid = this.facts.source().revision();
        boolean known = !servers.leader().equals(MemberId.NONE);
        return new Report().with("myid", servers.numberOf(self.id()))
            .with("is_leader", servers.isLeader())
            .with("quorum_address", addresses(peer(self)))
            .with("election_address", addresses(peer(self)))
            .with("client_address", ":" + this.facts.description().get().clientPort())
            .with("voting", !self.learner())
            .with("last_zxid", "0x" + Long.toHexString(zxid))
            .with("zab_epoch", zxid >> EPOCH_SHIFT)
            .with("zab_counter", zxid & COUNTER_MASK)
            .with("zabstate", known ? "broadcast" : "election");
    }

    private Map<String, @Nullable Object> votingView(Servers servers, Cluster.Member member) {
        List<String> addresses = List.of(text(peer(member)));
        boolean self = member.id().equals(servers.self());
        return new Report().with("server_addresses", addresses)
            .with("election_addresses", addresses)
            .with("client_address", self ? ":" + this.facts.description().get().clientPort() : "")
            .with("learner_type", "participant")
            .values();
    }

    private static Map<String, @Nullable Object> addresses(URI peer) {
        return new Report().with("empty", false)
            .with("all_addresses", List.of(text(peer)))
            .with("all_ports", List.of(peer.getPort()))
            .with("all_host_strings", List.of(String.valueOf(peer.getHost())))
            .with("one", text(peer))
            .values();
    }

    private static URI peer(Cluster.Member member) {
        return member.peerUrls().isEmpty() ? URI.create("tcp:///") : URI.create(member.peerUrls().get(0));
    }

    private static String text(URI url) {
        return (url.getHost() != null) ? url.getHost() + ":" + url.getPort() : "";
    }

}
