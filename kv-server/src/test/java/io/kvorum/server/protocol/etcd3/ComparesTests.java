/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.Compare.CompareTarget;
import io.kvorum.server.command.Compare;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

import static org.assertj.core.api.Assertions.assertThat;

class ComparesTests {

    private final io.kvorum.proto.etcdserverpb.Compare.Builder request = io.kvorum.proto.etcdserverpb.Compare
        .newBuilder()
        .setKey(ByteString.copyFromUtf8("k"));

    @Test
    void takesTheNumberOfItsTarget() {
        Compare compare = Compares.compare(this.request.setTargetValue(2).setResultValue(1).setModRevision(7).build());
        assertThat(compare).isEqualTo(new Compare(KeyRange.single(Bytes.utf8("k")), Compare.Target.MOD,
                Compare.Relation.GREATER, 7, Bytes.EMPTY));
    }

    /** etcd: a number for another target than the one compared is not looked at. */
    @Test
    void takesZeroWithoutANumberOfItsTarget() {
        Compare compare = Compares.compare(this.request.setTarget(CompareTarget.VERSION).setModRevision(7).build());
        assertThat(compare.number()).isZero();
    }

    @Test
    void readsRangesLikeRequests() {
        Compare compare = Compares.compare(this.request.setRangeEnd(ByteString.copyFrom(new byte[1])).build());
        assertThat(compare.range()).isEqualTo(new KeyRange(Bytes.utf8("k"), null));
    }

    @Test
    void anUnknownRelationHolds() {
        Compare compare = Compares.compare(this.request.setResultValue(9).setTarget(CompareTarget.VALUE).build());
        assertThat(holdsOnMissingKey(compare)).isTrue();
    }

    @Test
    void anUnknownTargetComparesAsEqual() {
        this.request.setTargetValue(9);
        assertThat(holdsOnMissingKey(Compares.compare(this.request.setResultValue(0).build()))).isTrue();
        assertThat(holdsOnMissingKey(Compares.compare(this.request.setResultValue(1).build()))).isFalse();
        assertThat(holdsOnMissingKey(Compares.compare(this.request.setResultValue(3).build()))).isFalse();
    }

    private static boolean holdsOnMissingKey(Compare compare) {
        assertThat(compare.target()).isEqualTo(Compare.Target.VERSION);
        return compare.relation().holds(Long.compare(0, compare.number()));
    }

}
