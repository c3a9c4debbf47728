/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.HashMap;
import java.util.Map;

import com.alipay.sofa.jraft.rpc.RpcRequests;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may be in a request or a response, with its number on the wire. This
 * table is closed on purpose: the peer never names a class, and a number that is not here
 * closes the connection before its body is looked at. Numbers are never used again.
 */
enum MessageType {

    /** Entries and heartbeats. */
    APPEND_ENTRIES(1, RpcRequests.AppendEntriesRequest.getDefaultInstance(),
            RpcRequests.AppendEntriesResponse.getDefaultInstance()),

    /** Votes and pre-votes. */
    REQUEST_VOTE(2, RpcRequests.RequestVoteRequest.getDefaultInstance(),
            RpcRequests.RequestVoteResponse.getDefaultInstance()),

    /** Leadership transfer. */
    TIMEOUT_NOW(3, RpcRequests.TimeoutNowRequest.getDefaultInstance(),
            RpcRequests.TimeoutNowResponse.getDefaultInstance()),

    /** A follower's read index. */
    READ_INDEX(4, RpcRequests.ReadIndexRequest.getDefaultInstance(),
            RpcRequests.ReadIndexResponse.getDefaultInstance()),

    /** Offer of a snapshot. */
    INSTALL_SNAPSHOT(5, RpcRequests.InstallSnapshotRequest.getDefaultInstance(),
            RpcRequests.InstallSnapshotResponse.getDefaultInstance()),

    /** A piece of a snapshot. */
    GET_FILE(6, RpcRequests.GetFileRequest.getDefaultInstance(), RpcRequests.GetFileResponse.getDefaultInstance()),

    /** The engine's answer when a request failed; never a request. */
    FAILURE(7, null, RpcRequests.ErrorResponse.getDefaultInstance()),

    /** A request of the node layer; its body is not protobuf. */
    NODE_CALL(8, null, null);

    private static final MessageType[] BY_NUMBER = byNumber();

    private static final Map<String, MessageType> BY_REQUEST_CLASS = byRequestClass();

    private final byte number;

    private final @Nullable Message request;

    private final @Nullable Message response;

    MessageType(int number, @Nullable Message request, @Nullable Message response) {
        this.number = (byte) number;
        this.request = request;
        this.response = response;
    }

    /**
     * Returns the type with a number.
     * @param number the number on the wire
     * @return the type, or {@code null} if there is none
     */
    static @Nullable MessageType of(byte number) {
        return (number >= 0 && number < BY_NUMBER.length) ? BY_NUMBER[number] : null;
    }

    /**
     * Returns the type of a request of the engine.
     * @param className the class of the request
     * @return the type, or {@code null} if this request is not spoken between members
     */
    static @Nullable MessageType ofRequest(String className) {
        return BY_REQUEST_CLASS.get(className);
    }

    /**
     * Returns the type's number.
     * @return the number on the wire
     */
    byte number() {
        return this.number;
    }

    /**
     * Tells whether a peer may ask this.
     * @return {@code false} for what is an answer only
     */
    boolean isRequest() {
        return this.request != null || this == NODE_CALL;
    }

    /**
     * Tells whether a message is the regular answer to this type of request.
     * @param message the message
     * @return {@code false} for the engine's answer to a failed request
     */
    boolean isResponse(Message message) {
        return this.response != null && this.response.getClass() == message.getClass();
    }

    /**
     * Reads a request of the engine.
     * @param body the bytes
     * @return the request
     * @throws InvalidProtocolBufferException if the bytes are not such a message
     */
    Message parseRequest(ByteBuf body) throws InvalidProtocolBufferException {
        return parse(this.request, body);
    }

    /**
     * Reads a response of the engine.
     * @param body the bytes
     * @return the response
     * @throws InvalidProtocolBufferException if the bytes are not such a message
     */
    Message parseResponse(ByteBuf body) throws InvalidProtocolBufferException {
        return parse(this.response, body);
    }

    private Message parse(@Nullable Message prototype, ByteBuf body) throws InvalidProtocolBufferException {
        if (prototype == null) {
            throw new InvalidProtocolBufferException(this + " has no such message");
        }
        Parser<? extends Message> parser = prototype.getParserForType();
        // The parser copies what it keeps, so the buffer may go back to its pool.
        return parser.parseFrom(body.nioBuffer());
    }

    private static MessageType[] byNumber() {
        MessageType[] table = new MessageType[values().length + 1];
        for (MessageType type : values()) {
            table[type.number] = type;
        }
        return table;
    }

    private static Map<String, MessageType> byRequestClass() {
        Map<String, MessageType> table = new HashMap<>();
        for (MessageType type : values()) {
            if (type.request != null) {
                table.put(type.request.getClass().getName(), type);
            }
        }
        return Map.copyOf(table);
    }

}
