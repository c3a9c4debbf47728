/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.curator.test;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.curator.test.compatibility.Timing2;

import io.kvorum.acceptance.suite.SuiteServer;

/**
 * Takes the place of the class of this name in Curator's test support: what it starts is
 * kv-server. Safe for any thread.
 */
public class TestingServer implements Closeable {

    /** By the folder that stands for its data: tests start a server again elsewhere. */
    private static final Map<File, SuiteServer> BY_DIRECTORY = new ConcurrentHashMap<>();

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final File directory;

    private final SuiteServer server;

    private boolean closed;

    public TestingServer() throws Exception {
        this(-1, null, true);
    }

    public TestingServer(boolean start) throws Exception {
        this(-1, null, start);
    }

    public TestingServer(int port) throws Exception {
        this(port, null, true);
    }

    public TestingServer(int port, boolean start) throws Exception {
        this(port, null, start);
    }

    public TestingServer(int port, File directory) throws Exception {
        this(port, directory, true);
    }

    public TestingServer(int port, File directory, boolean start) throws Exception {
        this.directory = (directory != null) ? directory : DirectoryUtils.createTempDirectory();
        this.server = BY_DIRECTORY.computeIfAbsent(this.directory,
                (any) -> (port <= 0) ? SuiteServer.acquire(flags()) : SuiteServer.on(port, flags()));
        if (start) {
            start();
        }
        else {
            this.server.stop();
        }
    }

    public TestingServer(InstanceSpec spec, boolean start) throws Exception {
        this(spec.getPort(), spec.getDataDirectory(), start);
    }

    /** The ticks that Curator gives its own server: tests wait for sessions to expire. */
    static String[] flags() {
        String tick = new Timing2().tickTime() + "ms";
        return new String[] { "--kv.server.zookeeper.tick-time=" + tick,
                "--kv.server.zookeeper.min-session-timeout=" + tick };
    }

    public int getPort() {
        return this.server.port();
    }

    public File getTempDirectory() {
        return this.directory;
    }

    public void start() throws Exception {
        this.server.start();
    }

    public void stop() throws IOException {
        this.server.stop();
    }

    public void restart() throws Exception {
        if (this.closed) {
            throw new IllegalStateException("closed");
        }
        this.server.stop();
        this.server.start();
    }

    @Override
    public synchronized void close() throws IOException {
        if (this.closed) {
            return;
        }
        this.closed = true;
        if (CALLERS.getCallerClass() == BaseClassForTests.class) {
            // The end of a test: nobody looks any more, so the process is kept for the
            // next one.
            BY_DIRECTORY.remove(this.directory);
            this.server.releaseIfAlone();
        }
        else {
            this.server.stop();
        }
    }

    public String getConnectString() {
        return this.server.endpoint();
    }

}
