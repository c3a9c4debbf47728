/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy;

import java.util.LinkedHashSet;
import java.util.Set;

import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.tree.Paths;
import io.kvorum.server.tree.TreeKeys;

/**
 * Guesses which znodes a write is about, so that they are read together. A wrong guess
 * costs a round trip and nothing else.
 */
final class Footprint {

    private Footprint() {
    }

    static Set<KeyRange> of(ZnodeRequest request) {
        Set<KeyRange> records = new LinkedHashSet<>();
        // Whether there are any quotas.
        records.add(KeyRange.single(TreeKeys.children("/zookeeper/quota")));
        for (ZnodeOperation operation : request.operations()) {
            if (operation instanceof ZnodeOperation.Create create) {
                add(records, parent(create.path()));
                add(records, create.path());
            }
            else if (operation instanceof ZnodeOperation.Delete delete) {
                add(records, parent(delete.path()));
                add(records, delete.path());
            }
            else if (operation instanceof ZnodeOperation.SetData set) {
                add(records, set.path());
            }
            else if (operation instanceof ZnodeOperation.SetAcl set) {
                add(records, set.path());
            }
            else if (operation instanceof ZnodeOperation.Check check) {
                add(records, check.path());
            }
        }
        return records;
    }

    private static void add(Set<KeyRange> records, String path) {
        if (Paths.isValid(path)) {
            records.add(TreeKeys.record(path));
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return (slash > 0) ? path.substring(0, slash) : "/";
    }

}
