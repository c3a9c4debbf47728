/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.CompactionResponse;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.node.KvNode;

/**
 * Keys: read, write, delete, transactions, compaction. Bound by hand, because answers
 * about keys are written from the store's records without messages in between.
 */
final class KvService implements BindableService {

    private final KvNode node;

    private final ResponseHeaders headers;

    private final RequestLimits limits;

    KvService(KvNode node, RequestLimits limits) {
        this.node = node;
        this.headers = new ResponseHeaders(node);
        this.limits = limits;
    }

    @Override
    public ServerServiceDefinition bindService() {
        var range = unary(KVGrpc.getRangeMethod(), this::range);
        var put = unary(KVGrpc.getPutMethod(), this::put);
        var deleteRange = unary(KVGrpc.getDeleteRangeMethod(), this::deleteRange);
        var txn = unary(KVGrpc.getTxnMethod(), this::txn);
        var rangeStream = ServerMethodDefinition.create(outgoing(KVGrpc.getRangeStreamMethod()),
                ServerCalls.asyncServerStreamingCall(this::rangeStream));
        var compact = ServerMethodDefinition.create(KVGrpc.getCompactMethod(),
                ServerCalls.asyncUnaryCall(this::compact));
        ServiceDescriptor descriptor = ServiceDescriptor.newBuilder(KVGrpc.SERVICE_NAME)
            .setSchemaDescriptor(KVGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(range.getMethodDescriptor())
            .addMethod(put.getMethodDescriptor())
            .addMethod(deleteRange.getMethodDescriptor())
            .addMethod(txn.getMethodDescriptor())
            .addMethod(rangeStream.getMethodDescriptor())
            .addMethod(compact.getMethodDescriptor())
            .build();
        return ServerServiceDefinition.builder(descriptor)
            .addMethod(range)
            .addMethod(put)
            .addMethod(deleteRange)
            .addMethod(txn)
            .addMethod(rangeStream)
            .addMethod(compact)
            .build();
    }

    private CompletableFuture<Result.Range> range(RangeRequest request) {
        RequestChecks.check(request);
        return this.node.range(Requests.query(request), Requests.consistency(request));
    }

    private CompletableFuture<Result.Put> put(PutRequest request) {
        RequestChecks.check(request);
        this.limits.checkSize(request);
        return this.node.propose(Requests.put(request));
    }

    private CompletableFuture<Result.DeleteRange> deleteRange(DeleteRangeRequest request) {
        RequestChecks.check(request);
        this.limits.checkSize(request);
        return this.node.propose(Requests.deleteRange(request));
    }

    private CompletableFuture<Result.Txn> txn(TxnRequest request) {
        RequestChecks.check(request, this.limits.maxTxnOps());
        TxnOperation txn = Requests.txn(request);
        if (txn.isReadOnly()) {
            return this.node.read(txn, Requests.consistency(request));
        }
        this.limits.checkSize(request);
        return this.node.propose(txn);
    }

    private void rangeStream(RangeRequest request, StreamObserver<Outgoing> observer) {
        new RangeStream(this.node, this.headers, this.limits.maxRequestBytes(), request,
                (ServerCallStreamObserver<Outgoing>) observer)
            .start();
    }

    private void compact(CompactionRequest request, StreamObserver<CompactionResponse> observer) {
        Replies.reply(observer, () -> {
            var compacted = this.node.propose(new Command.Compact(request.getRevision()));
            return request.getPhysical() ? compacted.thenCompose((done) -> this.node.maintenance().awaitCompaction())
                    : compacted.<Void>thenApply((done) -> null);
        }, (done) -> CompactionResponse.newBuilder().setHeader(this.headers.now()).build());
    }

    private <Q> ServerMethodDefinition<Q, Outgoing> unary(MethodDescriptor<Q, ?> method,
            Function<Q, ? extends CompletableFuture<? extends Result>> work) {
        return ServerMethodDefinition.create(outgoing(method), new KvCalls<>(this.headers, work));
    }

    private static <Q> MethodDescriptor<Q, Outgoing> outgoing(MethodDescriptor<Q, ?> method) {
        return method.toBuilder(method.getRequestMarshaller(), OutgoingStream.MARSHALLER).build();
    }

}
