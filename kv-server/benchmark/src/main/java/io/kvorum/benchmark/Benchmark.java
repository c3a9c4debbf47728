/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.kvorum.benchmark.load.Workload;

/** Entry point: the first argument names the command, the rest are its options. */
public final class Benchmark {

    private static final Map<String, Command> COMMANDS = new TreeMap<>(
            Map.ofEntries(Map.entry("load", LoadCommand::run), Map.entry("puts", CompareCommand.of(Workload.PUT, 64)),
                    Map.entry("gets", CompareCommand.of(Workload.GET_LINEARIZABLE, 64)),
                    Map.entry("serializable-gets", CompareCommand.of(Workload.GET_SERIALIZABLE, 64)),
                    Map.entry("ranges", CompareCommand.of(Workload.RANGE, 16)),
                    Map.entry("txns", CompareCommand.of(Workload.TXN, 64)),
                    Map.entry("mixed", CompareCommand.of(Workload.MIXED, 64)),
                    Map.entry("watches", CompareCommand.of(Workload.WATCH, 1000)),
                    Map.entry("startup", StartupCommand::run), Map.entry("large", LargeCommand::run),
                    Map.entry("failover", FailoverCommand::run), Map.entry("quick", CompareCommand::quick),
                    Map.entry("zookeeper", ZookeeperCommand::run), Map.entry("workloads", CompareCommand::all)));

    private Benchmark() {
    }

    /**
     * Runs one command. Exits with 2 on a wrong command line.
     * @param args the command and its options
     * @throws Exception if the measurement cannot be made
     */
    public static void main(String[] args) throws Exception {
        Command command = COMMANDS.get((args.length == 0) ? "" : args[0]);
        if (command == null) {
            Console.progress("commands: " + COMMANDS.keySet());
            System.exit(2);
            return;
        }
        // No server outlives its measurement, however that ends.
        Runtime.getRuntime()
            .addShutdownHook(new Thread(
                    () -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly), "reaper"));
        try {
            command.run(Options.parse(Arrays.asList(args).subList(1, args.length)));
        }
        catch (IllegalArgumentException ex) {
            Console.progress(String.valueOf(ex.getMessage()));
            System.exit(2);
        }
    }

    /** One command. */
    @FunctionalInterface
    interface Command {

        void run(Options options) throws Exception;

    }

}
