/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.concurrent.CompletionException;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;

import static org.assertj.core.api.Assertions.assertThat;

class GrpcErrorsTests {

    /** etcd's codes and texts, as its clients compare them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EMPTY_KEY                | 3  | etcdserver: key is not provided
            KEY_NOT_FOUND            | 3  | etcdserver: key not found
            VALUE_PROVIDED           | 3  | etcdserver: value is provided
            LEASE_PROVIDED           | 3  | etcdserver: lease is provided
            TOO_MANY_OPS             | 3  | etcdserver: too many operations in txn request
            DUPLICATE_KEY            | 3  | etcdserver: duplicate key given in txn request
            INVALID_SORT_OPTION      | 3  | etcdserver: invalid sort option
            REQUEST_TOO_LARGE        | 3  | etcdserver: request is too large
            COMPACTED                | 11 | etcdserver: mvcc: required revision has been compacted
            FUTURE_REVISION          | 11 | etcdserver: mvcc: required revision is a future revision
            LEASE_TTL_TOO_LARGE      | 11 | etcdserver: too large lease TTL
            NO_SPACE                 | 8  | etcdserver: mvcc: database space exceeded
            LEASE_NOT_FOUND          | 5  | etcdserver: requested lease not found
            MEMBER_NOT_FOUND         | 5  | etcdserver: member not found
            LEASE_EXISTS             | 9  | etcdserver: lease already exists
            NOT_LEADER               | 9  | etcdserver: not leader
            BAD_LEADER_TRANSFEREE    | 9  | etcdserver: bad leader transferee
            NOT_SUPPORTED            | 9  | etcdserver: not capable
            NO_LEADER                | 14 | etcdserver: no leader
            LEADER_CHANGED           | 14 | etcdserver: leader changed
            STOPPED                  | 14 | etcdserver: server stopped
            TIMEOUT                  | 14 | etcdserver: request timed out
            TIMEOUT_LEADER_FAILURE   | 14 | etcdserver: request timed out, possibly due to previous leader failure
            TIMEOUT_CONNECTION_LOST  | 14 | etcdserver: request timed out, possibly due to connection lost
            UNHEALTHY                | 14 | etcdserver: unhealthy cluster
            CORRUPT                  | 15 | etcdserver: corrupt cluster
            PERMISSION_DENIED        | 7  | etcdserver: permission denied
            CANCELED                 | 1  | etcdserver: request canceled
            TOO_MANY_REQUESTS        | 2  | etcdserver: too many requests
            """)
    void isEtcdsTable(Code code, int grpcCode, String text) {
        Status status = GrpcErrors.of(new KvException(code)).getStatus();
        assertThat(status.getCode().value()).isEqualTo(grpcCode);
        assertThat(status.getDescription()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeHasAPlace(Code code) {
        assertThat(GrpcErrors.of(code).getDescription()).startsWith("etcdserver: ");
    }

    @Test
    void unwrapsWhatAFutureWraps() {
        StatusRuntimeException seen = GrpcErrors.of(new CompletionException(new KvException(Code.COMPACTED)));
        assertThat(seen.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    }

    @Test
    void tellsWhatIsNotSupported() {
        StatusRuntimeException seen = GrpcErrors
            .of(new KvException(Code.NOT_SUPPORTED, "rpc not supported for learner", null));
        assertThat(seen.getStatus().getDescription()).isEqualTo("etcdserver: rpc not supported for learner");
    }

    @Test
    void tellsWhichFileIsDamaged() {
        Status status = GrpcErrors.of(new KvException(Code.CORRUPT, "the file store.mv is damaged", null)).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(status.getDescription()).isEqualTo("etcdserver: the file store.mv is damaged");
    }

    @Test
    void anythingElseIsUnknown() {
        Status status = GrpcErrors.of(new IllegalStateException("odd")).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(status.getDescription()).isEqualTo("etcdserver: odd");
    }

}
