/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.server.command.ZnodeOperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/** Bytes of clients, good and bad. */
class RequestDecoderTests {

    private static final int MAX = 0xfffff;

    @ParameterizedTest
    @ValueSource(ints = { -1, Integer.MIN_VALUE, 1025, Integer.MAX_VALUE })
    void aFirstFrameThatIsNoHandshakeClosesTheConnection(int length) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(MAX));
        channel.writeInbound(Unpooled.buffer().writeInt(length).writeInt(0));
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<ByteBuf>readInbound()).isNull();
    }

    @Test
    void framesUpToTheLimitPass() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(MAX));
        channel.writeInbound(Unpooled.buffer().writeInt(2).writeShort(7));
        channel.writeInbound(Unpooled.buffer().writeInt(MAX).writeZero(MAX - 1));
        assertThat(channel.<ByteBuf>readInbound().readableBytes()).isEqualTo(2);
        assertThat(channel.<ByteBuf>readInbound()).isNull();
        channel.writeInbound(Unpooled.buffer().writeByte(1));
        assertThat(channel.<ByteBuf>readInbound().readableBytes()).isEqualTo(MAX);
        channel.writeInbound(Unpooled.buffer().writeInt(MAX + 1));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aWrite() throws IOException {
        ByteBuf frame = Unpooled.buffer().writeInt(5).writeInt(OpCode.SET_DATA);
        text(frame, "/a").writeInt(-1).writeInt(3);
        assertThat(RequestDecoder.decode(frame)).isInstanceOfSatisfying(Request.Write.class, (write) -> {
            assertThat(write.xid()).isEqualTo(5);
            assertThat(write.multi()).isFalse();
            assertThat(write.request().operations()).isEqualTo(List.of(new ZnodeOperation.SetData("/a", null, 3)));
        });
    }

    @Test
    void whatIsNotKnownIsRefused() throws IOException {
        assertThat(RequestDecoder.decode(Unpooled.buffer().writeInt(5).writeInt(77)))
            .isEqualTo(new Request.Refused(5, -6));
        assertThat(RequestDecoder.decode(Unpooled.buffer().writeInt(5).writeInt(OpCode.CHECK)))
            .isEqualTo(new Request.Refused(5, -6));
    }

    @Test
    void lengthsInsideAFrameAreChecked() throws IOException {
        for (int length : new int[] { -2, 3, Integer.MAX_VALUE, Integer.MIN_VALUE }) {
            ByteBuf frame = Unpooled.buffer().writeInt(5).writeInt(OpCode.GET_DATA).writeInt(length).writeByte('/');
            assertThat(RequestDecoder.decode(frame)).isEqualTo(new Request.Impossible(5, -5));
        }
    }

    @Test
    void aRequestNeedsAHeader() {
        ByteBuf frame = Unpooled.buffer().writeInt(5);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> RequestDecoder.decode(frame));
    }

    @Test
    void inAMultiTheFlagsDecideWhatACreateIs() throws IOException {
        assertThat(RequestDecoder.decode(multiOf(OpCode.SYNC, 0))).isEqualTo(new Request.Impossible(5, -5));
        assertThat(RequestDecoder.decode(multiOf(OpCode.CREATE, 5))).isEqualTo(new Request.Impossible(5, -5));
        assertThat(RequestDecoder.decode(multiOf(OpCode.CREATE, 4))).isInstanceOf(Request.Write.class);
    }

    @Test
    void garbageIsAnswerOrException() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int[] types = { 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 14, 15, 100, 101, -11 };
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(60)];
            random.nextBytes(body);
            for (int j = 0; j < body.length; j++) {
                body[j] = random.nextInt(3) == 0 ? body[j] : (byte) random.nextInt(3);
            }
            ByteBuf frame = Unpooled.buffer().writeInt(i).writeInt(types[random.nextInt(types.length)]);
            frame.writeBytes(body);
            try {
                assertThat(RequestDecoder.decode(frame).xid()).isEqualTo(i);
            }
            catch (IOException expected) {
                assertThat(expected).isNotNull();
            }
            catch (RuntimeException | Error ex) {
                fail("seed " + seed, ex);
            }
        }
    }

    private static ByteBuf multiOf(int type, int flags) {
        ByteBuf frame = Unpooled.buffer().writeInt(5).writeInt(OpCode.MULTI);
        frame.writeInt(type).writeBoolean(false).writeInt(-1);
        text(frame, "/a").writeInt(0).writeInt(0).writeInt(flags);
        return frame.writeInt(-1).writeBoolean(true).writeInt(-1);
    }

    private static ByteBuf text(ByteBuf frame, String text) {
        frame.writeInt(text.length());
        frame.writeCharSequence(text, StandardCharsets.UTF_8);
        return frame;
    }

}
