/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What a client gets.
 *
 * @param status the status
 * @param contentType the type of the body
 * @param body the body
 */
record Answer(HttpResponseStatus status, String contentType, String body) {

    static final String TEXT = "text/plain; charset=utf-8";

    static final String JSON = "application/json";

    static Answer ok(String contentType, String body) {
        return new Answer(HttpResponseStatus.OK, contentType, body);
    }

    /** An error as etcd's HTTP library words it: one line of text. */
    static Answer error(HttpResponseStatus status, String line) {
        return new Answer(status, TEXT, line + "\n");
    }

    static Answer error(HttpResponseStatus status) {
        return error(status, status.reasonPhrase());
    }

}
