/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.suite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.zookeeper.client.FourLetterWordMain;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;

import static org.awaitility.Awaitility.await;

/**
 * An empty server, as far as its user can tell: a member that served an earlier test and
 * was cleared since, because starting one takes seconds and clearing one takes
 * milliseconds. A member that cannot be cleared is thrown away.
 */
public final class SuiteServer {

    /** What the suites expect of a server unless they say otherwise. */
    private static final Map<String, String> DEFAULTS = Map.of("--kv.server.zookeeper.super-digest",
            "super:D/InIHSb7yEEbrWz8b9l71RjZJU=", "--kv.server.zookeeper.four-letter-words", "*",
            "--kv.server.zookeeper.transient.check-interval", "500ms");

    /** How long connections may need to end after their clients were closed. */
    private static final Duration CLOSING = Duration.ofMillis(500);

    private static final Map<List<String>, Deque<SuiteServer>> IDLE = new HashMap<>();

    private final ClusterProcess cluster;

    private List<String> flags;

    private MemberProcess member;

    private boolean discarded;

    private SuiteServer(List<String> flags, ClusterProcess cluster) {
        this.flags = flags;
        this.cluster = cluster;
        this.member = cluster.member(0);
        Runtime.getRuntime().addShutdownHook(new Thread(this::discard, "discard-" + endpoint()));
    }

    /**
     * Picks an empty member that runs, or starts one.
     * @param flags what it must have been started with besides its addresses
     * @return the member, nobody else's until it is released
     */
    public static SuiteServer acquire(String... flags) {
        List<String> wanted = List.of(flags);
        SuiteServer idle = nextIdle(wanted);
        while (idle != null) {
            if (idle.isClean()) {
                return idle;
            }
            idle.discard();
            idle = nextIdle(wanted);
        }
        SuiteServer prepared = new SuiteServer(wanted,
                ClusterProcess.prepareForSuite(1, all(wanted).toArray(String[]::new)));
        prepared.start();
        return prepared;
    }

    /**
     * Makes an empty member that does not run yet.
     * @param port where its clients connect
     * @param flags what it is started with besides its addresses
     * @return the member
     */
    public static SuiteServer on(int port, String... flags) {
        List<String> wanted = List.of(flags);
        return new SuiteServer(wanted, ClusterProcess.prepareForSuiteOn(port, all(wanted).toArray(String[]::new)));
    }

    /** Where clients connect, as host and port. */
    public String endpoint() {
        return this.member.spec().zookeeperEndpoint();
    }

    /** The port of {@link #endpoint()}. */
    public int port() {
        return Integer.parseInt(endpoint().substring(endpoint().lastIndexOf(':') + 1));
    }

    /** Whether the process lives. */
    public boolean isRunning() {
        return this.member.isRunning();
    }

    /** Starts the process again if it does not run, with the data that it has. */
    public void start() {
        if (!isRunning()) {
            this.member.start();
        }
    }

    /**
     * Makes sure that the process runs with these flags.
     * @param wanted what it must be started with besides its addresses
     */
    public void start(String... wanted) {
        if (!this.flags.equals(List.of(wanted))) {
            stop();
            this.flags = List.of(wanted);
            this.member = this.cluster.member(0).withFlags(all(this.flags));
        }
        start();
    }

    /** Ends the process; its data stay. */
    public void stop() {
        if (isRunning()) {
            this.member.stop();
        }
    }

    /** The last lines of the log, for messages of failed tests. */
    public String logTail() {
        return this.member.logTail();
    }

    /** Gives the member back. */
    public void release() {
        synchronized (IDLE) {
            IDLE.computeIfAbsent(this.flags, (key) -> new ArrayDeque<>()).addLast(this);
        }
    }

    /**
     * Gives the member back, unless a client that the test forgot stays connected: it
     * would write into the next test, and for it the server must be gone.
     */
    public void releaseIfAlone() {
        if (!isRunning() || isAlone()) {
            release();
        }
        else {
            discard();
        }
    }

    /** Ends the member and deletes its data. */
    public synchronized void discard() {
        if (this.discarded) {
            return;
        }
        this.discarded = true;
        this.member.close();
        this.cluster.close();
    }

    /** Flags with the defaults that they do not overrule. */
    public static List<String> all(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        new TreeMap<>(DEFAULTS).forEach((name, value) -> {
            if (flags.stream().noneMatch((flag) -> flag.startsWith(name + "="))) {
                all.add(name + "=" + value);
            }
        });
        return all;
    }

    private boolean isClean() {
        if (!isRunning()) {
            return false;
        }
        return new Sweep(endpoint()).run();
    }

    private boolean isAlone() {
        try {
            await().atMost(CLOSING)
                .pollInterval(CLOSING.dividedBy(10))
                .pollDelay(Duration.ZERO)
                .until(() -> !FourLetterWordMain.send4LetterWord("127.0.0.1", port(), "cons").contains("sid="));
            return true;
        }
        catch (ConditionTimeoutException somebodyStays) {
            return false;
        }
    }

    private static @Nullable SuiteServer nextIdle(List<String> flags) {
        synchronized (IDLE) {
            Deque<SuiteServer> idle = IDLE.get(flags);
            return (idle != null) ? idle.pollFirst() : null;
        }
    }

}
