/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTests {

    @Test
    void readsBothSpellingsAndSwitches() {
        Options options = Options.parse(List.of("--members", "1,3", "--clients=64", "--same-cluster"));
        assertThat(options.numbers("members", "3")).containsExactly(1, 3);
        assertThat(options.number("clients", 1)).isEqualTo(64);
        assertThat(options.flag("same-cluster")).isTrue();
        options.refuseUnknown();
    }

    @Test
    void whatTheUserGaveWinsOverDefaults() {
        Options options = Options.parse(List.of("--rounds", "4")).withDefaults(Map.of("rounds", "1", "measure", "6"));
        assertThat(options.number("rounds", 2)).isEqualTo(4);
        assertThat(options.number("measure", 8)).isEqualTo(6);
    }

    @Test
    void misspeltOptionIsRefused() {
        Options options = Options.parse(List.of("--client", "64"));
        options.number("clients", 1);
        assertThatIllegalArgumentException().isThrownBy(options::refuseUnknown).withMessageContaining("[client]");
    }

    @Test
    void wordInPlaceOfNumberIsRefusedByName() {
        Options options = Options.parse(List.of("--rounds", "many"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.number("rounds", 2))
            .withMessage("--rounds wants a number, not 'many'");
    }

}
