/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.stream.Collectors.joining;

/**
 * What etcd's flags ask for, as Spring properties. The command line wins over the
 * environment; a configuration file replaces both, as it does in etcd.
 *
 * @param properties the properties
 * @param warnings one line for each thing that was given and has no effect
 */
record FlagSettings(Map<String, Object> properties, List<String> warnings) {

    private static final String CONFIG_FILE_VARIABLE = "ETCD_CONFIG_FILE";

    static FlagSettings of(CommandLine commandLine, Map<String, String> environment) {
        Collector collector = new Collector();
        String file = commandLine.configFile().isEmpty() ? environment.getOrDefault(CONFIG_FILE_VARIABLE, "")
                : commandLine.configFile();
        if (file.isEmpty()) {
            collector.environment(environment, commandLine.flags());
            collector.commandLine(commandLine.flags());
        }
        else {
            collector.file(Path.of(file), commandLine.flags());
        }
        return new FlagSettings(collector.properties, collector.warnings);
    }

    /** Gathers the settings of the three sources. */
    private static final class Collector {

        private final Map<String, Object> properties = new HashMap<>();

        private final List<String> warnings = new ArrayList<>();

        void environment(Map<String, String> environment, Map<String, String> commandLine) {
            Map<String, Flag> flags = new HashMap<>();
            Flags.all().forEach((flag) -> flags.put(flag.environmentVariable(), flag));
            // Sorted, so that the warnings come in the same order each time.
            new TreeMap<>(environment).forEach((variable, value) -> {
                if (!variable.startsWith(Flag.ENVIRONMENT_PREFIX) || value.isEmpty()) {
                    return;
                }
                Flag flag = flags.get(variable);
                if (flag == null) {
                    this.warnings.add("environment variable " + variable + " is not known and has no effect");
                }
                else if (commandLine.containsKey(flag.name())) {
                    this.warnings.add("environment variable " + variable + " has no effect beside --" + flag.name());
                }
                else {
                    take(flag, value, variable);
                }
            });
        }

        void commandLine(Map<String, String> given) {
            given.forEach(
                    (name, value) -> Flags.find(name).ifPresent((flag) -> take(flag, value, CommandLine.source(name))));
        }

        void file(Path file, Map<String, String> commandLine) {
            Map<String, String> given = new LinkedHashMap<>(ConfigFile.read(file));
            given.forEach((name, value) -> {
                String source = ConfigFile.source(file, name);
                Optional<Flag> flag = Flags.find(name);
                if (flag.isPresent()) {
                    take(flag.get(), value, source);
                }
                else {
                    this.warnings.add(source + " is not known and has no effect");
                }
            });
            if (!commandLine.isEmpty()) {
                this.warnings.add("--config-file replaces all other flags; these have no effect: "
                        + commandLine.keySet().stream().map(CommandLine::source).collect(joining(" ")));
            }
        }

        private void take(Flag flag, String value, String source) {
            String translated = flag.accept(value, source);
            if (translated != null) {
                this.properties.put(flag.target(), translated);
            }
            else if (flag.use() == Flag.Use.IGNORED) {
                this.warnings.add(source + " has no effect: " + flag.target());
            }
        }

    }

}
