/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Entry point: the first argument names the command, the rest are its options. */
public final class Benchmark {

    private static final Map<String, Command> COMMANDS = new TreeMap<>(Map.of("load", LoadCommand::run));

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
