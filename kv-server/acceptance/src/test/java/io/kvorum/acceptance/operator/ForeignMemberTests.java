/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.operator;

import java.time.Duration;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.proto.etcdserverpb.PutRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A member of another cluster at a known address is not let in. */
class ForeignMemberTests {

    private static final Duration LONGER_THAN_AN_ELECTION = Duration.ofSeconds(5);

    @Test
    void aMemberWithAnotherTokenStaysOutside() {
        try (ClusterProcess cluster = ClusterProcess.prepare(Product.KVORUM, 3);
                MemberProcess foreign = cluster.member(2).withToken("another-cluster")) {
            foreign.launch();
            cluster.member(0).launch();
            cluster.member(1).launch();
            cluster.member(0).awaitHealthy();
            cluster.member(1).awaitHealthy();
            assertThat(put(cluster.member(0))).isTrue();
            Awaitility.await()
                .during(LONGER_THAN_AN_ELECTION)
                .atMost(LONGER_THAN_AN_ELECTION.multipliedBy(2))
                .until(() -> !foreign.isHealthy());
            assertThat(put(foreign)).isFalse();
            assertThat(put(cluster.member(1))).isTrue();
        }
    }

    private static boolean put(MemberProcess member) {
        try (KvClient client = new KvClient(member.endpoint())) {
            client.kv(3_000).put(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build());
            return true;
        }
        catch (StatusRuntimeException refused) {
            return false;
        }
    }

}
