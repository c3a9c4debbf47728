/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.Invariant;
import io.kvorum.server.raft.disk.ChecksummedFile;
import io.kvorum.server.raft.disk.DamagedFileException;
import io.kvorum.server.raft.disk.DiskMetrics;

/**
 * The log as a row of segment files. Writing methods are for one thread at a time;
 * {@link #read}, {@link #firstIndex} and {@link #lastIndex} are for any.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>The segments cover one interval of indexes without a gap.</li>
 * <li>What {@link #append} returned from is durable; what it failed to write is cut off
 * again before the next append or open, because after a failed sync the file may show
 * bytes that the disk does not have.</li>
 * <li>A crash at any point of a truncation leaves an interval without a gap.</li>
 * </ol>
 */
final class SegmentedLog {

    /** How long the files of dropped segments stay open for readers that just began. */
    private static final long RETIREMENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int BUFFER_BYTES = 1 << 20;

    private static final Logger logger = LoggerFactory.getLogger(SegmentedLog.class);

    private final Path directory;

    private final long segmentBytes;

    private final boolean fsync;

    private final DiskMetrics metrics;

    private final Clock clock;

    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    private final List<Segment> retired = new ArrayList<>();

    private @Nullable ByteBuffer buffer;

    private long retiredAt;

    private boolean needsRepair;

    private volatile long firstIndex = 1;

    private volatile long lastIndex;

    SegmentedLog(Path directory, long segmentBytes, boolean fsync, DiskMetrics metrics, Clock clock) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.fsync = fsync;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Opens what is on disk, and repairs what a crash or a failed write left.
     * @param configurationType type of the records that are handed to the consumer
     * @param configurations gets every record of that type, in log order
     * @throws DamagedFileException if the log is damaged beyond a torn tail
     */
    void open(byte configurationType, Consumer<LogRecord> configurations) throws IOException {
        repairFailedWrite();
        closeSegments();
        Files.createDirectories(this.directory);
        List<Path> files = files();
        if (!files.isEmpty() && SegmentScanner.isUnfinished(files.get(files.size() - 1))) {
            Path unfinished = files.remove(files.size() - 1);
            Files.delete(unfinished);
            logger.info("Removed a segment of the Raft log that a crash left without a header: file={}", unfinished);
        }
        long next = -1;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            if (next >= 0 && Segment.firstIndexOf(file) != next) {
                throw new DamagedFileException(Segment.pathOf(this.directory, next), 0,
                        "the segment is missing, the next one is " + file.getFileName());
            }
            Segment segment = new SegmentScanner(file, i == files.size() - 1, this.fsync, configurationType,
                    configurations)
                .scan();
            this.segments.put(segment.firstIndex(), segment);
            next = segment.lastIndex() + 1;
        }
        this.firstIndex = files.isEmpty() ? 1 : this.segments.firstKey();
        this.lastIndex = files.isEmpty() ? 0 : next - 1;
    }

    /**
     * Returns the first index.
     * @return the index of the first entry, or of the next one if there is none
     */
    long firstIndex() {
        return this.firstIndex;
    }

    long lastIndex() {
        return this.lastIndex;
    }

    /** Returns the size of the entries after an index. */
    long sizeBytesBehind(long index) {
        Long from = this.segments.floorKey(index + 1);
        long total = 0;
        for (Segment segment : ((from != null) ? this.segments.tailMap(from) : this.segments).values()) {
            total += segment.sizeBytesBehind(index);
        }
        return total;
    }

    /** Appends records with the indexes that follow the last one; durable on return. */
    void append(List<LogRecord> records) throws IOException {
        closeRetired(false);
        if (records.isEmpty()) {
            return;
        }
        Invariant.check(records.get(0).index() == this.lastIndex + 1, "Entry %d must not follow entry %d in the log",
                records.get(0).index(), this.lastIndex);
        repairFailedWrite();
        Segment segment = segmentForAppend();
        this.needsRepair = true;
        long before = segment.sizeBytes();
        segment.write(records, buffer());
        if (this.fsync) {
            long start = this.clock.nanoTime();
            segment.force();
            this.metrics.synced(this.clock.nanoTime() - start);
        }
        this.needsRepair = false;
        segment.publish(records.size());
        this.lastIndex = segment.lastIndex();
        this.metrics.written(segment.sizeBytes() - before);
    }

    /** Reads and verifies an entry; {@code null} if the log does not have it. */
    @Nullable LogRecord read(long index) throws IOException {
        Map.Entry<Long, Segment> entry = this.segments.floorEntry(index);
        LogRecord record = (entry != null) ? entry.getValue().read(index) : null;
        return (record != null) ? record : readRetired(index);
    }

    /**
     * Drops whole segments below an index. Entries below it in the first remaining
     * segment stay on disk, but {@link #firstIndex} does not count them until the next
     * open.
     */
    void truncatePrefix(long firstKept) throws IOException {
        if (firstKept > this.lastIndex) {
            reset(firstKept);
            return;
        }
        while (true) {
            Map.Entry<Long, Segment> first = this.segments.firstEntry();
            if (first == null || first.getValue().lastIndex() >= firstKept) {
                break;
            }
            this.segments.remove(first.getKey());
            retire(first.getValue());
        }
        this.firstIndex = Math.max(this.firstIndex, firstKept);
        syncDirectory();
    }

    /** Drops everything behind an index; durable on return. */
    void truncateSuffix(long lastKept) throws IOException {
        if (lastKept >= this.lastIndex) {
            return;
        }
        // From the end, so that a crash leaves no gap.
        while (this.segments.size() > 1 && this.segments.lastKey() > lastKept) {
            drop(Objects.requireNonNull(this.segments.pollLastEntry()).getValue());
        }
        syncDirectory();
        Segment last = Objects.requireNonNull(this.segments.lastEntry()).getValue();
        last.truncateBehind(Math.max(lastKept, last.firstIndex() - 1), this.fsync);
        this.lastIndex = lastKept;
    }

    /** Drops everything; the next entry has the given index. */
    void reset(long nextIndex) throws IOException {
        // From the end: should a crash leave a part, then it is a beginning without a
        // gap.
        while (!this.segments.isEmpty()) {
            drop(Objects.requireNonNull(this.segments.pollLastEntry()).getValue());
        }
        this.needsRepair = false;
        syncDirectory();
        this.firstIndex = nextIndex;
        this.lastIndex = nextIndex - 1;
        addSegment(nextIndex);
    }

    void close() {
        if (this.needsRepair) {
            try {
                repairFailedWrite();
            }
            catch (IOException ex) {
                logger.warn("The rest of a failed write stays in the Raft log until it is opened again: directory={}",
                        this.directory, ex);
            }
        }
        closeRetired(true);
        if (!this.needsRepair) {
            closeSegments();
        }
        this.buffer = null;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(this.directory)) {
            return new ArrayList<>(files.filter((file) -> Segment.firstIndexOf(file) >= 0).sorted().toList());
        }
    }

    private void repairFailedWrite() throws IOException {
        if (this.needsRepair) {
            Segment last = Objects.requireNonNull(this.segments.lastEntry()).getValue();
            last.cutUnpublished(this.fsync);
            this.needsRepair = false;
        }
    }

    private void closeSegments() {
        this.segments.values().forEach(Segment::close);
        this.segments.clear();
    }

    private Segment segmentForAppend() throws IOException {
        Map.Entry<Long, Segment> last = this.segments.lastEntry();
        if (last != null && last.getValue().sizeBytes() < this.segmentBytes) {
            return last.getValue();
        }
        return addSegment(this.lastIndex + 1);
    }

    private Segment addSegment(long first) throws IOException {
        Segment segment = Segment.create(this.directory, first, this.fsync);
        try {
            syncDirectory();
        }
        catch (IOException ex) {
            segment.close();
            segment.delete();
            throw ex;
        }
        this.segments.put(first, segment);
        return segment;
    }

    private ByteBuffer buffer() {
        ByteBuffer buffer = this.buffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            this.buffer = buffer;
        }
        return buffer;
    }

    private static void drop(Segment segment) throws IOException {
        segment.close();
        segment.delete();
    }

    /**
     * Deletes a file whose entries a slow follower may be reading right now: the engine
     * takes an entry that it thinks it has and cannot read for a broken disk.
     */
    private void retire(Segment segment) throws IOException {
        segment.delete();
        synchronized (this.retired) {
            this.retired.add(segment);
            this.retiredAt = this.clock.nanoTime();
        }
    }

    private void closeRetired(boolean all) {
        synchronized (this.retired) {
            if (!this.retired.isEmpty() && (all || this.clock.nanoTime() - this.retiredAt > RETIREMENT_NANOS)) {
                this.retired.forEach(Segment::close);
                this.retired.clear();
            }
        }
    }

    private @Nullable LogRecord readRetired(long index) throws IOException {
        synchronized (this.retired) {
            for (Segment segment : this.retired) {
                if (index >= segment.firstIndex() && index <= segment.lastIndex()) {
                    return segment.read(index);
                }
            }
            return null;
        }
    }

    private void syncDirectory() throws IOException {
        if (this.fsync) {
            ChecksummedFile.syncDirectory(this.directory);
        }
    }

}
