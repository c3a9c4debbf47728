/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.function.ToLongFunction;

import io.kvorum.server.metrics.Histogram;
import io.kvorum.server.metrics.Labelled;
import io.kvorum.server.metrics.LabelledValues;
import io.kvorum.server.metrics.Labels;
import io.kvorum.server.metrics.Metrics;
import io.kvorum.server.raft.RaftMember;
import io.kvorum.server.raft.transport.PeerCounters;

/** Traffic with each other member. */
final class PeerMetrics {

    private PeerMetrics() {
    }

    static void register(Metrics metrics, RaftMember raft) {
        metrics.counters("etcd_network_peer_sent_bytes_total", "Bytes sent to a member.",
                (values) -> add(values, raft, "To", PeerCounters::sentBytes));
        metrics.counters("etcd_network_peer_received_bytes_total", "Bytes received from a member.",
                (values) -> add(values, raft, "From", PeerCounters::receivedBytes));
        metrics.counters("etcd_network_peer_sent_failures_total", "Requests to a member that failed on the way.",
                (values) -> add(values, raft, "To", PeerCounters::sendFailures));
        metrics.counters("etcd_network_peer_received_failures_total",
                "Requests of a member that could not be handed on.",
                (values) -> add(values, raft, "From", PeerCounters::receiveFailures));
        Labelled<Histogram> roundTrips = metrics.histograms("etcd_network_peer_round_trip_time_seconds",
                "Round-trip times of probes between members.", Histogram.exponential(0.0001, 2, 16), "To");
        raft.traffic()
            .forEach((peer, counters) -> counters.onRoundTrip(roundTrips.with(peer.toString())::observeNanos));
    }

    private static void add(LabelledValues values, RaftMember raft, String label, ToLongFunction<PeerCounters> value) {
        raft.traffic()
            .forEach((peer, counters) -> values.add(Labels.of(label, peer.toString()),
                    (double) value.applyAsLong(counters)));
    }

}
