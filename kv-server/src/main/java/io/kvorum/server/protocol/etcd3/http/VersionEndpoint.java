/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kvorum.server.common.EtcdVersion;
import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.KvNode;

/** Answers {@code /version}. */
final class VersionEndpoint implements Endpoint {

    private final KvNode node;

    VersionEndpoint(KvNode node) {
        this.node = node;
    }

    @Override
    public CompletableFuture<Answer> get(Map<String, List<String>> query) {
        // etcd: the members agree on the cluster's version through the log, so there is
        // none before the first leader.
        boolean undecided = this.node.cluster().leader().equals(MemberId.NONE)
                && this.node.maintenance().status().raftAppliedIndex() == 0;
        return CompletableFuture.completedFuture(Answer.ok(Answer.JSON,
                "{\"etcdserver\":\"" + EtcdVersion.SERVER + "\",\"etcdcluster\":\""
                        + (undecided ? "not_decided" : EtcdVersion.CLUSTER) + "\",\"storage\":\"" + EtcdVersion.STORAGE
                        + "\"}"));
    }

}
