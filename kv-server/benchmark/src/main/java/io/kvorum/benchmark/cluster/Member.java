/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One member of a cluster: a process that can be killed and started again on the same
 * data.
 */
public final class Member {

    private final String name;

    private final int clientPort;

    private final Path log;

    private final List<String> command;

    private ServerProcess process;

    private Member(String name, int clientPort, Path log, List<String> command) {
        this.name = name;
        this.clientPort = clientPort;
        this.log = log;
        this.command = command;
        this.process = ServerProcess.start(command, log);
    }

    static Member start(ServerProgram program, MemberAddress address, String initialCluster, Path directory) {
        List<String> command = new ArrayList<>(program.command());
        command.addAll(List.of("--name", address.name(), "--data-dir", directory.resolve(address.name()).toString(),
                "--listen-client-urls", address.clientUrl(), "--advertise-client-urls", address.clientUrl(),
                "--listen-peer-urls", address.peerUrl(), "--initial-advertise-peer-urls", address.peerUrl(),
                "--initial-cluster", initialCluster, "--initial-cluster-token", "benchmark", "--initial-cluster-state",
                "new"));
        return new Member(address.name(), address.clientPort(), directory.resolve(address.name() + ".log"), command);
    }

    /**
     * Name of the member.
     * @return the name
     */
    public String name() {
        return this.name;
    }

    /**
     * Where clients go.
     * @return host and port
     */
    public String endpoint() {
        return "127.0.0.1:" + this.clientPort;
    }

    /**
     * File with the output of the process.
     * @return the file
     */
    public Path log() {
        return this.log;
    }

    /**
     * The process that runs now, or ran last.
     * @return the process
     */
    public ServerProcess process() {
        return this.process;
    }

    /** Starts the member again, with the same flags on the same data. */
    public void restart() {
        this.process = ServerProcess.start(this.command, this.log);
    }

    /**
     * Whether the member says that it can serve.
     * @return whether {@code /health} is answered well
     */
    public boolean healthy() {
        return HttpProbe.status(this.clientPort, "/health") == 200;
    }

}
