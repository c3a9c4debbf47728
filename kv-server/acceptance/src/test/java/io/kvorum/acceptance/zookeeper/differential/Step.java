/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.List;

/** A step of a program. Sessions are numbered. */
sealed interface Step {

    /** The session that it is about. */
    int session();

    /** Requests, all sent before the first answer is read. */
    record Perform(int session, List<Request> requests) implements Step {

        public Perform {
            requests = List.copyOf(requests);
        }

        @Override
        public String toString() {
            return "session " + this.session + ": "
                    + ((this.requests.size() == 1) ? this.requests.get(0).toString() : this.requests.toString());
        }

    }

    /**
     * A new connection, which resumes the session or, if there is none, begins one.
     *
     * @param how how it goes about it
     */
    record Connect(int session, int timeoutMillis, How how) implements Step {

        @Override
        public String toString() {
            return "session " + this.session + ": connect " + this.how + " timeout=" + this.timeoutMillis;
        }

    }

    /** The connection breaks. */
    record Disconnect(int session) implements Step {

        @Override
        public String toString() {
            return "session " + this.session + ": disconnect";
        }

    }

    /** Nobody hears of the session any more, until its ephemeral znode is gone. */
    record Expire(int session, String ephemeral) implements Step {

        @Override
        public String toString() {
            return "session " + this.session + ": expire";
        }

    }

    /** Ways to connect. */
    enum How {

        PROPERLY, LIKE_AN_OLD_CLIENT, WITH_A_WRONG_PASSWORD, FROM_THE_FUTURE

    }

}
