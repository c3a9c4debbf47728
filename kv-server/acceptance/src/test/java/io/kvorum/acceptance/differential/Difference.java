/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.List;

/**
 * Where the two servers did not agree.
 *
 * @param step number of the step in the program, from 0; the number of steps for what was
 * found at the end
 * @param what the operation or the watcher
 * @param etcd what the judge said
 * @param kvorum what the other server said
 */
record Difference(int step, String what, List<String> etcd, List<String> kvorum) {

    Difference {
        etcd = List.copyOf(etcd);
        kvorum = List.copyOf(kvorum);
    }

    @Override
    public String toString() {
        return "step " + this.step + ": " + this.what + "\n  etcd:   " + String.join("\n          ", this.etcd)
                + "\n  kvorum: " + String.join("\n          ", this.kvorum);
    }

}
