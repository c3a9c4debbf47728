/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.regex.Pattern;

import io.grpc.Status;

import io.kvorum.proto.etcdserverpb.DowngradeRequest;

/**
 * Answers requests to downgrade the cluster. There is no older release to go to, so each
 * of them is refused, in etcd's words.
 */
final class Downgrades {

    private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}(\\.\\d{1,9}([-+][0-9A-Za-z.+-]*)?)?");

    private Downgrades() {
    }

    static Status refusal(DowngradeRequest request) {
        return switch (request.getAction()) {
            case VALIDATE, ENABLE -> Status.INVALID_ARGUMENT.withDescription(
                    VERSION.matcher(request.getVersion()).matches() ? "etcdserver: invalid downgrade target version"
                            : "etcdserver: wrong downgrade target version format");
            case CANCEL -> Status.FAILED_PRECONDITION.withDescription("etcdserver: no inflight downgrade job");
            case UNRECOGNIZED -> Status.UNKNOWN.withDescription("etcdserver: unknown method");
        };
    }

}
