/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.CompactionResponse;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.DeleteRangeResponse;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RangeStreamResponse;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.node.KvNode;

/** Keys: read, write, delete, transactions, compaction. */
final class KvService extends KVGrpc.KVImplBase {

    private final KvNode node;

    private final ResponseHeaders headers;

    private final RequestLimits limits;

    KvService(KvNode node, RequestLimits limits) {
        this.node = node;
        this.headers = new ResponseHeaders(node);
        this.limits = limits;
    }

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
        Replies.reply(observer, () -> {
            RequestChecks.check(request);
            return this.node.range(Requests.query(request), Requests.consistency(request));
        }, (result) -> Answers.range(this.headers.at(result.revision()), result));
    }

    @Override
    public void rangeStream(RangeRequest request, StreamObserver<RangeStreamResponse> observer) {
        new RangeStream(this.node, this.headers, this.limits.maxRequestBytes(), request,
                (ServerCallStreamObserver<RangeStreamResponse>) observer)
            .start();
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> observer) {
        Replies.reply(observer, () -> {
            RequestChecks.check(request);
            this.limits.checkSize(request);
            return this.node.propose(Requests.put(request));
        }, (result) -> Answers.put(this.headers.at(result.revision()), result));
    }

    @Override
    public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> observer) {
        Replies.reply(observer, () -> {
            RequestChecks.check(request);
            this.limits.checkSize(request);
            return this.node.propose(Requests.deleteRange(request));
        }, (result) -> Answers.deleteRange(this.headers.at(result.revision()), result));
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> observer) {
        Replies.reply(observer, () -> {
            RequestChecks.check(request, this.limits.maxTxnOps());
            TxnOperation txn = Requests.txn(request);
            if (txn.isReadOnly()) {
                return this.node.read(txn, Requests.consistency(request));
            }
            this.limits.checkSize(request);
            return this.node.propose(txn);
        }, (result) -> Answers.txn(this.headers.at(result.revision()), result));
    }

    @Override
    public void compact(CompactionRequest request, StreamObserver<CompactionResponse> observer) {
        Replies.reply(observer, () -> {
            var compacted = this.node.propose(new Command.Compact(request.getRevision()));
            return request.getPhysical() ? compacted.thenCompose((done) -> this.node.maintenance().awaitCompaction())
                    : compacted.<Void>thenApply((done) -> null);
        }, (done) -> CompactionResponse.newBuilder().setHeader(this.headers.now()).build());
    }

}
