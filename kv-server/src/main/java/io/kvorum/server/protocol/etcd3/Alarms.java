/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.AlarmType;

/** Translates kinds of alarms. */
final class Alarms {

    private Alarms() {
    }

    static io.kvorum.proto.etcdserverpb.AlarmType toProto(AlarmType type) {
        return switch (type) {
            case NOSPACE -> io.kvorum.proto.etcdserverpb.AlarmType.NOSPACE;
            case CORRUPT -> io.kvorum.proto.etcdserverpb.AlarmType.CORRUPT;
        };
    }

    static @Nullable AlarmType fromProto(io.kvorum.proto.etcdserverpb.AlarmType type) {
        return switch (type) {
            case NOSPACE -> AlarmType.NOSPACE;
            case CORRUPT -> AlarmType.CORRUPT;
            case NONE, UNRECOGNIZED -> null;
        };
    }

}
