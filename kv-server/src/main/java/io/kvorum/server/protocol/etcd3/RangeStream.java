/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.server.command.Result;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KeyValue;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.node.Consistency;
import io.kvorum.server.node.KvNode;

/**
 * One range, answered in pieces at one revision. The pieces grow towards the size of the
 * largest request; the next one is read only when the client has room for it. State is
 * confined to whoever holds {@link #work}.
 */
final class RangeStream {

    /** Keys in the first piece (etcd). */
    private static final int FIRST_LIMIT = 10;

    private final KvNode node;

    private final ResponseHeaders headers;

    private final int targetBytes;

    private final RangeRequest request;

    private final ServerCallStreamObserver<Outgoing> observer;

    /** How often there may be something to do: whoever raises it from 0 does it. */
    private final AtomicInteger work = new AtomicInteger();

    private RangeQuery query;

    private long left;

    private long limit;

    private long revision;

    private long total;

    private boolean reading;

    private boolean done;

    private volatile Result.@Nullable Range received;

    private volatile @Nullable Throwable failure;

    RangeStream(KvNode node, ResponseHeaders headers, int targetBytes, RangeRequest request,
            ServerCallStreamObserver<Outgoing> observer) {
        this.node = node;
        this.headers = headers;
        this.targetBytes = targetBytes;
        this.request = request;
        this.observer = observer;
        this.query = Requests.query(request);
        this.left = (request.getLimit() <= 0) ? Long.MAX_VALUE : request.getLimit();
        this.limit = Math.min(FIRST_LIMIT, this.left);
    }

    void start() {
        try {
            RequestChecks.checkStream(this.request);
        }
        catch (KvException | StatusRuntimeException ex) {
            this.observer.onError(GrpcErrors.of(ex));
            return;
        }
        this.observer.setOnCancelHandler(this::advance);
        this.observer.setOnReadyHandler(this::advance);
        advance();
    }

    private void advance() {
        if (this.work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            step();
            seen = this.work.addAndGet(-seen);
        }
        while (seen != 0);
    }

    private void step() {
        Throwable failed = this.failure;
        Result.Range piece = this.received;
        if (this.done) {
            return;
        }
        if (failed != null) {
            this.done = true;
            this.observer.onError(GrpcErrors.of(failed));
            return;
        }
        if (piece != null) {
            this.received = null;
            this.reading = false;
            send(piece);
        }
        if (this.observer.isCancelled()) {
            this.done = true;
        }
        if (!this.done && !this.reading && this.observer.isReady()) {
            this.reading = true;
            read();
        }
    }

    private void read() {
        RangeQuery next = new RangeQuery(this.query.range(), this.query.revision(), this.limit, this.query.sort(),
                this.query.filter(), this.query.keysOnly(), this.query.countOnly());
        // Only the first piece asks the quorum; the others read the revision it found.
        Consistency consistency = (this.revision == 0) ? Requests.consistency(this.request) : Consistency.SERIALIZABLE;
        this.node.range(next, consistency).whenComplete((result, failed) -> {
            this.received = result;
            this.failure = failed;
            advance();
        });
    }

    private void send(Result.Range piece) {
        if (this.revision == 0) {
            this.revision = piece.revision();
            this.total = piece.range().count();
        }
        List<KeyValue> kvs = piece.range().kvs();
        this.left -= kvs.size();
        this.done = !piece.range().more() || this.left == 0 || kvs.isEmpty();
        RangePiece answer = this.done ? RangePiece.last(piece.range(), this.headers.wire(this.revision), this.total)
                : RangePiece.of(kvs);
        this.observer.onNext(answer);
        if (this.done) {
            this.observer.onCompleted();
        }
        else {
            continueAfter(kvs.get(kvs.size() - 1).key(), answer.sizeBytes());
        }
    }

    private void continueAfter(Bytes last, int sizeBytes) {
        RangeQuery at = (this.query.revision() <= 0) ? this.query.at(this.revision) : this.query;
        this.query = new RangeQuery(new KeyRange(last.successor(), at.range().end()), at.revision(), 0, at.sort(),
                at.filter(), at.keysOnly(), at.countOnly());
        if (sizeBytes < this.targetBytes / 2) {
            this.limit *= 2;
        }
        else if (sizeBytes / 2 > this.targetBytes) {
            this.limit = Math.max(1, this.limit / 2);
        }
        this.limit = Math.min(this.limit, this.left);
    }

}
