/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.InterruptedIOException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

import io.kvorum.proto.etcdserverpb.SnapshotResponse;
import io.kvorum.server.node.Maintenance;

/**
 * Sends a snapshot in blobs, then its SHA-256. One blob waits in memory at a time: the
 * writing thread blocks until the client has room, and gives up on a client that takes
 * nothing for too long. Written by one thread; the call's callbacks come on others.
 */
final class SnapshotStream extends OutputStream implements Maintenance.SnapshotTarget {

    private static final int BLOB_BYTES = 32 * 1024;

    /**
     * Clients tell the hash at the end by the size of the whole, which must be a multiple
     * of this plus 32; zeros fill the last block.
     */
    private static final int BLOCK_BYTES = 512;

    private final ServerCallStreamObserver<SnapshotResponse> observer;

    private final String version;

    private final Duration stall;

    private final MessageDigest digest = sha256();

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = this.lock.newCondition();

    private byte[] blob = new byte[BLOB_BYTES];

    private int filled;

    private long unread;

    private long padding;

    SnapshotStream(ServerCallStreamObserver<SnapshotResponse> observer, String version, Duration stall) {
        this.observer = observer;
        this.version = version;
        this.stall = stall;
        observer.setOnReadyHandler(this::signal);
        observer.setOnCancelHandler(this::signal);
    }

    @Override
    public OutputStream open(long sizeBytes) {
        this.padding = Math.floorMod(-sizeBytes, BLOCK_BYTES);
        this.unread = sizeBytes + this.padding;
        return this;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] { (byte) value }, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int position = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, BLOB_BYTES - this.filled);
            System.arraycopy(bytes, position, this.blob, this.filled, part);
            this.filled += part;
            position += part;
            left -= part;
            if (this.filled == BLOB_BYTES) {
                sendBlob();
            }
        }
    }

    @Override
    public void close() throws IOException {
        long zeros = this.padding;
        this.padding = 0;
        write(new byte[(int) zeros], 0, (int) zeros);
        if (this.filled > 0) {
            sendBlob();
        }
    }

    /**
     * Ends the call, when the writer is done or has failed.
     * @param failure what went wrong, or {@code null}
     */
    void finished(@Nullable Throwable failure) {
        if (this.observer.isCancelled()) {
            return;
        }
        if (failure != null) {
            this.observer.onError(GrpcErrors.of(failure));
            return;
        }
        send(ByteString.copyFrom(this.digest.digest()), 0);
        this.observer.onCompleted();
    }

    private void sendBlob() throws IOException {
        awaitRoom();
        this.digest.update(this.blob, 0, this.filled);
        this.unread -= this.filled;
        send(UnsafeByteOperations.unsafeWrap(this.blob, 0, this.filled), this.unread);
        // The transport may still hold the old one.
        this.blob = new byte[BLOB_BYTES];
        this.filled = 0;
    }

    private void send(ByteString bytes, long remaining) {
        this.observer.onNext(SnapshotResponse.newBuilder()
            .setBlob(bytes)
            .setRemainingBytes(remaining)
            .setVersion(this.version)
            .build());
    }

    private void awaitRoom() throws IOException {
        this.lock.lock();
        try {
            long left = this.stall.toNanos();
            while (!this.observer.isReady() || this.observer.isCancelled()) {
                if (this.observer.isCancelled()) {
                    throw new IOException("the client gave the snapshot up");
                }
                if (left <= 0) {
                    throw new IOException("the client took no part of the snapshot for " + this.stall);
                }
                left = this.changed.awaitNanos(left);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending a snapshot");
        }
        finally {
            this.lock.unlock();
        }
    }

    private void signal() {
        this.lock.lock();
        try {
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

}
