/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.raft.disk.DamagedFileException;

/**
 * One file of the log. Confined to the log's writer, except {@link #read}, {@link #count}
 * and {@link #firstIndex}, which any thread may call.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>Record {@code i} lies between {@code offsets[i]} and {@code offsets[i + 1]}.</li>
 * <li>Records below {@code count} are durable; only they are readable.</li>
 * <li>Readers and the writer use different channels, because an interrupted reader closes
 * the one that it reads from.</li>
 * </ol>
 */
final class Segment {

    private static final String SUFFIX = ".log";

    private final Path path;

    private final long firstIndex;

    private final FileChannel writer;

    private final Object readerLock = new Object();

    private volatile FileChannel reader;

    private volatile int[] offsets;

    private volatile int count;

    private volatile boolean closed;

    Segment(Path path, long firstIndex) throws IOException {
        this.path = path;
        this.firstIndex = firstIndex;
        this.writer = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.reader = FileChannel.open(path, StandardOpenOption.READ);
        this.offsets = new int[1024];
        this.offsets[0] = SegmentHeader.BYTES;
    }

    static Path pathOf(Path directory, long firstIndex) {
        return directory.resolve(String.format(Locale.ROOT, "%020d%s", firstIndex, SUFFIX));
    }

    /** Returns the first index that a file name stands for, or -1 for other files. */
    static long firstIndexOf(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.length() != 20 + SUFFIX.length() || !name.endsWith(SUFFIX)
                || !name.chars().limit(20).allMatch((c) -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(name.substring(0, 20));
    }

    /** Creates the file with its header, durable if {@code fsync}. */
    static Segment create(Path directory, long firstIndex, boolean fsync) throws IOException {
        Path path = pathOf(directory, firstIndex);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = SegmentHeader.encode(firstIndex);
            while (header.hasRemaining()) {
                channel.write(header);
            }
            if (fsync) {
                channel.force(true);
            }
        }
        catch (IOException ex) {
            Files.deleteIfExists(path);
            throw ex;
        }
        return new Segment(path, firstIndex);
    }

    Path path() {
        return this.path;
    }

    long firstIndex() {
        return this.firstIndex;
    }

    int count() {
        return this.count;
    }

    long lastIndex() {
        return this.firstIndex + this.count - 1;
    }

    long sizeBytes() {
        return this.offsets[this.count];
    }

    /** Returns the size of the readable records after an index; any thread. */
    long sizeBytesBehind(long index) {
        int[] current = this.offsets;
        int published = Math.min(this.count, current.length - 1);
        long slot = Math.max(0, index + 1 - this.firstIndex);
        return (slot < published) ? current[published] - current[(int) slot] : 0;
    }

    /** Writes records behind the last one; {@link #publish} makes them readable. */
    void write(List<LogRecord> records, ByteBuffer buffer) throws IOException {
        long position = sizeBytes();
        int next = this.count;
        buffer.clear();
        for (LogRecord record : records) {
            if (buffer.remaining() < LogRecord.HEADER_BYTES) {
                position += drain(buffer, position);
            }
            record.encodeHeader(buffer);
            ByteBuffer data = record.data().duplicate();
            while (data.hasRemaining()) {
                int part = Math.min(buffer.remaining(), data.remaining());
                buffer.put(data.slice(data.position(), part));
                data.position(data.position() + part);
                if (!buffer.hasRemaining()) {
                    position += drain(buffer, position);
                }
            }
            next++;
            setOffset(next, position + buffer.position());
        }
        drain(buffer, position);
    }

    void force() throws IOException {
        this.writer.force(false);
    }

    void publish(int records) {
        int published = this.count;
        this.count = published + records;
    }

    /** Notes a record that recovery found in the file. */
    void found(long endOffset) {
        int next = this.count + 1;
        setOffset(next, endOffset);
        this.count = next;
    }

    /** Cuts the file behind the given index; durable afterwards. */
    void truncateBehind(long lastKept, boolean fsync) throws IOException {
        int kept = Math.toIntExact(lastKept - this.firstIndex + 1);
        this.count = kept;
        cut(this.offsets[kept], fsync);
    }

    /** Cuts what lies behind the last published record: the rest of a failed write. */
    void cutUnpublished(boolean fsync) throws IOException {
        cut(sizeBytes(), fsync);
    }

    /**
     * Reads one record and verifies it.
     * @return the record, or {@code null} if it is not here (any more)
     */
    @Nullable LogRecord read(long index) throws IOException {
        int[] offsets = this.offsets;
        long slot = index - this.firstIndex;
        if (slot < 0 || slot >= this.count || slot + 1 >= offsets.length) {
            return null;
        }
        int start = offsets[(int) slot];
        int length = offsets[(int) slot + 1] - start;
        if (length < LogRecord.HEADER_BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (!readFully(bytes, start)) {
            return null;
        }
        bytes.flip();
        int dataLength = bytes.getInt(0);
        CRC32C crc = new CRC32C();
        LogRecord.updateHeader(crc, bytes, 0);
        crc.update(bytes.array(), LogRecord.HEADER_BYTES, length - LogRecord.HEADER_BYTES);
        if (dataLength != length - LogRecord.HEADER_BYTES || bytes.getInt(4) != (int) crc.getValue()
                || bytes.getLong(8) != index) {
            if (slot >= this.count) {
                return null;
            }
            throw new DamagedFileException(this.path, start, "the checksum of entry " + index + " does not match");
        }
        return new LogRecord(index, bytes.getLong(16), bytes.get(24), bytes.slice(LogRecord.HEADER_BYTES, dataLength));
    }

    void close() {
        this.closed = true;
        closeQuietly(this.writer);
        synchronized (this.readerLock) {
            closeQuietly(this.reader);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(this.path);
    }

    private int drain(ByteBuffer buffer, long position) throws IOException {
        buffer.flip();
        int written = 0;
        while (buffer.hasRemaining()) {
            written += this.writer.write(buffer, position + written);
        }
        buffer.clear();
        return written;
    }

    private void cut(long size, boolean fsync) throws IOException {
        this.writer.truncate(size);
        if (fsync) {
            this.writer.force(true);
        }
    }

    private void setOffset(int slot, long offset) {
        int[] current = this.offsets;
        if (slot >= current.length) {
            current = Arrays.copyOf(current, current.length * 2);
            this.offsets = current;
        }
        current[slot] = Math.toIntExact(offset);
    }

    private boolean readFully(ByteBuffer target, long position) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel channel = this.reader;
                try {
                    while (target.hasRemaining()) {
                        int read = channel.read(target, position + target.position());
                        if (read < 0) {
                            return false;
                        }
                    }
                    return true;
                }
                catch (ClosedByInterruptException ex) {
                    interrupted |= Thread.interrupted();
                    reopen(channel);
                }
                catch (ClosedChannelException ex) {
                    if (this.closed) {
                        return false;
                    }
                    reopen(channel);
                }
            }
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void reopen(FileChannel broken) throws IOException {
        synchronized (this.readerLock) {
            if (this.closed) {
                throw new ClosedChannelException();
            }
            if (this.reader == broken) {
                this.reader = FileChannel.open(this.path, StandardOpenOption.READ);
            }
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        }
        catch (IOException ex) {
            // Everything that matters was forced before; there is nothing left to lose.
            return;
        }
    }

}
