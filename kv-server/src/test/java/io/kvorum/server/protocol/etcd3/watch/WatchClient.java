/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.WatchCancelRequest;
import io.kvorum.proto.etcdserverpb.WatchCreateRequest;
import io.kvorum.proto.etcdserverpb.WatchGrpc;
import io.kvorum.proto.etcdserverpb.WatchProgressRequest;
import io.kvorum.proto.etcdserverpb.WatchRequest;
import io.kvorum.proto.etcdserverpb.WatchResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One stream of a client, over the generated code. Reads all, or only what it is told.
 */
final class WatchClient implements ClientResponseObserver<WatchRequest, WatchResponse> {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<WatchResponse> responses = new LinkedBlockingQueue<>();

    private final CompletableFuture<Status> end = new CompletableFuture<>();

    private final boolean slow;

    private @Nullable ClientCallStreamObserver<WatchRequest> requests;

    private WatchClient(boolean slow) {
        this.slow = slow;
    }

    static WatchClient open(Channel channel) {
        return open(channel, false);
    }

    /** Opens a stream that reads only what {@link #read} asks for. */
    static WatchClient openSlow(Channel channel) {
        return open(channel, true);
    }

    private static WatchClient open(Channel channel, boolean slow) {
        WatchClient client = new WatchClient(slow);
        WatchGrpc.newStub(channel).watch(client);
        return client;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> requests) {
        this.requests = requests;
        if (this.slow) {
            requests.disableAutoRequestWithInitial(0);
        }
    }

    @Override
    public void onNext(WatchResponse response) {
        this.responses.add(response);
    }

    @Override
    public void onError(Throwable failure) {
        this.end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        this.end.complete(Status.OK);
    }

    private ClientCallStreamObserver<WatchRequest> requests() {
        if (this.requests == null) {
            throw new IllegalStateException("not open");
        }
        return this.requests;
    }

    void read(int responses) {
        requests().request(responses);
    }

    void create(Consumer<WatchCreateRequest.Builder> request) {
        WatchCreateRequest.Builder create = WatchCreateRequest.newBuilder();
        request.accept(create);
        requests().onNext(WatchRequest.newBuilder().setCreateRequest(create).build());
    }

    void cancel(long id) {
        requests()
            .onNext(WatchRequest.newBuilder().setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id)).build());
    }

    void progress() {
        requests()
            .onNext(WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.getDefaultInstance()).build());
    }

    void sendEmpty() {
        requests().onNext(WatchRequest.getDefaultInstance());
    }

    void halfClose() {
        requests().onCompleted();
    }

    void disconnect() {
        requests().cancel("enough", null);
    }

    WatchResponse next() throws InterruptedException {
        WatchResponse response = this.responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(response).as("response").isNotNull();
        return response;
    }

    /** Checks that nothing comes any more, by a round trip behind it. */
    void expectNothing() throws InterruptedException {
        create((create) -> create.setStartRevision(-1));
        WatchResponse marker = next();
        assertThat(marker.getCancelReason()).as("instead of nothing came %s", marker).contains("compacted");
    }

    Status end() throws Exception {
        return this.end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

}
