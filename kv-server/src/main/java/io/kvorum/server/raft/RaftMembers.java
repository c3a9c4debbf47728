/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.io.IOException;

import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.rpc.ProtobufMsgFactory;
import com.alipay.sofa.jraft.util.timer.RaftTimerFactory;

import io.kvorum.server.raft.transport.PeerIdentity;
import io.kvorum.server.raft.transport.PeerTransport;

/** Starts this process's place in the Raft group. */
public final class RaftMembers {

    private RaftMembers() {
    }

    /**
     * Begins to load the engine's classes, of which there are many, on a thread of its
     * own. Optional: called first thing in a process, it lets {@link #start} find them
     * loaded.
     */
    public static void prepare() {
        Thread thread = new Thread(() -> {
            ProtobufMsgFactory.load();
            RaftTimerFactory unused = NodeImpl.TIMER_FACTORY;
        }, "kv-raft-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens the log, replays what the state machine does not have yet, and joins the
     * group. Blocks until log and state are open, not until there is a leader; a group of
     * one has its leader on return.
     * @param config this member's place in the group
     * @param stateMachine what the log is applied to; called as soon as this method runs
     * @param handler answers requests of other members' node layer
     * @param environment what the process around provides
     * @return the member
     * @throws IOException if this member cannot listen, or its data is damaged; the
     * message names the file and the way out
     */
    public static RaftMember start(RaftConfig config, RaftStateMachine stateMachine, PeerRequestHandler handler,
            RaftEnvironment environment) throws IOException {
        PeerTransport transport = new PeerTransport(new PeerIdentity(config.clusterId(), config.self()), config.peers(),
                config.listen(), environment.limits(), environment.tls(), handler, environment.clock());
        EngineMember member = null;
        try {
            transport.start();
            member = new EngineMember(config, stateMachine, transport, environment);
            member.start();
            return member;
        }
        catch (IOException | RuntimeException | Error ex) {
            if (member != null) {
                member.close();
            }
            else {
                transport.close();
            }
            throw ex;
        }
    }

}
