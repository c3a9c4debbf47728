/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import com.google.protobuf.ByteString;
import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.proto.etcdserverpb.WatchGrpc;
import io.kvorum.proto.etcdserverpb.WatchResponse;
import io.kvorum.proto.mvccpb.Event;
import io.kvorum.proto.mvccpb.KeyValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryTests {

    @Test
    void readsWhatTheMessageSays() {
        WatchResponse message = WatchResponse.newBuilder()
            .setHeader(ResponseHeader.newBuilder().setClusterId(-1).setRevision(12))
            .setWatchId(7)
            .addEvents(event(11, 1234567890123L))
            .addEvents(event(12, -5))
            .build();
        Delivery delivery = read(message);
        assertThat(delivery.watchId()).isEqualTo(7);
        assertThat(delivery.created()).isFalse();
        assertThat(delivery.events()).containsExactly(new Delivery.Change(11, 1234567890123L),
                new Delivery.Change(12, -5));
    }

    @Test
    void readsMessagesLargerThanItsBuffer() {
        WatchResponse.Builder message = WatchResponse.newBuilder().setWatchId(1);
        for (int i = 0; i < 1000; i++) {
            message.addEvents(event(i, i));
        }
        assertThat(read(message.build()).events()).hasSize(1000).last().isEqualTo(new Delivery.Change(999, 999));
    }

    @Test
    void readsCreationAndCancellation() {
        assertThat(read(WatchResponse.newBuilder().setCreated(true).build()).created()).isTrue();
        assertThat(read(WatchResponse.newBuilder().setCanceled(true).setCancelReason("gone").build()).canceled())
            .isTrue();
    }

    private static Delivery read(WatchResponse message) {
        InputStream wire = WatchGrpc.getWatchMethod().streamResponse(message);
        return Delivery.METHOD.parseResponse(wire);
    }

    private static Event event(long revision, long sentNanos) {
        ByteBuffer value = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN).putLong(0, sentNanos);
        return Event.newBuilder()
            .setKv(KeyValue.newBuilder()
                .setKey(ByteString.copyFromUtf8("k"))
                .setCreateRevision(2)
                .setModRevision(revision)
                .setVersion(3)
                .setValue(ByteString.copyFrom(value)))
            .build();
    }

}
