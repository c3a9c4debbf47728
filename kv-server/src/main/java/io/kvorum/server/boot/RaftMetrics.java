/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import io.kvorum.server.common.EtcdVersion;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.metrics.Labels;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.node.Cluster;

/** Who this member is and how it agrees with the others. */
final class RaftMetrics {

    private RaftMetrics() {
    }

    static void register(Metrics metrics, RunningNode running) {
        metrics.gauge("etcd_server_proposals_pending", "Commands that wait for their answers from the log.",
                running.node()::pendingProposals);
        PeerMetrics.register(metrics, running.raft());
        Cluster cluster = running.node().cluster();
        metrics.gauge("etcd_server_has_leader", "Whether there is a leader: 1 or 0.",
                () -> number(!cluster.leader().equals(MemberId.NONE)));
        metrics.gauge("etcd_server_is_leader", "Whether this member leads: 1 or 0.",
                () -> number(cluster.leader().equals(cluster.self())));
        metrics.gauge("etcd_server_is_learner", "Whether this member has no vote: 1 or 0.",
                () -> number(running.node().maintenance().status().learner()));
        metrics.gauge("etcd_server_id", "Id of this member.", Labels.of("server_id", cluster.self().toString()),
                () -> 1);
        metrics.gauge("etcd_server_version", "Version of etcd whose protocol this member speaks.",
                Labels.of("server_version", EtcdVersion.SERVER), () -> 1);
        metrics.gauge("etcd_cluster_version", "Version of etcd that all members speak.",
                Labels.of("cluster_version", EtcdVersion.CLUSTER), () -> 1);
        metrics.gauge("etcd_server_proposals_committed_total", "Index of the last entry known to be committed.",
                () -> (double) running.raft().status().commitIndex());
        metrics.gauge("etcd_server_proposals_applied_total", "Index of the last entry that is applied.",
                () -> (double) running.raft().status().appliedIndex());
    }

    private static double number(boolean holds) {
        return holds ? 1 : 0;
    }

}
