/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.protobuf.MessageLite;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RangeStreamResponse;
import io.kvorum.proto.etcdserverpb.ResponseHeader;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.RangeResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that write themselves are to the byte what protocol buffers write. */
class KvAnswerTests {

    private static final long SEED = 20260708;

    private SplittableRandom random = new SplittableRandom(SEED);

    @RepeatedTest(200)
    void writesWhatMessagesWrite(RepetitionInfo repetition) throws IOException {
        long seed = SEED + repetition.getCurrentRepetition();
        this.random = new SplittableRandom(seed);
        WireHeader header = new WireHeader(number(), number(), number(), number());
        Result result = result(3);
        assertThat(encoded(new KvAnswer(header, result))).as("seed " + seed)
            .isEqualTo(message(proto(header), result).toByteArray());
    }

    @RepeatedTest(50)
    void writesPiecesLikeMessages(RepetitionInfo repetition) throws IOException {
        long seed = SEED + repetition.getCurrentRepetition();
        this.random = new SplittableRandom(seed);
        Result.Range range = range();
        WireHeader header = new WireHeader(number(), number(), number(), number());
        RangeResponse plain = Answers.range(proto(header), range);
        assertThat(encoded(RangePiece.last(range.range(), header, range.range().count()))).as("seed " + seed)
            .isEqualTo(RangeStreamResponse.newBuilder().setRangeResponse(plain).build().toByteArray());
        RangeResponse.Builder middle = plain.toBuilder().clearHeader().clearMore().clearCount();
        assertThat(encoded(RangePiece.of(range.range().kvs()))).as("seed " + seed)
            .isEqualTo(RangeStreamResponse.newBuilder().setRangeResponse(middle).build().toByteArray());
    }

    @Test
    void canBeReadInsteadOfDrained() throws IOException {
        KvAnswer answer = new KvAnswer(new WireHeader(1, 2, 3, 4), range());
        InputStream stream = OutgoingStream.MARSHALLER.stream(answer);
        assertThat(stream.available()).isEqualTo(answer.sizeBytes());
        int first = stream.read();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(first);
        ((Drainable) stream).drainTo(rest);
        assertThat(rest.toByteArray()).isEqualTo(encoded(answer));
        assertThat(stream.read()).isEqualTo(-1);
    }

    private static byte[] encoded(Outgoing answer) throws IOException {
        InputStream stream = OutgoingStream.MARSHALLER.stream(answer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = stream.available();
        assertThat(stream).isInstanceOf(KnownLength.class);
        assertThat(((Drainable) stream).drainTo(out)).isEqualTo(length);
        assertThat(out.size()).isEqualTo(length);
        assertThat(stream.available()).isZero();
        return out.toByteArray();
    }

    private static MessageLite message(ResponseHeader header, Result result) {
        if (result instanceof Result.Put put) {
            return Answers.put(header, put);
        }
        if (result instanceof Result.Range range) {
            return Answers.range(header, range);
        }
        if (result instanceof Result.DeleteRange deletion) {
            return Answers.deleteRange(header, deletion);
        }
        return Answers.txn(header, (Result.Txn) result);
    }

    private static ResponseHeader proto(WireHeader header) {
        return ResponseHeader.newBuilder()
            .setClusterId(header.clusterId())
            .setMemberId(header.memberId())
            .setRevision(header.revision())
            .setRaftTerm(header.term())
            .build();
    }

    private Result result(int depth) {
        return switch (this.random.nextInt((depth > 0) ? 5 : 3)) {
            case 0 -> new Result.Put(number(), this.random.nextBoolean() ? keyValue() : null);
            case 1 -> range();
            case 2 -> new Result.DeleteRange(number(), number(), keyValues());
            default -> new Result.Txn(number(), this.random.nextBoolean(),
                    IntStream.range(0, this.random.nextInt(5)).mapToObj((i) -> result(depth - 1)).toList());
        };
    }

    private Result.Range range() {
        return new Result.Range(number(), new RangeResult(keyValues(), this.random.nextBoolean(), number()));
    }

    private List<KeyValue> keyValues() {
        return Stream.generate(this::keyValue).limit(this.random.nextInt(4)).toList();
    }

    private KeyValue keyValue() {
        return new KeyValue(bytes(), bytes(), number(), number(), number(), number());
    }

    /** Numbers of all lengths, and often 0, which is not written. */
    private long number() {
        return this.random.nextLong() >>> this.random.nextInt(65) >>> 1;
    }

    private Bytes bytes() {
        byte[] bytes = new byte[this.random.nextInt(4) * this.random.nextInt(3000)];
        this.random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

}
