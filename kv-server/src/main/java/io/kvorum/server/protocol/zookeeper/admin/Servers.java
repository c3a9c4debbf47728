/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.List;

import io.kvorum.server.common.MemberId;
import io.kvorum.server.node.Cluster;

/**
 * The cluster as an ensemble of ZooKeeper servers, which are numbered from 1.
 *
 * @param members the members in the order of their ids, which is that of their numbers
 * @param self this member
 * @param leader the leader, or {@link MemberId#NONE}
 */
record Servers(List<Cluster.Member> members, MemberId self, MemberId leader) {

    /** Finds out. Blocks. */
    static Servers of(Source source) {
        return new Servers(Answers.await(source.members()), source.self(), source.leader());
    }

    boolean isStandalone() {
        return this.members.size() <= 1;
    }

    boolean isLeader() {
        return this.self.equals(this.leader);
    }

    boolean isObserver() {
        return this.members.stream().anyMatch((member) -> member.id().equals(this.self) && member.learner());
    }

    /** ZooKeeper's word for what this member is. */
    String mode(boolean readOnly) {
        if (readOnly) {
            return "read-only";
        }
        if (isStandalone()) {
            return "standalone";
        }
        return isLeader() ? "leader" : isObserver() ? "observer" : "follower";
    }

    /** The number of a member; a server that stands alone has none. */
    int numberOf(MemberId id) {
        if (isStandalone()) {
            return 0;
        }
        for (int i = 0; i < this.members.size(); i++) {
            if (this.members.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        return 0;
    }

    List<Cluster.Member> voters() {
        return this.members.stream().filter((member) -> !member.learner()).toList();
    }

}
