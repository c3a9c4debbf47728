/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a failing program smaller as long as it goes on failing, for a limited time. */
final class Shrinker {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Comparison comparison;

    Shrinker(Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * A smaller program and its difference.
     *
     * @param program the steps
     * @param difference where it fails
     */
    record Shrunken(List<Step> program, Difference difference) {

        @Override
        public String toString() {
            return render(this.program) + this.difference;
        }

    }

    Shrunken shrink(List<Step> failing, Difference difference) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Shrunken best = new Shrunken(failing.subList(0, Math.min(failing.size(), difference.step() + 1)), difference);
        int chunk = Math.max(1, best.program().size() / 2);
        while (System.nanoTime() < deadline) {
            boolean removed = false;
            for (int at = 0; at < best.program().size() && System.nanoTime() < deadline; at += chunk) {
                List<Step> candidate = new ArrayList<>(best.program());
                candidate.subList(at, Math.min(at + chunk, candidate.size())).clear();
                Optional<Difference> still = this.comparison.run(candidate);
                if (still.isPresent()) {
                    best = new Shrunken(candidate, still.get());
                    removed = true;
                }
            }
            if (!removed && chunk == 1) {
                break;
            }
            chunk = Math.max(1, chunk / 2);
        }
        return best;
    }

    static String render(List<Step> program) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < program.size(); i++) {
            text.append("  ").append(i).append(": ").append(program.get(i)).append('\n');
        }
        return text.toString();
    }

}
