/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.kvorum.server.command.CloseSession;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.ResumeSession;
import io.kvorum.server.common.Bytes;

/**
 * A session as the connection that has it sees it: the way to begin, to keep and to end
 * it. Confined to the connection's event loop.
 */
final class ClientSession {

    /**
     * The lease lives this much longer than the session's timeout, so a renewal may be
     * this old when the client falls silent.
     */
    private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Services services;

    private final long id;

    private final Bytes password;

    private final int timeoutMillis;

    private final long owner;

    private final boolean resumed;

    private long renewedNanos;

    private boolean renewing;

    private ClientSession(Services services, long id, Bytes password, int timeoutMillis, boolean resumed) {
        this.services = services;
        this.id = id;
        this.password = password;
        this.timeoutMillis = timeoutMillis;
        this.resumed = resumed;
        this.owner = services.newIds().getAsLong();
        this.renewedNanos = services.clock().nanoTime();
    }

    static ClientSession of(Services services, Handshake handshake) {
        int timeout = services.settings().negotiate(handshake.timeoutMillis());
        if (handshake.sessionId() != 0) {
            return new ClientSession(services, handshake.sessionId(), handshake.password(), timeout, true);
        }
        long picked = services.newIds().getAsLong();
        Bytes password = Bytes.wrap(ByteBuffer.allocate(Handshake.PASSWORD_BYTES)
            .putLong(services.newIds().getAsLong())
            .putLong(services.newIds().getAsLong())
            .array());
        return new ClientSession(services, (picked != 0) ? picked : 1, password, timeout, false);
    }

    long id() {
        return this.id;
    }

    Bytes password() {
        return this.password;
    }

    int timeoutMillis() {
        return this.timeoutMillis;
    }

    long owner() {
        return this.owner;
    }

    /** Makes the session this connection's, in the log. */
    CompletableFuture<Result.Session> claim() {
        Bytes hash = Handshake.hash(this.id, this.password);
        return this.services.ensemble()
            .propose(this.resumed ? new ResumeSession(this.id, hash, this.timeoutMillis, this.owner)
                    : new OpenSession(this.id, hash, this.timeoutMillis, this.owner));
    }

    CompletableFuture<Result.Session> close() {
        return this.services.ensemble().propose(new CloseSession(this.id, this.owner));
    }

    /**
     * The client was heard of. Tells the leader, if it does not know for long enough; the
     * log is not involved.
     * @param gone what to do when the session turns out to be gone
     * @param loop the connection's event loop
     */
    void touch(Runnable gone, Executor loop) {
        long now = this.services.clock().nanoTime();
        if (this.renewing || now - this.renewedNanos < RENEW_NANOS) {
            return;
        }
        this.renewing = true;
        this.services.ensemble().keepAlive(this.id).whenComplete((ttl, failure) -> loop.execute(() -> {
            this.renewing = false;
            if (failure == null && ttl == 0) {
                gone.run();
            }
            else if (failure == null) {
                this.renewedNanos = now;
            }
        }));
    }

}
