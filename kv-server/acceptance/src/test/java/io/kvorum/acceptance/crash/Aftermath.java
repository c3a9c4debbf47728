/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.protobuf.ByteString;
import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.proto.etcdserverpb.HashKVRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.mvccpb.KeyValue;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold when every member is back. */
final class Aftermath {

    private final ClusterProcess cluster;

    private final History history;

    Aftermath(ClusterProcess cluster, History history) {
        this.cluster = cluster;
        this.history = history;
    }

    void verify(ResumingWatcher watcher) {
        long revision = settledRevision();
        assertThat(revision).as("no acknowledged revision is lost")
            .isGreaterThanOrEqualTo(this.history.newestRevision());
        membersAgree(revision);
        acknowledgedWritesAreEverywhere();
        assertThat(this.history.violations()).as("registers that are not linearizable").isEmpty();
        watchesKeptTheirPromises(watcher, revision);
    }

    /** The revision of a linearizable read, once every member has applied it. */
    private long settledRevision() {
        long newest = 0;
        for (MemberProcess member : this.cluster.members()) {
            try (KvClient client = new KvClient(member.endpoint())) {
                newest = Math.max(newest, client.kv().range(key("settled")).getHeader().getRevision());
            }
        }
        long goal = newest;
        for (MemberProcess member : this.cluster.members()) {
            try (KvClient client = new KvClient(member.endpoint())) {
                Awaitility.await(member.spec().name() + " applies revision " + goal)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> client.kv()
                        .range(key("settled").toBuilder().setSerializable(true).build())
                        .getHeader()
                        .getRevision() >= goal);
            }
        }
        return goal;
    }

    private void membersAgree(long revision) {
        Map<String, Integer> hashes = new TreeMap<>();
        for (MemberProcess member : this.cluster.members()) {
            try (KvClient client = new KvClient(member.endpoint())) {
                hashes.put(member.spec().name(),
                        client.maintenance()
                            .hashKV(HashKVRequest.newBuilder().setRevision(revision).build())
                            .getHash());
            }
        }
        assertThat(hashes.values().stream().distinct().toList()).as("hash of revision %d: %s", revision, hashes)
            .hasSize(1);
    }

    private void acknowledgedWritesAreEverywhere() {
        SortedMap<String, String> acknowledged = this.history.acknowledged();
        for (MemberProcess member : this.cluster.members()) {
            try (KvClient client = new KvClient(member.endpoint())) {
                RangeResponse found = client.kv()
                    .range(key("once/").toBuilder()
                        .setRangeEnd(ByteString.copyFromUtf8("once0"))
                        .setSerializable(true)
                        .build());
                Map<String, String> present = new TreeMap<>();
                for (KeyValue kv : found.getKvsList()) {
                    present.put(kv.getKey().toStringUtf8(), kv.getValue().toStringUtf8());
                }
                assertThat(present).as("keys of %s", member.spec().name()).containsAllEntriesOf(acknowledged);
            }
        }
    }

    /**
     * What was seen across all ends of streams is what a watcher sees that reads the
     * history now.
     */
    private void watchesKeptTheirPromises(ResumingWatcher watcher, long revision) {
        watcher.awaitRevision(revision);
        assertThat(watcher.broken()).as("broken promises of the watch").isEmpty();
        try (ResumingWatcher replay = new ResumingWatcher(
                List.of(this.cluster.member(this.cluster.members().size() - 1).endpoint()))) {
            replay.start();
            replay.awaitRevision(revision);
            assertThat(replay.broken()).as("broken promises of the replay").isEmpty();
            assertThat(watcher.events()).as("events of a watcher that resumed %d times", watcher.resumed())
                .isEqualTo(replay.events());
        }
    }

    private static RangeRequest key(String key) {
        return RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build();
    }

}
