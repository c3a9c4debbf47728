/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.damage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk without space stops writes with an error, not the member: reads go on, and with
 * space writes go on, too.
 */
class FullDiskTests {

    private static final int DISK_MIB = 96;

    private static final int BALLAST_MIB = 48;

    private static final int VALUE_BYTES = 200_000;

    private static final int MOST_WRITES = DISK_MIB * 1024 * 1024 / VALUE_BYTES;

    @Test
    void writesFailWithAClearErrorAndGoOnWhenThereIsSpace() throws IOException {
        try (ClusterProcess server = ClusterProcess.prepare(Product.KVORUM, 1)) {
            MemberProcess member = server.member(0);
            try (SmallDisk disk = SmallDisk.mount(member.spec().dataDirectory(), DISK_MIB, BALLAST_MIB)) {
                member.start();
                fillAndFree(member, disk);
            }
            finally {
                member.kill();
            }
        }
    }

    private static void fillAndFree(MemberProcess member, SmallDisk disk) throws IOException {
        try (KvClient client = new KvClient(member.endpoint())) {
            int written = 0;
            Status refusal = Status.OK;
            while (refusal.isOk() && written < MOST_WRITES) {
                refusal = write(client, written);
                written += refusal.isOk() ? 1 : 0;
            }
            System.out.println("after " + written + " writes: " + refusal);
            assertThat(refusal.getCode()).as("the disk is full, %s", refusal)
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.UNAVAILABLE);
            assertThat(refusal.getDescription()).isNotBlank();
            assertThat(member.isRunning()).as(member.logTail()).isTrue();
            assertThat(Keys.read(client)).startsWith(numbers(written));

            disk.throwBallastAway();
            int next = written + 1;
            Awaitility.await("writes go on\n" + member.logTail())
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> write(client, next).isOk());
            assertThat(Keys.read(client)).contains(numbers(written)).contains(next);

            member.kill();
            member.start();
            assertThat(Keys.read(client)).contains(numbers(written)).contains(next);
        }
    }

    private static Status write(KvClient client, int number) {
        try {
            Keys.write(client, number, VALUE_BYTES);
            return Status.OK;
        }
        catch (StatusRuntimeException ex) {
            return ex.getStatus();
        }
    }

    private static Integer[] numbers(int count) {
        return List.copyOf(IntStream.range(0, count).boxed().toList()).toArray(Integer[]::new);
    }

}
