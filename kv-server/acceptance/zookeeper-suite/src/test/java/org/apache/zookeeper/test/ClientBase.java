/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.zookeeper.test;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.zookeeper.TestableZooKeeper;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZKTestCase;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.acceptance.suite.SuiteServer;
import io.kvorum.acceptance.zookeepersuite.ServerFlags;
import io.kvorum.acceptance.zookeepersuite.SharedServer;

/**
 * Takes the place of the class of this name in ZooKeeper's tests: what starts a server
 * here starts kv-server. It has the members that those tests use. Confined to the thread
 * of each test.
 */
public abstract class ClientBase extends ZKTestCase {

    /** How long a client may take to connect, in milliseconds. */
    public static int CONNECTION_TIMEOUT = 30_000;

    protected static final Logger LOG = LoggerFactory.getLogger(ClientBase.class);

    /** Where clients connect; tests append a chroot to it. */
    protected String hostPort;

    /** Most connections of one address. */
    protected int maxCnxns;

    /** Nobody is here: what reaches for it tests ZooKeeper's server from inside. */
    protected ServerCnxnFactory serverFactory;

    protected File tmpDir;

    protected boolean exceptionOnFailedConnect;

    private final List<ZooKeeper> clients = new ArrayList<>();

    private final SuiteServer server;

    protected ClientBase() {
        this(SharedServer.next());
    }

    private ClientBase(SuiteServer server) {
        this(server, server.endpoint());
    }

    ClientBase(SuiteServer server, String hostPort) {
        this.server = server;
        this.hostPort = hostPort;
    }

    protected TestableZooKeeper createClient() throws IOException, InterruptedException {
        return createClient(this.hostPort);
    }

    protected TestableZooKeeper createClient(String connectString) throws IOException, InterruptedException {
        return createClient(new CountdownWatcher(), connectString);
    }

    protected TestableZooKeeper createClient(CountdownWatcher watcher) throws IOException, InterruptedException {
        return createClient(watcher, this.hostPort);
    }

    protected TestableZooKeeper createClient(String connectString, int timeout)
            throws IOException, InterruptedException {
        return createClient(new CountdownWatcher(), connectString, timeout);
    }

    protected TestableZooKeeper createClient(CountdownWatcher watcher, String connectString)
            throws IOException, InterruptedException {
        return createClient(watcher, connectString, CONNECTION_TIMEOUT);
    }

    protected TestableZooKeeper createClient(CountdownWatcher watcher, String connectString, int timeout)
            throws IOException, InterruptedException {
        watcher.reset();
        TestableZooKeeper client = new TestableZooKeeper(connectString, timeout, watcher);
        if (!watcher.clientConnected.await(timeout, TimeUnit.MILLISECONDS)) {
            if (this.exceptionOnFailedConnect) {
                throw new IOException("no connection to " + connectString);
            }
            Assertions.fail(
                    "no connection to " + connectString + ((this.server != null) ? "\n" + this.server.logTail() : ""));
        }
        synchronized (this.clients) {
            this.clients.add(client);
        }
        return client;
    }

    public static List<HostPort> parseHostPortList(String hostPorts) {
        List<HostPort> parsed = new ArrayList<>();
        for (String one : hostPorts.split(",", -1)) {
            int colon = one.lastIndexOf(':');
            parsed.add(new HostPort(one.substring(0, colon), Integer.parseInt(one.substring(colon + 1))));
        }
        return parsed;
    }

    public static boolean waitForServerUp(String hostPort, long timeout) {
        return awaitListening(hostPort, timeout, true);
    }

    public static boolean waitForServerDown(String hostPort, long timeout) {
        return awaitListening(hostPort, timeout, false);
    }

    public static File createTmpDir() throws IOException {
        File directory = Files.createTempDirectory("zookeeper-suite-").toFile();
        directory.deleteOnExit();
        return directory;
    }

    public static File createEmptyTestDir() throws IOException {
        return createTmpDir();
    }

    public static void setupTestEnv() {
        // Prepares ZooKeeper's own server, which is not here.
    }

    protected void setUpAll() throws Exception {
        synchronized (this.clients) {
            this.clients.clear();
        }
    }

    @BeforeEach
    public void setUp() throws Exception {
        setUpWithServerId(1);
    }

    protected void setUpWithServerId(int serverId) throws Exception {
        setupCustomizedEnv();
        setUpAll();
        this.tmpDir = createTmpDir();
        startServer();
    }

    protected void startServer() throws Exception {
        this.server.start(ServerFlags.current(this.maxCnxns));
    }

    public void setupCustomizedEnv() {
        // For tests to override.
    }

    protected static String getHexSessionId(long session) {
        return "0x" + Long.toHexString(session);
    }

    protected void stopServer() throws Exception {
        this.server.stop();
    }

    protected void tearDownAll() throws Exception {
        List<ZooKeeper> all;
        synchronized (this.clients) {
            all = List.copyOf(this.clients);
            this.clients.clear();
        }
        for (ZooKeeper client : all) {
            client.close();
        }
    }

    @AfterEach
    public void tearDown() throws Exception {
        tearDownAll();
        SharedServer.done();
        recursiveDelete(this.tmpDir);
        cleanUpCustomizedEnv();
    }

    public void cleanUpCustomizedEnv() {
        // For tests to override.
    }

    public static boolean recursiveDelete(File directory) {
        File[] files = directory.listFiles();
        if (files != null) {
            for (File file : files) {
                recursiveDelete(file);
            }
        }
        return directory.delete();
    }

    public static ZooKeeper createZKClient(String connectString) throws Exception {
        return createZKClient(connectString, CONNECTION_TIMEOUT);
    }

    public static ZooKeeper createZKClient(String connectString, int sessionTimeout) throws IOException {
        CountdownWatcher watcher = new CountdownWatcher();
        ZooKeeper client = new ZooKeeper(connectString, sessionTimeout, watcher);
        try {
            watcher.waitForConnected(CONNECTION_TIMEOUT);
        }
        catch (InterruptedException | TimeoutException ex) {
            Assertions.fail("no connection to " + connectString, ex);
        }
        return client;
    }

    static void verifyThreadTerminated(Thread thread, long millis) throws InterruptedException {
        thread.join(millis);
        Assertions.assertFalse(thread.isAlive(), () -> thread.getName() + " still runs");
    }

    private static boolean awaitListening(String hostPorts, long timeout, boolean wanted) {
        HostPort address = parseHostPortList(hostPorts).get(0);
        try {
            Awaitility.await().atMost(Duration.ofMillis(timeout)).until(() -> isListening(address) == wanted);
            return true;
        }
        catch (ConditionTimeoutException ex) {
            return false;
        }
    }

    private static boolean isListening(HostPort address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host, address.port), 1000);
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** Where a server listens. */
    public static class HostPort {

        String host;

        int port;

        public HostPort(String host, int port) {
            this.host = host;
            this.port = port;
        }

    }

    /** Knows whether its client is connected. Safe for any thread. */
    public static class CountdownWatcher implements Watcher {

        volatile CountDownLatch clientConnected = new CountDownLatch(1);

        private KeeperState state = KeeperState.Disconnected;

        public synchronized void reset() {
            this.clientConnected = new CountDownLatch(1);
            this.state = KeeperState.Disconnected;
        }

        @Override
        public synchronized void process(WatchedEvent event) {
            this.state = event.getState();
            if (isConnected()) {
                this.clientConnected.countDown();
            }
            notifyAll();
        }

        public synchronized boolean isConnected() {
            return this.state == KeeperState.SyncConnected || this.state == KeeperState.ConnectedReadOnly;
        }

        public synchronized void waitForConnected(long timeout) throws InterruptedException, TimeoutException {
            await(timeout, List.of(KeeperState.SyncConnected, KeeperState.ConnectedReadOnly));
        }

        public synchronized void waitForSyncConnected(long timeout) throws InterruptedException, TimeoutException {
            await(timeout, List.of(KeeperState.SyncConnected));
        }

        public synchronized void waitForReadOnlyConnected(long timeout) throws InterruptedException, TimeoutException {
            await(timeout, List.of(KeeperState.ConnectedReadOnly));
        }

        public synchronized void waitForDisconnected(long timeout) throws InterruptedException, TimeoutException {
            List<KeeperState> others = new ArrayList<>(List.of(KeeperState.values()));
            others.removeAll(List.of(KeeperState.SyncConnected, KeeperState.ConnectedReadOnly));
            await(timeout, others);
        }

        private synchronized void await(long timeout, List<KeeperState> wanted)
                throws InterruptedException, TimeoutException {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
            while (!wanted.contains(this.state)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new TimeoutException("the client is " + this.state + ", not " + wanted);
                }
                wait(left);
            }
        }

    }

}
