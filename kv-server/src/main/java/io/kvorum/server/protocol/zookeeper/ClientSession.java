/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.CloseSession;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.ResumeSession;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.tree.Session;
import io.kvorum.server.tree.TreeKeys;

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

    /** For a client that was silent for so long that hardly any time is left. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long RETRY_MILLIS = 250;

    private final Services services;

    private final long id;

    private final Bytes password;

    private final int timeoutMillis;

    private final long owner;

    private final boolean resumed;

    /** Nobody but this member knows of this connection, which only reads. */
    private final boolean local;

    /** When the client had been heard of that the leader knows of. */
    private long renewedNanos;

    /** Pending while the leader is asked. */
    private @Nullable ScheduledFuture<?> deadline;

    private ClientSession(Services services, long id, Bytes password, int timeoutMillis, boolean resumed) {
        this.services = services;
        this.id = id;
        this.password = password;
        this.timeoutMillis = timeoutMillis;
        this.resumed = resumed;
        this.local = services.availability().isReadOnly();
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

    /** Whether the session is only good for reading on this member. */
    boolean isLocal() {
        return this.local;
    }

    /** Makes the session this connection's, in the log. */
    CompletableFuture<Result.Session> claim() {
        Bytes hash = Handshake.hash(this.id, this.password);
        if (this.local) {
            return this.resumed ? recall(hash) : here();
        }
        return this.services.ensemble()
            .propose(this.resumed ? new ResumeSession(this.id, hash, this.timeoutMillis, this.owner)
                    : new OpenSession(this.id, hash, this.timeoutMillis, this.owner));
    }

    CompletableFuture<Result.Session> close() {
        return this.local ? here() : this.services.ensemble().propose(new CloseSession(this.id, this.owner));
    }

    /**
     * The client was heard of. Tells the leader, if it does not know for long enough; the
     * log is not involved.
     * @param lost what to do when the session turns out to be gone, or nobody can say
     * that it is not: a client that stays connected believes that it has its session
     * @param loop the connection's event loop
     */
    void touch(Runnable lost, ScheduledExecutorService loop) {
        long age = this.services.clock().nanoTime() - this.renewedNanos;
        if (this.local || this.deadline != null || age < RENEW_NANOS) {
            return;
        }
        long left = Math.max(patienceNanos() - age, LATE_NANOS);
        this.deadline = loop.schedule(() -> lose(lost), left, TimeUnit.NANOSECONDS);
        renew(lost, loop);
    }

    /** The connection is gone: nobody renews the session from here. */
    void leave() {
        ScheduledFuture<?> pending = this.deadline;
        if (pending != null) {
            pending.cancel(false);
            this.deadline = null;
        }
    }

    private void renew(Runnable lost, ScheduledExecutorService loop) {
        long asked = this.services.clock().nanoTime();
        this.services.ensemble().keepAlive(this.id).whenComplete((ttl, failure) -> loop.execute(() -> {
            if (this.deadline == null) {
                return;
            }
            if (failure != null) {
                ScheduledFuture<?> unused = loop.schedule(() -> renewAgain(lost, loop), RETRY_MILLIS,
                        TimeUnit.MILLISECONDS);
            }
            else if (ttl == 0) {
                lose(lost);
            }
            else {
                leave();
                this.renewedNanos = asked;
            }
        }));
    }

    private void renewAgain(Runnable lost, ScheduledExecutorService loop) {
        if (this.deadline != null) {
            renew(lost, loop);
        }
    }

    private void lose(Runnable lost) {
        leave();
        lost.run();
    }

    /**
     * How long a session is taken for alive without news of the leader: the client is to
     * know that it is alone before others can see the session expire.
     */
    private long patienceNanos() {
        return TimeUnit.MILLISECONDS.toNanos(this.timeoutMillis) / 3 * 2;
    }

    private CompletableFuture<Result.Session> here() {
        return CompletableFuture.completedFuture(new Result.Session(this.services.ensemble().revision(), true));
    }

    /**
     * A session that is not known here may well exist: whoever asks must ask elsewhere.
     */
    private CompletableFuture<Result.Session> recall(Bytes hash) {
        return this.services.ensemble().range(KeyRange.single(TreeKeys.session(this.id))).thenApply((found) -> {
            if (found.range().kvs().isEmpty()) {
                throw new KvException(KvException.Code.LEASE_NOT_FOUND);
            }
            Session known = Session.decode(found.range().kvs().get(0).value());
            return new Result.Session(found.revision(), known.passwordHash().equals(hash));
        });
    }

}
