/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.report;

import io.kvorum.benchmark.load.Workload;

/**
 * One row of the table.
 *
 * @param workload what clients ask for
 * @param members size of the cluster
 * @param clients number of clients, or of watchers
 */
public record Scenario(Workload workload, int members, int clients) {
}
