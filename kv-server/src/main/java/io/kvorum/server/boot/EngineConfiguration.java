/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.NodeEnvironment;
import io.kvorum.server.node.NodeIdentity;
import io.kvorum.server.node.NodeSettings;
import io.kvorum.server.node.ReplicatedNode;
import io.kvorum.server.raft.RaftConfig;
import io.kvorum.server.raft.RaftEnvironment;
import io.kvorum.server.raft.transport.PeerLimits;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.watch.EventHub;

/**
 * What replicates and stores: directory, store, watch hub, node, place in the Raft group.
 * Spring closes them in the opposite order.
 */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    DataDirectory dataDirectory(MemberProperties member) {
        return DataDirectory.open(member);
    }

    @Bean
    Membership membership(DataDirectory directory, MemberProperties member, ClusterProperties cluster) {
        return new MemberFile(directory).settle(member, cluster);
    }

    @Bean
    MvccStore store(DataDirectory directory, Membership membership, TuningProperties tuning, Metrics metrics) {
        try {
            return MvccStore.open(tuning.store(directory.store()), new StoreInstruments(metrics));
        }
        catch (IOException ex) {
            throw SettingException.invalid("--data-dir=" + directory.root() + ": " + ex.getMessage());
        }
    }

    @Bean
    EventHub watchHub(MvccStore store, TuningProperties tuning) {
        return EventHub.start(store::view, tuning.watch());
    }

    @Bean
    NodeSettings nodeSettings(MemberProperties member, RaftProperties raft, StorageProperties storage,
            TuningProperties tuning) {
        return tuning
            .node(NodeSettings
                .defaults(member.name(), member.advertisedClientUrls().stream().map(Url::text).toList(),
                        raft.electionTimeout())
                .withQuotaBytes(storage.quotaBytes())
                .withRetention(storage.retention()));
    }

    /** Closed by {@link RunningNode}, which knows whether it was started. */
    @Bean(destroyMethod = "")
    ReplicatedNode node(Membership membership, MvccStore store, EventHub hub, NodeSettings settings, Metrics metrics) {
        Map<MemberId, List<String>> peerUrls = new HashMap<>();
        membership.members().forEach((founder) -> peerUrls.put(founder.id(), founder.peerUrls()));
        NodeIdentity identity = new NodeIdentity(membership.clusterId(), membership.self(), peerUrls);
        return new ReplicatedNode(identity, store, hub, new HubPublication(hub), settings, new NodeEnvironment(
                Clock.SYSTEM, new SecureRandom()::nextLong, new NodeInstruments(metrics, Clock.SYSTEM)));
    }

    @Bean
    RunningNode runningNode(ReplicatedNode node, Membership membership, DataDirectory directory,
            MemberProperties member, RaftProperties raft, Metrics metrics) {
        RaftConfig config = raftConfig(membership, member, raft, directory.raft());
        RaftEnvironment environment = new RaftEnvironment(PeerLimits.DEFAULT, null, new WalMetrics(metrics),
                Clock.SYSTEM);
        node.holdLeases();
        return RunningNode.start(node, config, environment);
    }

    private static RaftConfig raftConfig(Membership membership, MemberProperties member, RaftProperties raft,
            Path directory) {
        Map<MemberId, String> peers = new HashMap<>();
        membership.members()
            .forEach((founder) -> peers.put(founder.id(),
                    Url.list("initial-cluster", founder.peerUrls().get(0)).get(0).hostAndPort()));
        return new RaftConfig(membership.clusterId(), membership.self(), peers, member.peerListener().hostAndPort(),
                directory, raft.heartbeatInterval(), raft.electionTimeout(), raft.snapshotCount(),
                raft.snapshotCatchupEntries(), !raft.unsafeNoFsync());
    }

}
