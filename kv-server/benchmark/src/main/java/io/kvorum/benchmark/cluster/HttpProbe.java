/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The cheapest HTTP request there is, so that asking every few milliseconds does not
 * disturb a starting server.
 */
public final class HttpProbe {

    /** What {@link #status} says of a port that does not answer with HTTP. */
    public static final int NO_ANSWER = -1;

    private static final int PATIENCE_MILLIS = 2000;

    private HttpProbe() {
    }

    /**
     * Asks for a path on loopback.
     * @param port the port
     * @param path the path
     * @return the status code or {@link #NO_ANSWER}
     */
    public static int status(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return code(reader.readLine());
        }
        catch (IOException ex) {
            return NO_ANSWER;
        }
    }

    private static int code(@Nullable String statusLine) {
        if (statusLine == null || !statusLine.matches("HTTP/1\\.[01] \\d{3}.*")) {
            return NO_ANSWER;
        }
        return Integer.parseInt(statusLine.substring(9, 12));
    }

}
