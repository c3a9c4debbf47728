/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.function.Predicate;

import io.grpc.MethodDescriptor;

/**
 * One unary request, with the check that its answer must pass.
 *
 * @param method the method
 * @param request the request
 * @param answerIsGood the check
 * @param <Q> type of the request
 * @param <S> type of the answer
 */
public record Call<Q, S>(MethodDescriptor<Q, S> method, Q request, Predicate<S> answerIsGood) {
}
