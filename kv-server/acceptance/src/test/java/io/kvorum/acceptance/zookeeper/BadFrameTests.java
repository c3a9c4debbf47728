/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever talks nonsense is cut off, and disturbs nobody else. */
class BadFrameTests {

    private static final int TIMEOUT_MILLIS = 20_000;

    private static final int PASSWORD_BYTES = 16;

    private static final int GET_DATA = 4;

    private static final int UNKNOWN = 77;

    private static ClusterProcess cluster;

    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterProcess.withZookeeper(1);
        client = Client.connected(cluster.zookeeperEndpoints());
        client.create("/alive", "yes", CreateMode.EPHEMERAL);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, Integer.MIN_VALUE, 5000, Integer.MAX_VALUE })
    void aLengthThatNoHandshakeHas(int length) throws Exception {
        try (Socket socket = connect()) {
            new DataOutputStream(socket.getOutputStream()).writeInt(length);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(client.get("/alive", false)).isEqualTo("yes");
    }

    @Test
    void aRequestThatDoesNotReadAsOneIsAnsweredAndTheConnectionStays() throws Exception {
        try (Socket socket = connect()) {
            DataOutputStream out = handshake(socket);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int length : new int[] { Integer.MAX_VALUE, -2, 100 }) {
                out.writeInt(12);
                out.writeInt(7);
                out.writeInt(GET_DATA);
                out.writeInt(length);
                assertThat(in.readInt()).isEqualTo(16);
                assertThat(in.readInt()).as("xid").isEqualTo(7);
                in.readLong();
                assertThat(in.readInt()).as("error").isEqualTo(-5);
            }
        }
        assertThat(client.get("/alive", false)).isEqualTo("yes");
    }

    @Test
    void aRequestWithoutAHeader() throws Exception {
        try (Socket socket = connect()) {
            DataOutputStream out = handshake(socket);
            out.writeInt(4);
            out.writeInt(7);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(client.get("/alive", false)).isEqualTo("yes");
    }

    @Test
    void aRequestThatNobodyKnowsIsAnsweredAndThenTheConnectionIsClosed() throws Exception {
        try (Socket socket = connect()) {
            DataOutputStream out = handshake(socket);
            out.writeInt(8);
            out.writeInt(5);
            out.writeInt(UNKNOWN);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readInt()).isEqualTo(16);
            assertThat(in.readInt()).as("xid").isEqualTo(5);
            assertThat(in.readLong()).as("zxid").isEqualTo(-1);
            assertThat(in.readInt()).as("error").isEqualTo(-6);
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(client.get("/alive", false)).isEqualTo("yes");
    }

    private static Socket connect() throws IOException {
        int port = URI.create("tcp://" + cluster.zookeeperEndpoints()).getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static DataOutputStream handshake(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES + PASSWORD_BYTES + 1);
        out.writeInt(0);
        out.writeLong(0);
        out.writeInt(TIMEOUT_MILLIS);
        out.writeLong(0);
        out.writeInt(PASSWORD_BYTES);
        out.write(new byte[PASSWORD_BYTES]);
        out.writeBoolean(false);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        assertThat(answer).as("with the byte about read-only servers").hasSize(37);
        return out;
    }

}
