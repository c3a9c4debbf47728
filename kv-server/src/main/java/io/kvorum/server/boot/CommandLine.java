/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands on the command line. Flags are written as etcd's are: {@code --flag value},
 * {@code --flag=value}, one dash or two, and a switch without a value. What begins with
 * {@code --kv.}, {@code --spring.} or {@code --logging.} is left to Spring.
 *
 * @param flags values of etcd's flags; a flag that is given twice has its last value
 * @param springArguments arguments for Spring
 * @param help whether help is wanted
 * @param version whether the version is wanted
 * @param configFile file to read the flags from, or empty
 */
record CommandLine(Map<String, String> flags, List<String> springArguments, boolean help, boolean version,
        String configFile) {

    private static final String CONFIG_FILE = "config-file";

    static CommandLine parse(String... arguments) {
        Parser parser = new Parser(arguments);
        while (parser.hasNext()) {
            parser.next();
        }
        return parser.result();
    }

    static String source(String flag) {
        return "--" + flag;
    }

    private static SettingException unknown(String name) {
        Optional<String> nearest = Flags.nearest(name);
        return SettingException.usage("unknown flag --" + name
                + nearest.map((flag) -> "; did you mean --" + flag + "?").orElse("; see --help"));
    }

    /** Goes through the arguments once. */
    private static final class Parser {

        private final String[] arguments;

        private final Map<String, String> flags = new LinkedHashMap<>();

        private final List<String> springArguments = new ArrayList<>();

        private int next;

        private boolean help;

        private boolean version;

        private String configFile = "";

        Parser(String... arguments) {
            this.arguments = arguments;
        }

        boolean hasNext() {
            return this.next < this.arguments.length;
        }

        void next() {
            String argument = this.arguments[this.next++];
            if (!argument.startsWith("-") || argument.equals("-") || argument.equals("--")) {
                throw SettingException.usage("'" + argument + "' is not a flag; flags begin with --");
            }
            if (argument.startsWith("--kv.") || argument.startsWith("--spring.") || argument.startsWith("--logging.")) {
                this.springArguments.add(argument);
                return;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(argument.startsWith("--") ? 2 : 1,
                    (equals < 0) ? argument.length() : equals);
            Optional<String> value = (equals < 0) ? Optional.empty() : Optional.of(argument.substring(equals + 1));
            take(name, value);
        }

        CommandLine result() {
            return new CommandLine(this.flags, this.springArguments, this.help, this.version, this.configFile);
        }

        private void take(String name, Optional<String> value) {
            switch (name) {
                case "h", "help" -> this.help = true;
                case "version" -> this.version = true;
                case CONFIG_FILE -> this.configFile = value.orElseGet(() -> following(name));
                default -> {
                    Flag flag = Flags.find(name).orElseThrow(() -> unknown(name));
                    this.flags.put(name, value.orElseGet(() -> flag.isSwitch() ? "true" : following(name)));
                }
            }
        }

        private String following(String name) {
            if (!hasNext()) {
                throw SettingException.usage("flag --" + name + " needs a value");
            }
            return this.arguments[this.next++];
        }

    }

}
