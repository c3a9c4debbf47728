/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of docs/configuration.md are the table of flags. */
class ConfigurationPageTests {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void settings() {
        StringBuilder table = new StringBuilder("| Flag | Default | What it does |\n|---|---|---|\n");
        for (Flag flag : Flags.settings()) {
            String value = flag.defaultValue().isEmpty() ? "" : "`" + flag.defaultValue() + "`";
            table.append(row("`--" + flag.name() + "`", value, flag.help()));
        }
        assertThat(PAGE).content().contains(table);
    }

    @Test
    void ignoredFlags() {
        StringBuilder table = new StringBuilder("| Flag | Why it is not needed |\n|---|---|\n");
        for (Flag flag : IgnoredFlags.ALL) {
            table.append(row("`--" + flag.name() + "`", flag.target()));
        }
        assertThat(PAGE).content().contains(table);
    }

    @Test
    void refusedFlags() {
        StringBuilder table = new StringBuilder("| Flag | Accepted value | Why others are refused |\n|---|---|---|\n");
        for (Flag flag : RefusedFlags.ALL) {
            String value = flag.defaultValue().isEmpty() ? "empty" : "`" + flag.defaultValue() + "`";
            table.append(row("`--" + flag.name() + "`", value, flag.target()));
        }
        assertThat(PAGE).content().contains(table);
    }

    @Test
    void zookeeperProperties() {
        Stream.of(ZookeeperLimitProperties.class, ZookeeperTlsProperties.class)
            .flatMap((type) -> Arrays.stream(type.getRecordComponents()))
            .map((property) -> DataObjectPropertyName.toDashedForm(property.getName()))
            .forEach((name) -> assertThat(PAGE).content().contains("| `kv.server.zookeeper." + name + "` | "));
    }

    @Test
    void tuningProperties() {
        for (RecordComponent property : TuningProperties.class.getRecordComponents()) {
            String name = "kv.server.tuning." + DataObjectPropertyName.toDashedForm(property.getName());
            assertThat(PAGE).content().contains("| `" + name + "` | `");
        }
    }

    @Test
    void pageIsListedInTheIndex() throws IOException {
        assertThat(Files.readString(PAGE.resolveSibling("README.md"))).contains("(configuration.md)");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

}
