/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32C;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.rpc.RaftClientService;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileResponse;
import com.alipay.sofa.jraft.rpc.RpcResponseClosureAdapter;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.util.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an image from the leader into a file on a thread of its own. The file is handed
 * on only when it is complete, verified and on disk; until then nothing else is touched.
 */
final class ImageCopier extends SnapshotCopier {

    private static final Logger logger = LoggerFactory.getLogger(ImageCopier.class);

    private static final int MAX_ATTEMPTS = 5;

    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private static final long RETRY_MILLIS = 100;

    private final String uri;

    private final RaftClientService client;

    private final Path spool;

    private final CountDownLatch cancelled = new CountDownLatch(1);

    private final Thread thread;

    private volatile @Nullable ReceivedImage result;

    ImageCopier(String uri, RaftClientService client, Path spool) {
        this.uri = uri;
        this.client = client;
        this.spool = spool;
        this.thread = new Thread(this::run, "kv-raft-image-receiver");
        this.thread.setDaemon(true);
    }

    @Override
    public void start() {
        this.thread.start();
    }

    @Override
    public void cancel() {
        this.cancelled.countDown();
    }

    @Override
    public void join() throws InterruptedException {
        this.thread.join();
    }

    @Override
    public @Nullable SnapshotReader getReader() {
        return this.result;
    }

    @Override
    public void close() throws IOException {
        cancel();
        try {
            join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            String path = this.uri.substring(Snapshot.REMOTE_SNAPSHOT_URI_SCHEME.length());
            int slash = path.indexOf('/');
            int colon = path.lastIndexOf(':', slash);
            Endpoint leader = new Endpoint(path.substring(0, colon),
                    Integer.parseInt(path.substring(colon + 1, slash)));
            this.result = fetch(leader, Long.parseLong(path.substring(slash + 1)));
        }
        catch (PartFailedException ex) {
            logger.warn("Could not fetch an image of the state: source={} reason={}", this.uri, ex.getMessage());
            fail(ex.error, ex);
        }
        catch (IOException ex) {
            logger.error("Could not store an image of the state: file={} reason={}", this.spool, ex.getMessage());
            fail(RaftError.EIO, ex);
        }
        catch (RuntimeException ex) {
            logger.error("Could not fetch an image of the state: source={}", this.uri, ex);
            fail(RaftError.EINTERNAL, ex);
        }
    }

    private void fail(RaftError error, Exception ex) {
        setError(error, "%s", ex.getMessage());
        try {
            Files.deleteIfExists(this.spool);
        }
        catch (IOException again) {
            logger.warn("Could not remove an incomplete image: file={} reason={}", this.spool, again.getMessage());
        }
    }

    private ReceivedImage fetch(Endpoint leader, long readerId) throws IOException {
        CRC32C checksum = new CRC32C();
        long offset = 0;
        long written = 0;
        byte[] last = new byte[0];
        try (FileChannel channel = FileChannel.open(this.spool, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            while (true) {
                if (this.cancelled.getCount() == 0) {
                    throw new PartFailedException(RaftError.ECANCELED, "canceled");
                }
                GetFileResponse response = part(leader, readerId, offset);
                if (response.getEof()) {
                    break;
                }
                // The last part is the trailer, so each part waits for its successor.
                ByteBuffer bytes = ByteBuffer.wrap(last);
                checksum.update(last, 0, last.length);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                written += last.length;
                last = response.getData().toByteArray();
                offset += last.length;
            }
            channel.force(true);
        }
        ImageTrailer trailer;
        try {
            trailer = ImageTrailer.decode(last);
        }
        catch (IOException ex) {
            throw new PartFailedException(RaftError.EINTERNAL, String.valueOf(ex.getMessage()));
        }
        if (trailer.sizeBytes() != written || trailer.checksum() != (int) checksum.getValue()) {
            throw new PartFailedException(RaftError.EINTERNAL, "the checksum of the image does not match");
        }
        return new ReceivedImage(trailer.meta(), this.spool);
    }

    private GetFileResponse part(Endpoint leader, long readerId, long offset) throws PartFailedException {
        GetFileRequest request = GetFileRequest.newBuilder()
            .setReaderId(readerId)
            .setFilename("image")
            .setOffset(offset)
            .setCount(ImageSender.PART_BYTES)
            .setReadPartly(true)
            .build();
        for (int attempt = 1;; attempt++) {
            try {
                CompletableFuture<GetFileResponse> answer = new CompletableFuture<>();
                // The engine's future is only for canceling; the closure hears of every
                // outcome.
                var unused = this.client.getFile(leader, request, REQUEST_TIMEOUT_MILLIS,
                        new RpcResponseClosureAdapter<>() {

                            @Override
                            public void run(Status status) {
                                if (status.isOk()) {
                                    answer.complete(getResponse());
                                }
                                else {
                                    answer.completeExceptionally(
                                            new PartFailedException(status.getRaftError(), status.getErrorMsg()));
                                }
                            }

                        });
                return answer.get(2L * REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            }
            catch (ExecutionException ex) {
                boolean notYet = ex.getCause() instanceof PartFailedException failed
                        && failed.error == RaftError.EAGAIN;
                attempt -= notYet ? 1 : 0;
                pauseOrGiveUp(attempt, String.valueOf(ex.getCause()));
            }
            catch (TimeoutException ex) {
                pauseOrGiveUp(attempt, "no answer");
            }
            catch (InterruptedException ex) {
                throw new PartFailedException(RaftError.ECANCELED, "interrupted");
            }
        }
    }

    private void pauseOrGiveUp(int attempt, String reason) throws PartFailedException {
        try {
            if (this.cancelled.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new PartFailedException(RaftError.ECANCELED, "canceled");
            }
        }
        catch (InterruptedException ex) {
            throw new PartFailedException(RaftError.ECANCELED, "interrupted");
        }
        if (attempt >= MAX_ATTEMPTS) {
            throw new PartFailedException(RaftError.EINTERNAL, reason);
        }
    }

    /** A part could not be had; nothing is wrong with the own disk. */
    private static final class PartFailedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final RaftError error;

        PartFailedException(RaftError error, String message) {
            super(message);
            this.error = error;
        }

    }

}
