/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainTests {

    private static final int CHANGES = 5000;

    @Test
    void anyOlderChangeIsFoundInFewSteps() {
        Map<Long, long[]> links = new HashMap<>();
        Chain chain = Chain.EMPTY;
        for (long revision = 1; revision <= CHANGES; revision++) {
            links.put(revision, new long[] { chain.newest(), chain.nextJump() });
            chain = chain.append(revision);
            assertThat(chain.newest()).isEqualTo(revision);
        }
        assertThat(chain.size()).isLessThan(16);
        int most = 0;
        for (long wanted = 1; wanted < CHANGES; wanted++) {
            int steps = 1;
            long at = chain.searchFrom(wanted);
            while (at > wanted) {
                long[] link = links.getOrDefault(at, new long[2]);
                at = (link[1] > wanted) ? link[1] : link[0];
                steps++;
            }
            assertThat(at).isEqualTo(wanted);
            most = Math.max(most, steps);
        }
        assertThat(most).isLessThan(30);
    }

}
