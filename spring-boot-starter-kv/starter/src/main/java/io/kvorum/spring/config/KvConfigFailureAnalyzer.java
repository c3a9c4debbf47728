/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in plain words why the application cannot start. */
final class KvConfigFailureAnalyzer extends AbstractFailureAnalyzer<KvConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KvConfigException cause) {
        return new FailureAnalysis("Configuration " + cause.getMessage(), cause.action(), rootFailure);
    }

}
