/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.error.RetryAgainException;
import com.alipay.sofa.jraft.storage.io.FileReader;
import com.alipay.sofa.jraft.util.ByteBufferCollector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.raft.RaftStateMachine;

/**
 * Hands an image to the member that asks for it, part by part, as fast as it asks. The
 * state machine writes the image on a thread of its own and stops when
 * {@value #QUEUED_PARTS} parts wait; nothing is spooled on this side. Each part can be
 * asked for again until the next one is asked for.
 */
final class ImageSender implements FileReader {

    /** Size of all parts but the last two. */
    static final int PART_BYTES = 512 << 10;

    private static final int QUEUED_PARTS = 2;

    /** How long a request waits for the next part before it is told to come again. */
    private static final long PART_WAIT_MILLIS = 1000;

    /** A receiver that asks for nothing for so long is gone; its image is closed. */
    private static final long IDLE_SECONDS = 60;

    private static final byte[] END = new byte[0];

    private static final Logger logger = LoggerFactory.getLogger(ImageSender.class);

    private final RaftStateMachine.Image image;

    private final SnapshotMeta meta;

    private final BlockingQueue<byte[]> parts = new ArrayBlockingQueue<>(QUEUED_PARTS);

    private volatile boolean closed;

    private volatile boolean done;

    private volatile @Nullable String failure;

    private byte[] part = END;

    private long partAt;

    ImageSender(RaftStateMachine.Image image, SnapshotMeta meta) {
        this.image = image;
        this.meta = meta;
    }

    void start(long id) {
        Thread thread = new Thread(this::write, "kv-raft-image-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells whether the image is no longer held. */
    boolean isDone() {
        return this.done;
    }

    void close() {
        this.closed = true;
        this.parts.clear();
    }

    @Override
    public String getPath() {
        return "image";
    }

    @Override
    public synchronized int readFile(ByteBufferCollector target, String fileName, long offset, long maxCount)
            throws IOException, RetryAgainException {
        if (offset == this.partAt + this.part.length) {
            long next = offset;
            this.part = nextPart();
            this.partAt = next;
        }
        else if (offset != this.partAt) {
            throw new IOException("The image is at offset " + this.partAt + ", not at " + offset);
        }
        if (this.part.length > maxCount) {
            throw new IOException("Parts of an image have " + PART_BYTES + " bytes, asked for were " + maxCount);
        }
        if (this.part == END) {
            return EOF;
        }
        target.put(this.part);
        return this.part.length;
    }

    private byte[] nextPart() throws IOException, RetryAgainException {
        byte[] next = null;
        try {
            next = this.parts.poll(PART_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        if (this.failure != null) {
            throw new IOException(this.failure);
        }
        if (next == null) {
            throw new RetryAgainException("The next part of the image is not there yet");
        }
        return next;
    }

    private void write() {
        try (this.image; PartOutput out = new PartOutput()) {
            this.image.writeTo(out);
            out.flush();
            out.offer(new ImageTrailer(this.meta, out.written, (int) out.checksum.getValue()).encode());
            out.offer(END);
            logger.info("Sent an image of the state: index={} appliedIndex={} bytes={}",
                    this.meta.getLastIncludedIndex(), this.image.appliedIndex(), out.written);
        }
        catch (IOException | RuntimeException ex) {
            this.failure = String.valueOf(ex.getMessage());
            if (!this.closed) {
                logger.warn("Could not send an image of the state", ex);
            }
        }
        finally {
            this.done = true;
        }
    }

    /** Cuts what the state machine writes into parts. Confined to the writing thread. */
    private final class PartOutput extends OutputStream {

        private final byte[] buffer = new byte[PART_BYTES];

        private final CRC32C checksum = new CRC32C();

        private int filled;

        private long written;

        @Override
        public void write(int value) throws IOException {
            write(new byte[] { (byte) value }, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                int count = Math.min(left, this.buffer.length - this.filled);
                System.arraycopy(bytes, from, this.buffer, this.filled, count);
                this.filled += count;
                from += count;
                left -= count;
                if (this.filled == this.buffer.length) {
                    flush();
                }
            }
        }

        /** Hands over what is there, even if it is less than a part. */
        @Override
        public void flush() throws IOException {
            if (this.filled > 0) {
                this.checksum.update(this.buffer, 0, this.filled);
                this.written += this.filled;
                byte[] next = Arrays.copyOf(this.buffer, this.filled);
                this.filled = 0;
                offer(next);
            }
        }

        private void offer(byte[] next) throws IOException {
            try {
                for (long waited = 0; !ImageSender.this.closed && waited < IDLE_SECONDS; waited++) {
                    if (ImageSender.this.parts.offer(next, 1, TimeUnit.SECONDS)) {
                        return;
                    }
                }
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException().initCause(ex);
            }
            throw new IOException(ImageSender.this.closed ? "The image was closed" : "Nobody asks for the image");
        }

    }

}
