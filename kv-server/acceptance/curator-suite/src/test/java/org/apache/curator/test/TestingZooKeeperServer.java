/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.curator.test;

import java.io.Closeable;

import io.kvorum.acceptance.harness.MemberProcess;

/**
 * Takes the place of the class of this name in Curator's test support: a member of a
 * {@link TestingCluster}.
 */
public class TestingZooKeeperServer implements Closeable {

    private final MemberProcess member;

    private final InstanceSpec spec;

    TestingZooKeeperServer(MemberProcess member, InstanceSpec spec) {
        this.member = member;
        this.spec = spec;
    }

    public InstanceSpec getInstanceSpec() {
        return this.spec;
    }

    public void start() throws Exception {
        if (!this.member.isRunning()) {
            this.member.launch();
        }
    }

    public void stop() {
        this.member.kill();
    }

    public void kill() {
        this.member.kill();
    }

    public void restart() throws Exception {
        stop();
        start();
    }

    @Override
    public void close() {
        this.member.kill();
    }

}
