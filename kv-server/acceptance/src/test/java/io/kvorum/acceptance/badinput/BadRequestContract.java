/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.badinput;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.SplittableRandom;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Requests that break a rule or a limit get their code and text, and nothing else
 * happens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BadRequestContract {

    private static final ByteString KEY = ByteString.copyFromUtf8("k");

    private final ClusterProcess server;

    private final KvClient client;

    private WellBeing before;

    BadRequestContract(Product product) {
        this.server = ClusterProcess.single(product);
        this.client = new KvClient(this.server.member(0).endpoint());
        this.before = WellBeing.of(this.server.member(0));
    }

    @BeforeEach
    void examine() {
        this.client.kv().put(put(10));
        this.before = WellBeing.of(this.server.member(0));
    }

    @AfterEach
    void examineAgain() {
        this.before.verify();
    }

    @AfterAll
    void stop() {
        this.client.close();
        this.server.close();
    }

    @Test
    void emptyKey() {
        refused(Status.Code.INVALID_ARGUMENT, "etcdserver: key is not provided",
                () -> this.client.kv().put(PutRequest.getDefaultInstance()));
        refused(Status.Code.INVALID_ARGUMENT, "etcdserver: key is not provided",
                () -> this.client.kv().range(RangeRequest.getDefaultInstance()));
    }

    @Test
    void valueAboveTheRequestLimit() {
        assertThatCode(() -> this.client.kv().put(put(1_572_700))).doesNotThrowAnyException();
        refused(Status.Code.INVALID_ARGUMENT, "etcdserver: request is too large",
                () -> this.client.kv().put(put(1_572_864)));
    }

    @Test
    void messageAboveTheTransportLimit() {
        PutRequest request = put(2_200_000);
        refused(Status.Code.RESOURCE_EXHAUSTED,
                "grpc: received message larger than max (" + request.getSerializedSize() + " vs. 2097152)",
                () -> this.client.kv().put(request));
    }

    @Test
    void tooManyOperations() {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = 0; i < 129; i++) {
            txn.addSuccess(RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("k" + i))));
        }
        refused(Status.Code.INVALID_ARGUMENT, "etcdserver: too many operations in txn request",
                () -> this.client.kv().txn(txn.build()));
        txn.removeSuccess(0);
        assertThatCode(() -> this.client.kv().txn(txn.build())).doesNotThrowAnyException();
    }

    @Test
    void unknownFieldsAreIgnored() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
            .addField(3000, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .addField(3001, UnknownFieldSet.Field.newBuilder().addLengthDelimited(KEY).build())
            .build();
        this.client.kv().put(PutRequest.newBuilder().setKey(KEY).setValue(KEY).setUnknownFields(unknown).build());
        assertThat(this.client.kv()
            .range(RangeRequest.newBuilder().setKey(KEY).setUnknownFields(unknown).build())
            .getKvs(0)
            .getValue()).isEqualTo(KEY);
    }

    @Test
    void transactionsNestedDeeperThanAnyoneNeeds() {
        // Built from bytes: a message object of this depth could not even be written by
        // the client.
        ByteString nested = ByteString.EMPTY;
        for (int depth = 0; depth < 3_000; depth++) {
            ByteString operation = field(RequestOp.REQUEST_TXN_FIELD_NUMBER, nested);
            nested = field(TxnRequest.SUCCESS_FIELD_NUMBER, operation);
        }
        byte[] request = nested.toByteArray();
        try {
            call("etcdserverpb.KV/Txn", request);
        }
        catch (StatusRuntimeException ex) {
            assertThat(ex.getStatus().getCode()).as(ex.toString())
                .isIn(Status.Code.INTERNAL, Status.Code.INVALID_ARGUMENT, Status.Code.CANCELLED, Status.Code.UNKNOWN);
        }
    }

    @Test
    void aKeyThatIsCutOff() {
        Status status = statusOf(() -> call("etcdserverpb.KV/Put", new byte[] { 0x0a, 5, 'k' }));
        // What follows depends on the library that etcd was built with.
        assertThat(status.getCode() + ": " + status.getDescription())
            .startsWith("INTERNAL: grpc: error unmarshalling request: ");
    }

    @Test
    void bytesThatAreNoMessage() {
        SplittableRandom random = new SplittableRandom(4);
        for (String method : new String[] { "Range", "Put", "DeleteRange", "Txn", "Compact", "NoSuchMethod" }) {
            for (int i = 0; i < 50; i++) {
                byte[] bytes = new byte[random.nextInt(1, 300)];
                random.nextBytes(bytes);
                try {
                    call("etcdserverpb.KV/" + method, bytes);
                }
                catch (StatusRuntimeException ex) {
                    assertThat(ex.getStatus().getCode()).as("%s: %s", method, ex)
                        .isNotIn(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
                }
            }
        }
    }

    @Test
    void methodsThatDoNotExist() {
        assertThat(statusOf(() -> call("etcdserverpb.KV/NoSuchMethod", new byte[0])).getCode())
            .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(statusOf(() -> call("no.such.Service/Method", new byte[0])).getCode())
            .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    final KvClient client() {
        return this.client;
    }

    static void refused(Status.Code code, String text, ThrowingCallable call) {
        Status status = statusOf(call);
        assertThat(status.getCode() + ": " + status.getDescription()).isEqualTo(code + ": " + text);
    }

    private byte[] call(String method, byte[] request) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .setRequestMarshaller(new RawMarshaller())
            .setResponseMarshaller(new RawMarshaller())
            .build();
        return ClientCalls.blockingUnaryCall(this.client.channel(), descriptor,
                CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(10)), request);
    }

    private static Status statusOf(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("the call was accepted").isNotNull();
        return failure.getStatus();
    }

    private static ByteString field(int number, ByteString content) {
        ByteString.Output out = ByteString.newOutput();
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeBytes(number, content);
            coded.flush();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return out.toByteString();
    }

    private static PutRequest put(int valueBytes) {
        return PutRequest.newBuilder().setKey(KEY).setValue(ByteString.copyFrom(new byte[valueBytes])).build();
    }

    /** Bytes as they are. */
    private static final class RawMarshaller implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

    }

}
