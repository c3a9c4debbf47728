/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.RaftOutter.EntryMeta;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameTests {

    /**
     * Small entries are copied into the frame, large ones are referred to; the bytes are
     * the same.
     */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 127, 128, 4096, 4097, 16_383, 16_384, 500_000 })
    void entriesComeOutAsTheyWentIn(int size) throws Exception {
        AppendEntriesRequest request = request(size);
        ByteBuf encoded = Frame.of(ByteBufAllocator.DEFAULT, Frame.Kind.REQUEST, MessageType.APPEND_ENTRIES, 0,
                request);
        assertThat(encoded instanceof CompositeByteBuf).isEqualTo(size > 4096);
        Frame.setId(encoded, 0x1122_3344_5566_7788L);
        FrameDecoder decoder = new FrameDecoder((kind, type) -> true);
        decoder.allow(1 << 20);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        // In pieces, as the network likes it.
        while (encoded.isReadable()) {
            channel.writeInbound(encoded.readRetainedSlice(Math.min(encoded.readableBytes(), 7919)));
        }
        encoded.release();
        Frame frame = channel.readInbound();
        assertThat(frame.kind()).isEqualTo(Frame.Kind.REQUEST);
        assertThat(frame.id()).isEqualTo(0x1122_3344_5566_7788L);
        assertThat(MessageType.of(frame.type())).isEqualTo(MessageType.APPEND_ENTRIES);
        assertThat(MessageType.APPEND_ENTRIES.parseRequest(frame.body())).isEqualTo(request);
        assertThat(frame.body().release()).isTrue();
        assertThat(channel.finish()).isFalse();
    }

    private static AppendEntriesRequest request(int size) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) {
            data[i] = (byte) (i * 7);
        }
        return AppendEntriesRequest.newBuilder()
            .setGroupId("group")
            .setServerId("1:0")
            .setPeerId("2:0")
            .setTerm(3)
            .setPrevLogTerm(2)
            .setPrevLogIndex(40)
            .setCommittedIndex(39)
            .addEntries(EntryMeta.newBuilder().setTerm(3).setType(EntryType.ENTRY_TYPE_DATA).setDataLen(size))
            .setData(ByteString.copyFrom(data))
            .build();
    }

}
