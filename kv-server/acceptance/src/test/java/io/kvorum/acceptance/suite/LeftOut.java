/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.suite;

import java.lang.reflect.Method;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of another project's suite that {@link SuiteList} gives a reason for.
 * JUnit finds this extension by itself in modules that ask for it.
 */
public final class LeftOut implements ExecutionCondition {

    /** Runs them nevertheless: to see whether the reasons still hold. */
    private static final boolean ALL = Boolean.getBoolean("kvorum.run-left-out");

    private final SuiteList list = SuiteList.ofThisModule();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> type = context.getTestClass().orElse(null);
        if (type == null) {
            return ConditionEvaluationResult.enabled("not a test");
        }
        String method = context.getTestMethod().map(Method::getName).orElse(null);
        String reason = this.list.reason(type.getName(), method);
        return (reason != null && !ALL) ? ConditionEvaluationResult.disabled(reason)
                : ConditionEvaluationResult.enabled("not left out");
    }

}
