/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.curatorsuite;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.suite.SuiteList;
import io.kvorum.acceptance.suite.SuiteListContract;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing of Curator's tests is forgotten. */
class SuiteListTests extends SuiteListContract {

    @Override
    protected List<String> oneClassOfEachJar() {
        return List.of("org.apache.curator.BasicTests", "org.apache.curator.framework.imps.TestFramework",
                "org.apache.curator.framework.recipes.locks.TestInterProcessMutex");
    }

    @Test
    void whatIsSlowRuns() {
        assertThat(SuiteList.ofThisModule().runs()).containsAll(SuiteList.lines("/slow.txt"));
    }

}
