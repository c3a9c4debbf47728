/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.cluster;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.protobuf.ByteString;
import io.kvorum.benchmark.load.TrackedLoad;
import io.kvorum.proto.etcdserverpb.HashKVResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.mvccpb.KeyValue;

/**
 * Looks for writes that were acknowledged on each member, and compares the members'
 * hashes.
 */
public final class AcknowledgedWrites {

    private static final int PAGE = 10_000;

    private final ClusterClient client;

    private final List<BitSet> acknowledged;

    private AcknowledgedWrites(ClusterClient client, List<BitSet> acknowledged) {
        this.client = client;
        this.acknowledged = acknowledged;
    }

    /**
     * Checks all members.
     * @param cluster the members, all of them alive
     * @param client connections to them
     * @param acknowledged for each writer of a {@link TrackedLoad}, the numbers of its
     * writes
     * @return what was found, in words
     */
    public static String verify(Cluster cluster, ClusterClient client, List<BitSet> acknowledged) {
        AcknowledgedWrites writes = new AcknowledgedWrites(client, acknowledged);
        int expected = acknowledged.stream().mapToInt(BitSet::cardinality).sum();
        long revision = client.range(0, firstKey()).getHeader().getRevision();
        Set<Integer> hashes = new HashSet<>();
        int lost = 0;
        for (int member = 0; member < cluster.members().size(); member++) {
            // A linearizable read makes sure that the member has applied all there is.
            client.range(member, firstKey());
            lost += writes.missingOn(member);
            HashKVResponse hash = client.hash(member, revision);
            hashes.add(hash.getHash());
        }
        return String.format(Locale.ROOT, "%,d acknowledged writes, %s; hashes %s", expected,
                (lost == 0) ? "all on every member" : "**" + lost + " lost**",
                (hashes.size() == 1) ? "equal" : "**differ**");
    }

    private static RangeRequest firstKey() {
        return RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(TrackedLoad.PREFIX)).build();
    }

    private int missingOn(int member) {
        List<BitSet> missing = this.acknowledged.stream().map((writes) -> (BitSet) writes.clone()).toList();
        ByteString from = ByteString.copyFromUtf8(TrackedLoad.PREFIX);
        // '0' is the byte after '/'.
        ByteString end = ByteString.copyFromUtf8(TrackedLoad.PREFIX.replace('/', '0'));
        RangeResponse page;
        do {
            page = this.client.range(member,
                    RangeRequest.newBuilder()
                        .setKey(from)
                        .setRangeEnd(end)
                        .setLimit(PAGE)
                        .setKeysOnly(true)
                        .setSerializable(true)
                        .build());
            for (KeyValue found : page.getKvsList()) {
                String name = found.getKey().toStringUtf8().substring(TrackedLoad.PREFIX.length());
                int slash = name.indexOf('/');
                missing.get(Integer.parseInt(name.substring(0, slash)))
                    .clear(Integer.parseInt(name.substring(slash + 1)));
                from = found.getKey().concat(ByteString.copyFrom(new byte[1]));
            }
        }
        while (page.getMore());
        return missing.stream().mapToInt(BitSet::cardinality).sum();
    }

}
