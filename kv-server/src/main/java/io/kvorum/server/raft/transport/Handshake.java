/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.nio.ByteBuffer;

import io.kvorum.server.common.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself before anything else.
 *
 * @param version version of the protocol between members
 * @param clusterId the cluster it belongs to
 * @param from the member it is
 * @param to the member it believes to talk to
 */
record Handshake(int version, long clusterId, MemberId from, MemberId to) {

    /** The version this code speaks. */
    static final int VERSION = 1;

    private static final int MAGIC = 0x4b56_4f52; // "KVOR"

    private static final int SIZE_BYTES = 2 * Integer.BYTES + 3 * Long.BYTES;

    /**
     * Introduces a member to another.
     * @param self who speaks
     * @param to who is meant to listen
     * @return the introduction
     */
    static Handshake of(PeerIdentity self, MemberId to) {
        return new Handshake(VERSION, self.clusterId(), self.memberId(), to);
    }

    /**
     * Reads an introduction.
     * @param bytes the body of the frame
     * @return the introduction
     */
    static Handshake decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        // A later version may say more; what it says first stays as it is.
        if (bytes.length < SIZE_BYTES || in.getInt() != MAGIC) {
            throw new ProtocolViolationException("not an introduction of a member");
        }
        return new Handshake(in.getInt(), in.getLong(), new MemberId(in.getLong()), new MemberId(in.getLong()));
    }

    /**
     * Encodes the introduction.
     * @return the body of the frame
     */
    byte[] encode() {
        return ByteBuffer.allocate(SIZE_BYTES)
            .putInt(MAGIC)
            .putInt(this.version)
            .putLong(this.clusterId)
            .putLong(this.from.value())
            .putLong(this.to.value())
            .array();
    }

    /**
     * Says why a member must not talk to whoever introduced itself like this.
     * @param self the member that listens
     * @param expected whom it expects, or {@link MemberId#NONE} for anybody
     * @return what differs, or {@code null} if all is well
     */
    @Nullable String mismatch(PeerIdentity self, MemberId expected) {
        if (this.version != VERSION) {
            return "protocol version differs: member " + self.memberId() + " speaks " + VERSION + ", member "
                    + this.from + " speaks " + this.version;
        }
        if (this.clusterId != self.clusterId()) {
            return "cluster id differs: member " + self.memberId() + " is in cluster "
                    + Long.toHexString(self.clusterId()) + ", member " + this.from + " in cluster "
                    + Long.toHexString(this.clusterId);
        }
        if (!this.to.equals(self.memberId())) {
            return "member id differs: this is member " + self.memberId() + ", member " + this.from + " expects member "
                    + this.to + " at this address";
        }
        if (!expected.equals(MemberId.NONE) && !this.from.equals(expected)) {
            return "member id differs: member " + self.memberId() + " expects member " + expected
                    + " at this address, but it is member " + this.from;
        }
        if (this.from.equals(self.memberId())) {
            return "member id is used twice: both sides are member " + self.memberId();
        }
        return null;
    }

}
