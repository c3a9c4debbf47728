/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Refuses messages that are too large, or no messages at all, in the words of etcd's gRPC
 * library. The transport has a limit of its own with other words, so it is set higher and
 * guards memory only.
 */
final class ReceiveLimit {

    private static final String UNREADABLE_UNARY = "grpc: error unmarshalling request: ";

    private static final String UNREADABLE_STREAMED = "grpc: failed to unmarshal the received message: ";

    private static final String UNREADABLE = "proto: cannot parse invalid wire-format data";

    private final int maxBytes;

    ReceiveLimit(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Returns how large the transport should let messages become.
     * @return bytes
     */
    int transportBytes() {
        return (int) Math.min(Integer.MAX_VALUE, 4L * this.maxBytes);
    }

    /**
     * Puts a service behind the limit.
     * @param service the service
     * @return the same service, refusing large messages
     */
    ServerServiceDefinition apply(ServerServiceDefinition service) {
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        var methods = service.getMethods().stream().<ServerMethodDefinition<?, ?>>map(this::limited).toList();
        methods.forEach((method) -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder limited = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(limited::addMethod);
        return limited.build();
    }

    private <Q, S> ServerMethodDefinition<Object, S> limited(ServerMethodDefinition<Q, S> method) {
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        boolean unary = descriptor.getType() == MethodDescriptor.MethodType.UNARY;
        Marshaller<Object> requests = new LimitedMarshaller<>(descriptor.getRequestMarshaller(), this.maxBytes,
                (unary ? UNREADABLE_UNARY : UNREADABLE_STREAMED) + UNREADABLE);
        return ServerMethodDefinition.create(descriptor.toBuilder(requests, descriptor.getResponseMarshaller()).build(),
                new LimitedHandler<>(descriptor, method.getServerCallHandler()));
    }

    /** Stands for a message that could not be read. */
    private record Refused(Status status) {
    }

    /** Reads a message, or a {@link Refused} in its place. */
    private record LimitedMarshaller<Q>(Marshaller<Q> messages, int maxBytes,
            String unreadable) implements Marshaller<Object> {

        @Override
        public InputStream stream(Object value) {
            throw new UnsupportedOperationException("a server sends no requests");
        }

        @Override
        public Object parse(InputStream stream) {
            try {
                // The size of a compressed message is known only by reading it; there the
                // transport's limit has to do.
                int sizeBytes = (stream instanceof KnownLength) ? stream.available() : 0;
                return (sizeBytes > this.maxBytes) ? tooLarge(sizeBytes) : this.messages.parse(stream);
            }
            catch (IOException | RuntimeException ex) {
                // The transport says so when a compressed message is too large.
                boolean tooLarge = ex instanceof StatusRuntimeException status
                        && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
                return new Refused(tooLarge ? Status.fromThrowable(ex)
                        : Status.INTERNAL.withDescription(this.unreadable).withCause(ex));
            }
        }

        private Refused tooLarge(int sizeBytes) {
            return new Refused(Status.RESOURCE_EXHAUSTED.withDescription(String.format(Locale.ROOT,
                    "grpc: received message larger than max (%d vs. %d)", sizeBytes, this.maxBytes)));
        }

    }

    /** Hands messages to a handler, and ends the call at the first that is none. */
    private record LimitedHandler<Q, S>(MethodDescriptor<Q, S> method,
            ServerCallHandler<Q, S> handler) implements ServerCallHandler<Object, S> {

        @Override
        public ServerCall.Listener<Object> startCall(ServerCall<Object, S> call, Metadata headers) {
            ServerCall.Listener<Q> listener = this.handler.startCall(new TypedCall<>(this.method, call), headers);
            return new LimitedListener<>(listener, call);
        }

    }

    private static final class TypedCall<Q, S> extends ForwardingServerCall<Q, S> {

        private final MethodDescriptor<Q, S> method;

        private final ServerCall<Object, S> call;

        TypedCall(MethodDescriptor<Q, S> method, ServerCall<Object, S> call) {
            this.method = method;
            this.call = call;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected ServerCall<Q, S> delegate() {
            // Requests go to the listener only, so a call does not care about their type.
            return (ServerCall<Q, S>) this.call;
        }

        @Override
        public MethodDescriptor<Q, S> getMethodDescriptor() {
            return this.method;
        }

    }

    private static final class LimitedListener<Q> extends ForwardingServerCallListener<Object> {

        private final ServerCall.Listener<Q> listener;

        private final ServerCall<Object, ?> call;

        private boolean refused;

        LimitedListener(ServerCall.Listener<Q> listener, ServerCall<Object, ?> call) {
            this.listener = listener;
            this.call = call;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected ServerCall.Listener<Object> delegate() {
            return (ServerCall.Listener<Object>) this.listener;
        }

        @Override
        public void onMessage(Object message) {
            if (this.refused) {
                return;
            }
            if (message instanceof Refused reason) {
                this.refused = true;
                this.call.close(reason.status(), new Metadata());
                return;
            }
            delegate().onMessage(message);
        }

        @Override
        public void onHalfClose() {
            if (!this.refused) {
                super.onHalfClose();
            }
        }

        @Override
        public void onComplete() {
            if (this.refused) {
                // The service has not ended the call, so to it the call was given up.
                super.onCancel();
            }
            else {
                super.onComplete();
            }
        }

    }

}
