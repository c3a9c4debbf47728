/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Bytes that are no message get the words of etcd's gRPC library. */
class UnreadableRequestTests {

    /** A key of five bytes, of which one is there. */
    private static final byte[] TRUNCATED = { 0x0a, 5, 'k' };

    @TempDir
    private static Path directory;

    private static SoloServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new SoloServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "KV/Range", "KV/Put", "KV/Txn", "Lease/LeaseGrant", "Maintenance/Alarm" })
    void unary(String method) {
        assertThat(refusal(method, MethodType.UNARY, TRUNCATED))
            .isEqualTo("INTERNAL: grpc: error unmarshalling request: proto: cannot parse invalid wire-format data");
    }

    @ParameterizedTest
    @ValueSource(strings = { "KV/RangeStream", "Lease/LeaseKeepAlive" })
    void streamed(String method) {
        assertThat(refusal(method, MethodType.SERVER_STREAMING, TRUNCATED))
            .isEqualTo("INTERNAL: grpc: failed to unmarshal the received message: "
                    + "proto: cannot parse invalid wire-format data");
    }

    @Test
    void wireTypesThatDoNotExist() {
        assertThat(refusal("KV/Put", MethodType.UNARY, new byte[] { 0x0f, 1 })).startsWith("INTERNAL: grpc: error");
        assertThat(refusal("KV/Put", MethodType.UNARY, new byte[] { 0, 0 })).startsWith("INTERNAL: grpc: error");
    }

    @Test
    void randomBytesAreReadOrRefused() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(1, 300)];
            random.nextBytes(bytes);
            assertThat(refusal("KV/Txn", MethodType.UNARY, bytes)).doesNotStartWith("UNKNOWN");
        }
    }

    private static String refusal(String method, MethodType type, byte[] request) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor
            .newBuilder(new RawMarshaller(), new RawMarshaller())
            .setType(type)
            .setFullMethodName("etcdserverpb." + method)
            .build();
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> {
            if (type == MethodType.UNARY) {
                ClientCalls.blockingUnaryCall(server.channel(), descriptor, CallOptions.DEFAULT, request);
            }
            else {
                ClientCalls.blockingServerStreamingCall(server.channel(), descriptor, CallOptions.DEFAULT, request)
                    .hasNext();
            }
        });
        Status status = (refused != null) ? refused.getStatus() : Status.OK;
        return status.getCode() + ": " + status.getDescription();
    }

}
