/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.server.node.Cluster;
import io.kvorum.server.node.KvNode;

/** Makes the headers of answers, as this member fills them. Any thread. */
public final class ResponseHeaders {

    private final KvNode node;

    /**
     * Creates the maker of headers.
     * @param node the member that answers
     */
    public ResponseHeaders(KvNode node) {
        this.node = node;
    }

    /**
     * Returns the header of an answer that was given at a revision.
     * @param revision the revision
     * @return the header
     */
    public ResponseHeader at(long revision) {
        return identity().setRevision(revision).build();
    }

    /**
     * Returns the header of an answer that has nothing to do with a revision: it tells
     * the current one.
     * @return the header
     */
    public ResponseHeader now() {
        return at(this.node.revision());
    }

    /**
     * Returns the header of an answer about members, which has no revision.
     * @return the header
     */
    public ResponseHeader withoutRevision() {
        return identity().build();
    }

    /**
     * Returns the header of an answer that writes itself.
     * @param revision the revision of the answer
     * @return the header
     */
    WireHeader wire(long revision) {
        Cluster cluster = this.node.cluster();
        return new WireHeader(cluster.clusterId(), cluster.self().value(), revision, cluster.term());
    }

    private ResponseHeader.Builder identity() {
        Cluster cluster = this.node.cluster();
        return ResponseHeader.newBuilder()
            .setClusterId(cluster.clusterId())
            .setMemberId(cluster.self().value())
            .setRaftTerm(cluster.term());
    }

}
