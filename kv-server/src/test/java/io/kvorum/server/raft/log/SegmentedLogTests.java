/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.kvorum.server.common.Clock;
import io.kvorum.server.raft.disk.DamagedFileException;
import io.kvorum.server.raft.disk.DiskMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The log keeps what it acknowledged, repairs what a crash left, refuses damage. */
class SegmentedLogTests {

    private static final byte DATA = 2;

    private static final byte CONFIGURATION = 3;

    @TempDir
    private Path directory;

    @Test
    void emptyLogBeginsAtOne() throws IOException {
        SegmentedLog log = open(1 << 20);
        assertThat(log.firstIndex()).isEqualTo(1);
        assertThat(log.lastIndex()).isZero();
        assertThat(log.read(1)).isNull();
        log.close();
    }

    @Test
    void entriesAreThereAfterReopening() throws IOException {
        SegmentedLog log = open(1 << 20);
        log.append(List.of(record(1, "a"), record(2, ""), record(3, "c".repeat(3_000_000))));
        log.append(List.of(record(4, "d")));
        log.close();
        log = open(1 << 20);
        assertThat(log.lastIndex()).isEqualTo(4);
        assertThat(text(log, 1)).isEqualTo("a");
        assertThat(text(log, 2)).isEmpty();
        assertThat(text(log, 3)).hasSize(3_000_000);
        assertThat(text(log, 4)).isEqualTo("d");
        assertThat(Objects.requireNonNull(log.read(4)).term()).isEqualTo(7);
        log.close();
    }

    @Test
    void configurationsAreFoundAgain() throws IOException {
        SegmentedLog log = open(100);
        log.append(List.of(record(1, "a"), new LogRecord(2, 7, CONFIGURATION, bytes("voters"))));
        log.append(List.of(record(3, "b")));
        log.close();
        List<String> found = new ArrayList<>();
        log = newLog(100);
        log.open(CONFIGURATION, (record) -> found.add(record.index() + " " + text(record)));
        assertThat(found).containsExactly("2 voters");
        log.close();
    }

    @Test
    void prefixGoesBySegments() throws IOException {
        SegmentedLog log = open(200);
        for (int i = 1; i <= 40; i++) {
            log.append(List.of(record(i, "value-" + i)));
        }
        int before = files().size();
        assertThat(before).isGreaterThan(4);
        log.truncatePrefix(25);
        assertThat(log.firstIndex()).isEqualTo(25);
        assertThat(files().size()).isLessThan(before);
        assertThat(text(log, 3)).as("a reader that just began still finds it").isEqualTo("value-3");
        log.close();
        log = open(200);
        assertThat(log.firstIndex()).isBetween(20L, 25L);
        assertThat(log.lastIndex()).isEqualTo(40);
        assertThat(text(log, 25)).isEqualTo("value-25");
        log.truncatePrefix(100);
        assertThat(log.firstIndex()).isEqualTo(100);
        assertThat(log.lastIndex()).isEqualTo(99);
        log.close();
        log = open(200);
        assertThat(log.firstIndex()).isEqualTo(100);
        log.append(List.of(record(100, "next")));
        assertThat(text(log, 100)).isEqualTo("next");
        log.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 9, 20, 39 })
    void suffixIsReplaced(int lastKept) throws IOException {
        SegmentedLog log = open(200);
        for (int i = 1; i <= 40; i++) {
            log.append(List.of(record(i, "value-" + i)));
        }
        log.truncateSuffix(lastKept);
        assertThat(log.lastIndex()).isEqualTo(lastKept);
        assertThat(log.read(lastKept + 1)).isNull();
        log.append(List.of(record(lastKept + 1, "other")));
        log.close();
        log = open(200);
        assertThat(log.lastIndex()).isEqualTo(lastKept + 1);
        assertThat(text(log, lastKept + 1)).isEqualTo("other");
        for (int i = 1; i <= lastKept; i++) {
            assertThat(text(log, i)).isEqualTo("value-" + i);
        }
        log.close();
    }

    @Test
    void resetBeginsANewLog() throws IOException {
        SegmentedLog log = open(200);
        for (int i = 1; i <= 40; i++) {
            log.append(List.of(record(i, "value-" + i)));
        }
        log.reset(1000);
        log.append(List.of(record(1000, "x")));
        log.close();
        log = open(200);
        assertThat(log.firstIndex()).isEqualTo(1000);
        assertThat(log.lastIndex()).isEqualTo(1000);
        log.close();
    }

    @Test
    void aTailTornAtAnyByteIsRemoved() throws IOException {
        SegmentedLog log = open(1 << 20);
        log.append(List.of(record(1, "first")));
        log.append(List.of(record(2, "second")));
        log.close();
        Path file = files().get(0);
        long sound = Files.size(file);
        log = open(1 << 20);
        log.append(List.of(record(3, "the last record, which was being written")));
        log.close();
        byte[] whole = Files.readAllBytes(file);
        for (int size = (int) sound; size < whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            assertRepaired(file, sound, "cut at " + size);
            byte[] zeros = Arrays.copyOf(whole, size);
            Files.write(file, Arrays.copyOf(zeros, whole.length));
            assertRepaired(file, sound, "zeros from " + size);
        }
    }

    @Test
    void aFlippedBitInTheMiddleIsRefused() throws IOException {
        SegmentedLog log = open(1 << 20);
        for (int i = 1; i <= 5; i++) {
            log.append(List.of(record(i, "value-" + i)));
        }
        log.close();
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        int lastRecord = whole.length - record(5, "value-5").sizeBytes();
        for (int at = 0; at < lastRecord; at++) {
            // The four bytes behind the header's checksum are not used.
            if (at >= 28 && at < SegmentHeader.BYTES) {
                continue;
            }
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            Files.write(file, damaged);
            assertThatExceptionOfType(IOException.class).as("byte %s", at)
                .isThrownBy(() -> open(1 << 20))
                .withMessageContaining(file.toString());
        }
    }

    @Test
    void damageNamesFileOffsetAndTheWayOut() throws IOException {
        SegmentedLog log = open(1 << 20);
        log.append(List.of(record(1, "a")));
        log.append(List.of(record(2, "b")));
        log.close();
        Path file = files().get(0);
        byte[] damaged = Files.readAllBytes(file);
        damaged[SegmentHeader.BYTES + LogRecord.HEADER_BYTES] ^= 1;
        Files.write(file, damaged);
        assertThatExceptionOfType(DamagedFileException.class).isThrownBy(() -> open(1 << 20))
            .withMessageContaining(file.toString())
            .withMessageContaining("offset " + SegmentHeader.BYTES)
            .withMessageContaining("let it rejoin")
            .withMessageContaining("restore a snapshot");
    }

    @Test
    void damageBeforeTheLastSegmentIsRefused() throws IOException {
        SegmentedLog log = open(100);
        for (int i = 1; i <= 20; i++) {
            log.append(List.of(record(i, "value-" + i)));
        }
        log.close();
        Path second = files().get(1);
        byte[] whole = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(whole, whole.length - 1));
        assertThatExceptionOfType(DamagedFileException.class).isThrownBy(() -> open(100))
            .withMessageContaining(second.toString());
        Files.delete(second);
        assertThatExceptionOfType(DamagedFileException.class).isThrownBy(() -> open(100))
            .withMessageContaining(second.toString())
            .withMessageContaining("missing");
    }

    @Test
    void aSegmentWithoutHeaderIsRemoved() throws IOException {
        SegmentedLog log = open(1 << 20);
        log.append(List.of(record(1, "a")));
        log.close();
        Files.write(Segment.pathOf(this.directory, 2), new byte[10]);
        log = open(1 << 20);
        assertThat(log.lastIndex()).isEqualTo(1);
        log.append(List.of(record(2, "b")));
        log.close();
        log = open(1 << 20);
        assertThat(text(log, 2)).isEqualTo("b");
        log.close();
    }

    @Test
    void anInterruptedReaderDisturbsNobody() throws IOException {
        SegmentedLog log = open(1 << 20);
        log.append(List.of(record(1, "a")));
        Thread.currentThread().interrupt();
        assertThat(text(log, 1)).isEqualTo("a");
        assertThat(Thread.interrupted()).isTrue();
        log.append(List.of(record(2, "b")));
        assertThat(text(log, 2)).isEqualTo("b");
        log.close();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
    void behavesLikeAListThroughCrashes(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        SegmentedLog log = open(2000);
        List<String> model = new ArrayList<>();
        long first = 1;
        for (int step = 0; step < 300; step++) {
            long last = first + model.size() - 1;
            switch (random.nextInt(10)) {
                case 0 -> {
                    long kept = random.nextLong(first - 1, last + 1);
                    log.truncateSuffix(kept);
                    model.subList((int) (kept - first + 1), model.size()).clear();
                }
                case 1 -> {
                    long kept = random.nextLong(first, last + 2);
                    log.truncatePrefix(kept);
                    model.subList(0, (int) (kept - first)).clear();
                    first = kept;
                }
                case 2 -> {
                    log.close();
                    tearTail(random);
                    log = open(2000);
                }
                default -> {
                    List<LogRecord> batch = new ArrayList<>();
                    for (int i = random.nextInt(1, 6); i > 0; i--) {
                        String value = "v" + step + "-" + "x".repeat(random.nextInt(200));
                        model.add(value);
                        batch.add(record(first + model.size() - 1, value));
                    }
                    log.append(batch);
                }
            }
            String description = "seed " + seed + " step " + step;
            assertThat(log.lastIndex()).as(description).isEqualTo(first + model.size() - 1);
            assertThat(log.firstIndex()).as(description).isLessThanOrEqualTo(first);
            for (int i = 0; i < model.size(); i++) {
                assertThat(text(log, first + i)).as(description).isEqualTo(model.get(i));
            }
        }
        log.close();
    }

    /** What a crash in the middle of the next write may leave. */
    private void tearTail(SplittableRandom random) throws IOException {
        List<Path> files = files();
        if (!files.isEmpty()) {
            byte[] rest = new byte[random.nextInt(100)];
            random.nextBytes(rest);
            Path file = files.get(files.size() - 1);
            byte[] whole = Files.readAllBytes(file);
            byte[] torn = Arrays.copyOf(whole, whole.length + rest.length);
            System.arraycopy(rest, 0, torn, whole.length, rest.length);
            Files.write(file, torn);
        }
    }

    private void assertRepaired(Path file, long sound, String description) throws IOException {
        SegmentedLog log = open(1 << 20);
        assertThat(log.lastIndex()).as(description).isEqualTo(2);
        assertThat(Files.size(file)).as(description).isEqualTo(sound);
        log.append(List.of(record(3, "new")));
        assertThat(text(log, 3)).as(description).isEqualTo("new");
        log.close();
    }

    private SegmentedLog newLog(long segmentBytes) {
        return new SegmentedLog(this.directory, segmentBytes, true, DiskMetrics.NONE, Clock.SYSTEM);
    }

    private SegmentedLog open(long segmentBytes) throws IOException {
        SegmentedLog log = newLog(segmentBytes);
        log.open(CONFIGURATION, (record) -> {
        });
        return log;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(this.directory)) {
            return files.filter((file) -> file.toString().endsWith(".log"))
                .sorted(Comparator.comparing(Path::toString))
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static LogRecord record(long index, String value) {
        return new LogRecord(index, 7, DATA, bytes(value));
    }

    private static ByteBuffer bytes(String value) {
        return ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SegmentedLog log, long index) throws IOException {
        return text(Objects.requireNonNull(log.read(index), "no entry " + index));
    }

    private static String text(LogRecord record) {
        return StandardCharsets.UTF_8.decode(record.data().duplicate()).toString();
    }

}
