/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.proto.etcdserverpb.CompactionRequest;
import io.kvorum.proto.etcdserverpb.DeleteRangeRequest;
import io.kvorum.proto.etcdserverpb.LeaseGrantRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveRequest;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.proto.etcdserverpb.LeaseLeasesRequest;
import io.kvorum.proto.etcdserverpb.LeaseRevokeRequest;
import io.kvorum.proto.etcdserverpb.LeaseStatus;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveRequest;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One of the two servers under comparison, as the program sees it. */
final class Subject implements AutoCloseable {

    private static final long SENTINEL_WATCH = 1_000;

    private static final ByteString SENTINEL = ByteString.copyFromUtf8("~sentinel");

    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final KvClient client;

    private long base;

    private int sentinels;

    private @Nullable WatchLog watches;

    Subject(String endpoint) {
        this.client = new KvClient(endpoint);
    }

    /**
     * Makes the server empty: no key, no lease, no readable history. The program's
     * revisions count from here.
     */
    void reset() {
        closeWatches();
        for (LeaseStatus lease : this.client.lease()
            .leaseLeases(LeaseLeasesRequest.getDefaultInstance())
            .getLeasesList()) {
            this.client.lease().leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease.getID()).build());
        }
        this.client.kv().put(PutRequest.newBuilder().setKey(SENTINEL).build());
        this.base = this.client.kv()
            .deleteRange(DeleteRangeRequest.newBuilder().setKey(ZERO).setRangeEnd(ZERO).build())
            .getHeader()
            .getRevision();
        this.client.kv().compact(CompactionRequest.newBuilder().setRevision(this.base).build());
        this.sentinels = 0;
    }

    String perform(Operation operation) {
        try {
            return operation.performOn(this);
        }
        catch (StatusRuntimeException ex) {
            return Answers.of(ex.getStatus());
        }
    }

    /** Waits until everything written so far went through the watch stream. */
    void flushWatches() {
        WatchLog open = this.watches;
        if (open == null) {
            return;
        }
        int expected = ++this.sentinels;
        this.client.kv().put(PutRequest.newBuilder().setKey(SENTINEL).build());
        Awaitility.await("sentinel " + expected)
            .atMost(TIMEOUT)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> open.deliveries().getOrDefault(SENTINEL_WATCH, List.of()).size() >= expected);
    }

    Map<Long, List<String>> deliveries() {
        return (this.watches != null) ? this.watches.deliveries() : Map.of();
    }

    List<String> brokenGuarantees() {
        return (this.watches != null) ? this.watches.brokenGuarantees() : List.of();
    }

    /** Whether a watcher with this id was confirmed. */
    boolean hasWatch(long watchId) {
        return this.watches != null && this.watches.hasWatch(watchId);
    }

    boolean hasWatches() {
        return this.watches != null;
    }

    @Override
    public void close() {
        closeWatches();
        this.client.close();
    }

    String call(Message request) {
        return Answers.of(send(RevisionShift.toServer(request, this.base)), this.base);
    }

    String openWatch(WatchCreateRequest request) {
        return watches().create(RevisionShift.toServer(request, this.base));
    }

    String cancelWatch(long watchId) {
        return watches().cancel(watchId);
    }

    private Message send(Message request) {
        if (request instanceof RangeRequest range) {
            return this.client.kv().range(range);
        }
        if (request instanceof PutRequest put) {
            return this.client.kv().put(put);
        }
        if (request instanceof DeleteRangeRequest delete) {
            return this.client.kv().deleteRange(delete);
        }
        if (request instanceof TxnRequest txn) {
            return this.client.kv().txn(txn);
        }
        if (request instanceof CompactionRequest compaction) {
            return this.client.kv().compact(compaction);
        }
        if (request instanceof LeaseGrantRequest grant) {
            return this.client.lease().leaseGrant(grant);
        }
        if (request instanceof LeaseRevokeRequest revoke) {
            return this.client.lease().leaseRevoke(revoke);
        }
        if (request instanceof LeaseTimeToLiveRequest ttl) {
            return this.client.lease().leaseTimeToLive(ttl);
        }
        if (request instanceof LeaseLeasesRequest leases) {
            return this.client.lease().leaseLeases(leases);
        }
        throw new IllegalArgumentException("no call takes " + request.getDescriptorForType().getName());
    }

    String keepAlive(long id) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        StreamObserver<LeaseKeepAliveRequest> requests = this.client.leaseStream()
            .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .leaseKeepAlive(new StreamObserver<LeaseKeepAliveResponse>() {

                @Override
                public void onNext(LeaseKeepAliveResponse response) {
                    answer.complete(Answers.of(response, Subject.this.base));
                }

                @Override
                public void onError(Throwable failure) {
                    answer.complete(Answers.of(Status.fromThrowable(failure)));
                }

                @Override
                public void onCompleted() {
                    answer.complete("completed");
                }

            });
        requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(id).build());
        String text = answer.join();
        requests.onCompleted();
        return text;
    }

    String grantAndRevoke(long id, long ttl) {
        Message granted = this.client.lease().leaseGrant(LeaseGrantRequest.newBuilder().setID(id).setTTL(ttl).build());
        this.client.lease().leaseRevoke(LeaseRevokeRequest.newBuilder().setID(id).build());
        return Answers.of(granted, this.base);
    }

    private WatchLog watches() {
        WatchLog open = this.watches;
        if (open == null) {
            open = new WatchLog(this.client, this.base);
            open.create(WatchCreateRequest.newBuilder().setKey(SENTINEL).setWatchId(SENTINEL_WATCH).build());
            this.watches = open;
        }
        return open;
    }

    private void closeWatches() {
        if (this.watches != null) {
            this.watches.close();
            this.watches = null;
        }
    }

}
