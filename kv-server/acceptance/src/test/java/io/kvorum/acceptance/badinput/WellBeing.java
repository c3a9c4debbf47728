/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.badinput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** How a member felt before the bad input, to compare with afterwards. */
final class WellBeing {

    private static final ByteString KEY = ByteString.copyFromUtf8("well-being");

    private static final ByteString VALUE = ByteString.copyFromUtf8("still here");

    private static final int SPARE_FILES = 30;

    private static final long RESIDENT_LIMIT_KIB = 768 * 1024;

    private final MemberProcess member;

    private final long openFiles;

    private WellBeing(MemberProcess member) {
        this.member = member;
        this.openFiles = openFiles(member.pid());
    }

    /** Writes something to lose and counts what may leak. */
    static WellBeing of(MemberProcess member) {
        try (KvClient client = new KvClient(member.endpoint())) {
            client.kv().put(PutRequest.newBuilder().setKey(KEY).setValue(VALUE).build());
        }
        return new WellBeing(member);
    }

    /**
     * Same process, same data, new writes, no leaked descriptor, memory within its
     * bounds.
     */
    void verify() {
        assertThat(this.member.isRunning()).as("alive%n%s", this.member.logTail()).isTrue();
        assertThat(this.member.isHealthy()).as("healthy%n%s", this.member.logTail()).isTrue();
        verifyServing();
        Awaitility.await("open files back to " + this.openFiles)
            .atMost(Duration.ofSeconds(40))
            .untilAsserted(
                    () -> assertThat(openFiles(this.member.pid())).isLessThanOrEqualTo(this.openFiles + SPARE_FILES));
        assertThat(residentKib(this.member.pid())).as("resident memory in KiB").isLessThan(RESIDENT_LIMIT_KIB);
    }

    /** Reads the old and writes the new. */
    void verifyServing() {
        try (KvClient client = new KvClient(this.member.endpoint())) {
            assertThat(client.kv().range(RangeRequest.newBuilder().setKey(KEY).build()).getKvs(0).getValue())
                .isEqualTo(VALUE);
            client.kv().put(PutRequest.newBuilder().setKey(KEY).setValue(VALUE).build());
        }
    }

    private static long openFiles(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.count();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static long residentKib(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter((line) -> line.startsWith("VmRSS:"))
                .mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
