/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** The port with real sockets: who is let in, and to whom. */
class ClientPortTests {

    private static final Duration SHORT = Duration.ofMillis(200);

    private Etcd3Server server = server(Etcd3Settings.Limits.DEFAULTS);

    @AfterEach
    void stop() {
        this.server.close();
    }

    @Test
    void speaksGrpc() {
        ServingStatus status = withChannel((channel) -> HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus());
        assertThat(status).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void speaksHttpOnTheSamePort() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/hello")).build();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("/hello");
        }
    }

    @Test
    void putsFirstBytesTogether() throws Exception {
        try (Socket socket = connect()) {
            for (byte b : "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(b);
                socket.getOutputStream().flush();
            }
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void closesOnGarbageWithoutAWord() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] { 0, 1, 2, 3 });
            assertThat(endsWithoutAWord(socket)).isTrue();
        }
        speaksGrpc();
    }

    @Test
    void closesWhatSaysNothing() throws Exception {
        restart(new Etcd3Settings.Limits(1000, 10, 10, 10, 10, SHORT, SHORT));
        try (Socket silent = connect(); Socket slow = connect()) {
            slow.getOutputStream().write("PRI * HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(endsWithoutAWord(silent)).isTrue();
            assertThat(endsWithoutAWord(slow)).isTrue();
        }
        await().until(() -> this.server.connections() == 0);
    }

    @Test
    void anHttpConnectionMayStayQuietLater() throws Exception {
        restart(new Etcd3Settings.Limits(1000, 10, 10, 10, 10, SHORT, SHORT));
        try (Socket socket = connect(); Socket silent = connect()) {
            socket.getOutputStream().write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // The silent one shows that the time has passed.
            assertThat(endsWithoutAWord(silent)).isTrue();
            socket.getOutputStream().write("GET /b HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String expected = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n/a";
            String seen = new String(socket.getInputStream().readNBytes(2 * expected.length()),
                    StandardCharsets.US_ASCII);
            assertThat(seen).isEqualTo(expected + expected.replace("/a", "/b"));
        }
    }

    @Test
    void letsInOnlySoMany() throws Exception {
        restart(new Etcd3Settings.Limits(1000, 10, 10, 2, 10, Duration.ofMinutes(1), SHORT));
        try (Socket first = connect(); Socket second = connect()) {
            await().until(() -> this.server.connections() == 2);
            try (Socket third = connect()) {
                assertThat(endsWithoutAWord(third)).isTrue();
            }
            second.close();
            await().until(() -> this.server.connections() == 1);
            speaksGrpc();
            assertThat(first.isConnected()).isTrue();
        }
    }

    @Test
    void refusesBadRequestsInEtcdsWords() {
        Status status = putStatus(PutRequest.getDefaultInstance());
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo("etcdserver: key is not provided");
    }

    @Test
    void refusesLargeRequestsInEtcdsWords() {
        Status status = putStatus(put(1_700_000));
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo("etcdserver: request is too large");
    }

    @Test
    void refusesLargeMessagesInTheWordsOfGrpc() {
        PutRequest request = put(2_200_000);
        Status status = putStatus(request);
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription())
            .isEqualTo("grpc: received message larger than max (" + request.getSerializedSize() + " vs. 2097152)");
        // Larger than the transport takes: its own words, the same code.
        assertThat(putStatus(put(9_000_000)).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        speaksGrpc();
    }

    @Test
    void whoAsksForALeaderHearsThatThereIsNone() {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        StatusRuntimeException failure = withChannel((channel) -> catchThrowableOfType(StatusRuntimeException.class,
                () -> KVGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .put(put(1))));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure.getStatus().getDescription()).isEqualTo("etcdserver: no leader");
    }

    @Test
    void closingEndsAllConnections() throws Exception {
        try (Socket http = connect(); Socket silent = connect()) {
            http.getOutputStream().write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(http.getInputStream().read()).isEqualTo('H');
            this.server.close();
            assertThat(endsWithoutAWord(silent)).isTrue();
        }
    }

    @Test
    void aTakenAddressIsAnErrorThatNamesIt() throws Exception {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
        Etcd3Server second = new Etcd3Server(new AbsentNode(), Etcd3Settings.defaults(taken), List.of(), List.of(),
                ClientPortTests::http);
        IOException failure = catchThrowableOfType(IOException.class, second::start);
        assertThat(failure).hasMessageContaining(String.valueOf(port()));
    }

    private void restart(Etcd3Settings.Limits limits) {
        this.server.close();
        this.server = server(limits);
    }

    private int port() {
        return this.server.addresses().get(0).getPort();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private Status putStatus(PutRequest request) {
        return withChannel((channel) -> catchThrowableOfType(StatusRuntimeException.class,
                () -> KVGrpc.newBlockingStub(channel).put(request))
            .getStatus());
    }

    private <T> T withChannel(Function<ManagedChannel, T> work) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
        try {
            return work.apply(channel);
        }
        finally {
            channel.shutdownNow();
            await().atMost(10, TimeUnit.SECONDS).until(channel::isTerminated);
        }
    }

    private static PutRequest put(int valueBytes) {
        return PutRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("k"))
            .setValue(ByteString.copyFrom(new byte[valueBytes]))
            .build();
    }

    /** A reset is as good an end as any. */
    private static boolean endsWithoutAWord(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        }
        catch (SocketTimeoutException ex) {
            return false;
        }
        catch (IOException ex) {
            return true;
        }
    }

    private static Etcd3Server server(Etcd3Settings.Limits limits) {
        Etcd3Settings settings = Etcd3Settings.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withLimits(limits);
        Etcd3Server server = new Etcd3Server(new AbsentNode(), settings, List.of(), List.of(), ClientPortTests::http);
        try {
            server.start();
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
        return server;
    }

    private static void http(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(1000), new Echo());
    }

    /** Answers with the path. */
    private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
                    Unpooled.copiedBuffer(request.uri(), StandardCharsets.US_ASCII));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            ctx.writeAndFlush(response);
        }

    }

}
