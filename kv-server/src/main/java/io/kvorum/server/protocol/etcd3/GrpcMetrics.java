/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.concurrent.ConcurrentHashMap;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.metrics.Counter;
import io.kvorum.server.metrics.Histogram;
import io.kvorum.server.metrics.Labelled;
import io.kvorum.server.metrics.Metrics;

/**
 * Counts calls, messages and bytes under the names that etcd's dashboards read. One small
 * object per call; the counters of a method are made at its first call, those of all
 * status codes with it, because a dashboard subtracts handled from started calls. Any
 * thread.
 */
public final class GrpcMetrics extends ServerStreamTracer.Factory {

    private static final double[] HANDLING_SECONDS = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10 };

    private final ConcurrentHashMap<MethodDescriptor<?, ?>, MethodMetrics> methods = new ConcurrentHashMap<>();

    private final Labelled<Counter> started;

    private final Labelled<Counter> handled;

    private final Labelled<Counter> received;

    private final Labelled<Counter> sent;

    private final Labelled<Histogram> handlingSeconds;

    private final Counter receivedBytes;

    private final Counter sentBytes;

    /**
     * Registers the metrics.
     * @param metrics where to
     */
    public GrpcMetrics(Metrics metrics) {
        this.started = metrics.counters("grpc_server_started_total", "Calls that began.", "grpc_type", "grpc_service",
                "grpc_method");
        this.handled = metrics.counters("grpc_server_handled_total", "Calls that ended, by their status.", "grpc_type",
                "grpc_service", "grpc_method", "grpc_code");
        this.received = metrics.counters("grpc_server_msg_received_total", "Messages from clients.", "grpc_type",
                "grpc_service", "grpc_method");
        this.sent = metrics.counters("grpc_server_msg_sent_total", "Messages to clients.", "grpc_type", "grpc_service",
                "grpc_method");
        this.handlingSeconds = metrics.histograms("grpc_server_handling_seconds", "Duration of unary calls.",
                HANDLING_SECONDS, "grpc_type", "grpc_service", "grpc_method");
        this.receivedBytes = metrics.counter("etcd_network_client_grpc_received_bytes_total",
                "Bytes of messages from clients.");
        this.sentBytes = metrics.counter("etcd_network_client_grpc_sent_bytes_total", "Bytes of messages to clients.");
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Call();
    }

    private MethodMetrics create(MethodDescriptor<?, ?> method) {
        String type = type(method.getType());
        String service = String.valueOf(method.getServiceName());
        String name = String.valueOf(method.getBareMethodName());
        Counter[] byCode = new Counter[Status.Code.values().length];
        for (Status.Code code : Status.Code.values()) {
            byCode[code.value()] = this.handled.with(type, service, name, GrpcCodes.name(code));
        }
        boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
        return new MethodMetrics(this.started.with(type, service, name), byCode,
                this.received.with(type, service, name), this.sent.with(type, service, name),
                unary ? this.handlingSeconds.with(type, service, name) : null);
    }

    private static String type(MethodDescriptor.MethodType type) {
        return switch (type) {
            case UNARY -> "unary";
            case CLIENT_STREAMING -> "client_stream";
            case SERVER_STREAMING -> "server_stream";
            case BIDI_STREAMING -> "bidi_stream";
            case UNKNOWN -> "unknown";
        };
    }

    /**
     * Counters of one method.
     *
     * @param started calls that began
     * @param handled calls that ended, by the number of their status
     * @param received messages from clients
     * @param sent messages to clients
     * @param seconds duration of calls, or {@code null} if the method streams
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record MethodMetrics(Counter started, Counter[] handled, Counter received, Counter sent,
            @Nullable Histogram seconds) {
    }

    /** One call. The transport calls it from one thread at a time. */
    private final class Call extends ServerStreamTracer {

        private final long startNanos = System.nanoTime();

        /**
         * Unknown until the method is: what a client calls a method that does not exist
         * must not become a label.
         */
        private volatile @Nullable MethodMetrics method;

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> call) {
            MethodMetrics known = GrpcMetrics.this.methods.computeIfAbsent(call.getMethodDescriptor(),
                    GrpcMetrics.this::create);
            known.started().increment();
            this.method = known;
        }

        @Override
        public void inboundMessage(int sequence) {
            MethodMetrics known = this.method;
            if (known != null) {
                known.received().increment();
            }
        }

        @Override
        public void outboundMessage(int sequence) {
            MethodMetrics known = this.method;
            if (known != null) {
                known.sent().increment();
            }
        }

        @Override
        public void inboundWireSize(long bytes) {
            GrpcMetrics.this.receivedBytes.add(bytes);
        }

        @Override
        public void outboundWireSize(long bytes) {
            GrpcMetrics.this.sentBytes.add(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            MethodMetrics known = this.method;
            if (known == null) {
                return;
            }
            known.handled()[status.getCode().value()].increment();
            Histogram seconds = known.seconds();
            if (seconds != null) {
                seconds.observeNanos(System.nanoTime() - this.startNanos);
            }
        }

    }

}
