/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConfigLocationTests {

    @Test
    void pathAndOptionsMayBeLeftOut() {
        assertThat(ConfigLocation.parse("kv:", ConfigFormat.AUTO))
            .isEqualTo(new ConfigLocation(null, 0, ConfigFormat.AUTO));
        assertThat(ConfigLocation.parse("kv:/a/b.yaml?revision=7&format=json", ConfigFormat.AUTO))
            .isEqualTo(new ConfigLocation("/a/b.yaml", 7, ConfigFormat.JSON));
        assertThat(ConfigLocation.parse("kv:?format=KEYS", ConfigFormat.AUTO))
            .isEqualTo(new ConfigLocation(null, 0, ConfigFormat.KEYS));
    }

    @ParameterizedTest
    @ValueSource(strings = { "kv:path", "kv:/a?revision=x", "kv:/a?revision=0", "kv:/a?revision=-1",
            "kv:/a?format=toml", "kv:/a?colour=red" })
    void whatMakesNoSenseIsNamed(String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigLocation.parse(location, ConfigFormat.AUTO))
            .withMessageContaining("'" + location + "'");
    }

}
