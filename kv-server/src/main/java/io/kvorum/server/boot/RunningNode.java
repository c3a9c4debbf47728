/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.node.ReplicatedNode;
import io.kvorum.server.raft.PeerRequestHandler;
import io.kvorum.server.raft.RaftConfig;
import io.kvorum.server.raft.RaftEnvironment;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.raft.RaftMembers;
import io.kvorum.server.raft.RaftStateMachine;

/**
 * A node that takes part in its group.
 *
 * @param node the node
 * @param raft its place in the group, for what only metrics want to know
 */
record RunningNode(ReplicatedNode node, RaftMember raft) implements AutoCloseable {

    /** Opens the log, applies what the store does not have yet and joins the group. */
    static RunningNode start(ReplicatedNode node, RaftConfig config, RaftEnvironment environment) {
        AtomicReference<@Nullable RaftMember> started = new AtomicReference<>();
        try {
            node.start((machine, requests) -> {
                RaftMember member = join(config, machine, requests, environment);
                started.set(member);
                return member;
            });
        }
        catch (SettingException ex) {
            node.close();
            throw ex;
        }
        return new RunningNode(node, Objects.requireNonNull(started.get(), "the node did not join its group"));
    }

    @Override
    public void close() {
        this.node.close();
    }

    private static RaftMember join(RaftConfig config, RaftStateMachine machine, PeerRequestHandler requests,
            RaftEnvironment environment) {
        try {
            return RaftMembers.start(config, machine, requests, environment);
        }
        catch (IOException ex) {
            // Either the port is taken or the log is damaged; the message says which.
            throw SettingException.invalid("--listen-peer-urls or --data-dir: " + ex.getMessage());
        }
    }

}
