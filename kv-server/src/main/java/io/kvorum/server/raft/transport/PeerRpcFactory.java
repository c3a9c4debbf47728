/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;
import org.jspecify.annotations.Nullable;

/**
 * Gives the engine our transport. The engine finds it as a service and prefers it to its
 * own by its priority; it loads its own factory's class as well, but never initializes
 * it, so the libraries behind that one need not be there.
 */
@SPI(name = "kvorum", priority = 100)
public final class PeerRpcFactory implements RaftRpcFactory {

    /** Called by the engine. */
    public PeerRpcFactory() {
    }

    /** Nothing to register: {@link MessageType} knows all messages. */
    @Override
    public void registerProtobufSerializer(String className, Object... args) {
    }

    @Override
    public RpcClient createRpcClient(@Nullable ConfigHelper<RpcClient> helper) {
        RpcClient client = new PeerRpcClient();
        if (helper != null) {
            helper.config(client);
        }
        return client;
    }

    /** Refused: a server belongs to a transport, see {@link PeerTransport#raftServer}. */
    @Override
    public RpcServer createRpcServer(Endpoint endpoint, @Nullable ConfigHelper<RpcServer> helper) {
        throw new UnsupportedOperationException("Use PeerTransport.raftServer");
    }

}
