/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.kvorum.server.node.ReplicatedNode;
import io.kvorum.server.protocol.etcd3.Etcd3Server;

/** Says once that the member serves, and as whom. */
final class ReadyReport implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(ReadyReport.class);

    private final Membership membership;

    private final MemberProperties member;

    private final Etcd3Server clientPort;

    private final ReplicatedNode node;

    ReadyReport(ReplicatedNode node, Membership membership, MemberProperties member, Etcd3Server clientPort) {
        this.node = node;
        this.membership = membership;
        this.member = member;
        this.clientPort = clientPort;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.node.releaseLeases();
        logger.info(
                "ready to serve client requests name={} member={} cluster={} members={} clients={} peers={} data={}",
                this.membership.selfEntry().name(), this.membership.self(),
                Long.toHexString(this.membership.clusterId()), this.membership.members().size(),
                this.clientPort.addresses(), this.member.listenPeerUrls(), this.member.dataDir());
    }

}
