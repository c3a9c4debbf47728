/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;

import com.google.protobuf.CodedOutputStream;

/**
 * The header of an answer. What is 0 is not written, as protocol buffers have it.
 *
 * @param clusterId the cluster
 * @param memberId the member that answers
 * @param revision the revision of the answer
 * @param term the Raft term
 */
record WireHeader(long clusterId, long memberId, long revision, long term) {

    /** The header of a nested transaction: there, but empty (etcd). */
    static final WireHeader EMPTY = new WireHeader(0, 0, 0, 0);

    private static final int CLUSTER_ID = 1;

    private static final int MEMBER_ID = 2;

    private static final int REVISION = 3;

    private static final int TERM = 4;

    /**
     * Returns the header of an answer inside a transaction's answer: a revision only.
     * @param revision the revision
     * @return the header
     */
    static WireHeader inner(long revision) {
        return new WireHeader(0, 0, revision, 0);
    }

    int sizeBytes() {
        return Wire.int64Size(CLUSTER_ID, this.clusterId) + Wire.int64Size(MEMBER_ID, this.memberId)
                + Wire.int64Size(REVISION, this.revision) + Wire.int64Size(TERM, this.term);
    }

    void writeTo(CodedOutputStream out) throws IOException {
        Wire.writeInt64(out, CLUSTER_ID, this.clusterId);
        Wire.writeInt64(out, MEMBER_ID, this.memberId);
        Wire.writeInt64(out, REVISION, this.revision);
        Wire.writeInt64(out, TERM, this.term);
    }

}
