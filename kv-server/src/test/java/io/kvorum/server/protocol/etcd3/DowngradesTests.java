/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.grpc.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kvorum.proto.etcdserverpb.DowngradeRequest;

import static org.assertj.core.api.Assertions.assertThat;

class DowngradesTests {

    @ParameterizedTest
    @CsvSource({ "VALIDATE, 3.6, INVALID_ARGUMENT, invalid downgrade target version",
            "ENABLE, 3.6.0, INVALID_ARGUMENT, invalid downgrade target version",
            "VALIDATE, x, INVALID_ARGUMENT, wrong downgrade target version format",
            "ENABLE, '', INVALID_ARGUMENT, wrong downgrade target version format",
            "CANCEL, '', FAILED_PRECONDITION, no inflight downgrade job" })
    void isRefused(DowngradeRequest.DowngradeAction action, String version, Status.Code code, String text) {
        Status status = Downgrades.refusal(DowngradeRequest.newBuilder().setAction(action).setVersion(version).build());
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).isEqualTo("etcdserver: " + text);
    }

}
