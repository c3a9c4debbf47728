/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.http;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a request when its buffers are given back.
 *
 * @param method its method
 * @param path its path
 * @param query its parameters
 * @param keepAlive whether the connection stays open
 * @param refused the answer, if the request cannot be understood
 */
record Request(HttpMethod method, String path, Map<String, List<String>> query, boolean keepAlive,
        @Nullable Answer refused) {

    static Request of(FullHttpRequest message) {
        if (message.decoderResult().isFailure()) {
            return refused(message, malformed(message.decoderResult().cause()));
        }
        try {
            QueryStringDecoder uri = new QueryStringDecoder(message.uri());
            return new Request(message.method(), uri.path(), uri.parameters(), HttpUtil.isKeepAlive(message), null);
        }
        catch (IllegalArgumentException ex) {
            return refused(message, Answer.error(HttpResponseStatus.BAD_REQUEST));
        }
    }

    private static Request refused(FullHttpRequest message, Answer answer) {
        return new Request(message.method(), "", Map.of(), false, answer);
    }

    private static Answer malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Answer.error(HttpResponseStatus.REQUEST_URI_TOO_LONG);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Answer.error(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        return Answer.error((cause instanceof TooLongFrameException) ? HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST);
    }

}
