/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.raft.disk.DamagedFileException;

/**
 * Reads a segment from its beginning at start-up and decides what a bad record means: the
 * rest of a write that a crash cut off, which is removed, or damage, which is refused.
 */
final class SegmentScanner {

    private static final Logger logger = LoggerFactory.getLogger(SegmentScanner.class);

    private static final int WINDOW_BYTES = 1 << 20;

    private final Path path;

    private final long firstIndex;

    private final boolean last;

    private final boolean fsync;

    private final Consumer<LogRecord> configurations;

    private final byte configurationType;

    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);

    private long windowAt;

    SegmentScanner(Path path, boolean last, boolean fsync, byte configurationType, Consumer<LogRecord> configurations) {
        this.path = path;
        this.firstIndex = Segment.firstIndexOf(path);
        this.last = last;
        this.fsync = fsync;
        this.configurationType = configurationType;
        this.configurations = configurations;
        this.window.limit(0);
    }

    /**
     * Tells whether the file is what a crash left of the creation of a segment: less than
     * a header. Nothing was ever in it.
     */
    static boolean isUnfinished(Path path) throws IOException {
        return Files.size(path) < SegmentHeader.BYTES;
    }

    /** Opens the segment with an index of its records. */
    Segment scan() throws IOException {
        Segment segment = new Segment(this.path, this.firstIndex);
        try (FileChannel channel = FileChannel.open(this.path, StandardOpenOption.READ)) {
            long size = channel.size();
            fill(channel, 0, SegmentHeader.BYTES);
            SegmentHeader.verify(this.window.slice(0, (int) Math.min(size, SegmentHeader.BYTES)), this.path,
                    this.firstIndex);
            long offset = SegmentHeader.BYTES;
            long index = this.firstIndex;
            while (offset < size) {
                int length = verifiedLength(channel, offset, size, index);
                if (length < 0) {
                    repair(segment, channel, offset, size, index);
                    return segment;
                }
                offset += length;
                segment.found(offset);
                index++;
            }
            return segment;
        }
        catch (IOException | RuntimeException ex) {
            segment.close();
            throw ex;
        }
    }

    /** Returns the size of the record at an offset, or -1 if there is no valid one. */
    private int verifiedLength(FileChannel channel, long offset, long size, long index) throws IOException {
        if (size - offset < LogRecord.HEADER_BYTES) {
            return -1;
        }
        int at = fill(channel, offset, LogRecord.HEADER_BYTES);
        int dataLength = this.window.getInt(at);
        byte type = this.window.get(at + 24);
        if (dataLength < 0 || dataLength > LogRecord.MAX_DATA_BYTES
                || dataLength > size - offset - LogRecord.HEADER_BYTES || this.window.getLong(at + 8) != index
                || type < 0 || type > LogRecord.MAX_TYPE) {
            return -1;
        }
        int expected = this.window.getInt(at + 4);
        long term = this.window.getLong(at + 16);
        CRC32C crc = new CRC32C();
        LogRecord.updateHeader(crc, this.window, at);
        ByteBuffer kept = (type == this.configurationType) ? ByteBuffer.allocate(dataLength) : null;
        long position = offset + LogRecord.HEADER_BYTES;
        int left = dataLength;
        while (left > 0) {
            int part = Math.min(left, WINDOW_BYTES);
            ByteBuffer data = this.window.duplicate();
            int from = fill(channel, position, part);
            data.limit(from + part).position(from);
            if (kept != null) {
                kept.put(data.duplicate());
            }
            crc.update(data);
            position += part;
            left -= part;
        }
        if ((int) crc.getValue() != expected) {
            return -1;
        }
        if (kept != null) {
            this.configurations.accept(new LogRecord(index, term, type, kept.flip()));
        }
        return LogRecord.HEADER_BYTES + dataLength;
    }

    private void repair(Segment segment, FileChannel channel, long offset, long size, long index) throws IOException {
        if (!this.last) {
            throw new DamagedFileException(this.path, offset,
                    "entry " + index + " is missing or its checksum does not match, and later segments exist");
        }
        long validBehind = findValidBehind(channel, offset, size, index);
        if (validBehind >= 0) {
            throw new DamagedFileException(this.path, offset, "entry " + index
                    + " is missing or its checksum does not match, but a valid entry follows at offset " + validBehind);
        }
        segment.cutUnpublished(this.fsync);
        logger.info("Removed the torn tail of the Raft log: file={} offset={} bytes={} nextIndex={}", this.path, offset,
                size - offset, index);
    }

    /**
     * Looks for any valid record behind a bad one, at every offset, because the bad one's
     * length cannot be trusted. A write that was cut off has none: its bytes were the
     * last ones.
     */
    private long findValidBehind(FileChannel channel, long offset, long size, long index) throws IOException {
        long maxIndex = index + (size - offset) / LogRecord.HEADER_BYTES + 1;
        for (long at = offset + 1; at <= size - LogRecord.HEADER_BYTES; at++) {
            int in = fill(channel, at, LogRecord.HEADER_BYTES);
            long candidate = this.window.getLong(in + 8);
            if (candidate >= index && candidate <= maxIndex && verifiedLength(channel, at, size, candidate) >= 0) {
                return at;
            }
        }
        return -1;
    }

    /** Makes bytes of the file available in the window and returns where. */
    private int fill(FileChannel channel, long offset, int length) throws IOException {
        long in = offset - this.windowAt;
        if (in >= 0 && in + length <= this.window.limit()) {
            return (int) in;
        }
        this.window.clear();
        this.windowAt = offset;
        while (this.window.hasRemaining()) {
            if (channel.read(this.window, offset + this.window.position()) < 0) {
                break;
            }
        }
        this.window.flip();
        return 0;
    }

}
