/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeepersuite;

import java.util.List;

import io.kvorum.acceptance.suite.SuiteListContract;

/** Nothing of ZooKeeper's tests is forgotten. */
class SuiteListTests extends SuiteListContract {

    @Override
    protected List<String> oneClassOfEachJar() {
        return List.of("org.apache.zookeeper.TestableZooKeeper");
    }

}
