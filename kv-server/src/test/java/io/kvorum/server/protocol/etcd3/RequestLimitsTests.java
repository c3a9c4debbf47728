/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.server.common.KvException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestLimitsTests {

    private final RequestLimits limits = Etcd3Settings.Limits.DEFAULTS.ofRequests();

    /** The sizes were found with etcd 3.4.23. */
    @Test
    void measuresAsEtcdDoes() {
        assertThatCode(() -> this.limits.checkSize(put(1_572_800))).doesNotThrowAnyException();
        assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.limits.checkSize(put(1_572_840)))
            .extracting(KvException::code)
            .isEqualTo(KvException.Code.REQUEST_TOO_LARGE);
    }

    @Test
    void receivesHalfAMebibyteMore() {
        assertThat(this.limits.maxReceiveBytes()).isEqualTo(2_097_152);
    }

    private static PutRequest put(int valueBytes) {
        return PutRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("k"))
            .setValue(ByteString.copyFrom(new byte[valueBytes]))
            .build();
    }

}
