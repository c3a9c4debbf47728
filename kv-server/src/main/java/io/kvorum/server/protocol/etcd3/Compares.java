/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.kvorum.server.command.Compare;
import io.kvorum.server.command.Compare.Relation;
import io.kvorum.server.command.Compare.Target;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;

/**
 * Translates comparisons. Numbers outside etcd's enumerations are no error there: a
 * target it does not know compares as equal, a relation it does not know holds.
 */
final class Compares {

    private Compares() {
    }

    static Compare compare(io.kvorum.proto.etcdserverpb.Compare request) {
        KeyRange range = KeyRange.of(Requests.bytes(request.getKey()), Requests.bytes(request.getRangeEnd()));
        Relation relation = switch (request.getResult()) {
            case EQUAL -> Relation.EQUAL;
            case GREATER -> Relation.GREATER;
            case LESS -> Relation.LESS;
            case NOT_EQUAL -> Relation.NOT_EQUAL;
            case UNRECOGNIZED -> null;
        };
        if (relation == null) {
            return constant(range, true);
        }
        return switch (request.getTarget()) {
            case VERSION -> number(range, Target.VERSION, relation, request.getVersion());
            case CREATE -> number(range, Target.CREATE, relation, request.getCreateRevision());
            case MOD -> number(range, Target.MOD, relation, request.getModRevision());
            case LEASE -> number(range, Target.LEASE, relation, request.getLease());
            case VALUE -> new Compare(range, Target.VALUE, relation, 0, Requests.bytes(request.getValue()));
            case UNRECOGNIZED -> constant(range, relation == Relation.EQUAL);
        };
    }

    private static Compare number(KeyRange range, Target target, Relation relation, long number) {
        return new Compare(range, target, relation, number, Bytes.EMPTY);
    }

    /** Versions are never negative. */
    private static Compare constant(KeyRange range, boolean holds) {
        return number(range, Target.VERSION, holds ? Relation.GREATER : Relation.LESS, -1);
    }

}
