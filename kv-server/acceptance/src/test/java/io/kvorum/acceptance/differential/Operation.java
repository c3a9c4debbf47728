/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;

/**
 * One step of a program. Revisions in it count from the beginning of the program: 1 is
 * the first write, -1 lies before the compacted revision, 0 means none.
 */
sealed interface Operation {

    /** Does it and answers what the server said. */
    String performOn(Subject subject);

    /** A unary call; the type of the request tells which. */
    record Call(Message request) implements Operation {

        @Override
        public String performOn(Subject subject) {
            return subject.call(this.request);
        }

        @Override
        public String toString() {
            return this.request.getDescriptorForType().getName() + " { " + text(this.request) + "}";
        }

    }

    /** One keep-alive on a stream of its own. */
    record KeepAlive(long id) implements Operation {

        @Override
        public String performOn(Subject subject) {
            return subject.keepAlive(this.id);
        }
    }

    /** A lease with less than the smallest time to live, revoked before it can expire. */
    record GrantShortLease(long id, long ttl) implements Operation {

        @Override
        public String performOn(Subject subject) {
            return subject.grantAndRevoke(this.id, this.ttl);
        }
    }

    /** A watcher on the program's watch stream. */
    record OpenWatch(WatchCreateRequest request) implements Operation {

        @Override
        public String performOn(Subject subject) {
            return subject.openWatch(this.request);
        }

        @Override
        public String toString() {
            return "OpenWatch { " + text(this.request) + "}";
        }

    }

    /** The end of a watcher. */
    record CancelWatch(long watchId) implements Operation {

        @Override
        public String performOn(Subject subject) {
            return subject.cancelWatch(this.watchId);
        }
    }

    private static String text(Message message) {
        return TextFormat.printer().emittingSingleLine(true).printToString(message);
    }

}
