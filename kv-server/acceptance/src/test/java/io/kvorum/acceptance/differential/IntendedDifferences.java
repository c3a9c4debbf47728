/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.List;
import java.util.function.BiPredicate;

import io.kvorum.proto.etcdserverpb.RangeRequest;

/**
 * Everything in which kv-server answers differently from etcd 3.4 on purpose, each with
 * its reason. A difference that is not in this list fails the build.
 */
public final class IntendedDifferences {

    private static final List<Entry> ENTRIES = List.of(new Entry("negative start revision of a watcher",
            "etcd 3.6.6 and newer refuse it with a cancelled watcher -1; 3.4 created the watcher and cancelled it as "
                    + "compacted",
            (operation,
                    difference) -> (operation instanceof Operation.OpenWatch watch
                            && watch.request().getStartRevision() < -1_000)
                            || (difference.kvorum().isEmpty()
                                    && difference.etcd().equals(List.of("canceled compact_revision=0 reason=")))),
            new Entry("sort order outside of the enum", "etcd 3.5 and newer refuse it; 3.4 ignored it",
                    (operation, difference) -> operation instanceof Operation.Call call
                            && call.request() instanceof RangeRequest range
                            && range.getSortOrder() == RangeRequest.SortOrder.UNRECOGNIZED),
            new Entry("deletion exactly at the compacted revision",
                    "etcd 3.4.34, 3.5.16 and newer keep that tombstone, so that a watcher resuming there sees the "
                            + "deletion; 3.4.23 has dropped it",
                    (operation, difference) -> difference.what().startsWith("watcher")
                            && missesDeletionsAtTheBeginning(difference)));

    private static final List<TranscriptEntry> TRANSCRIPT_ENTRIES = List.of(
            new TranscriptEntry("etcd 3.5 and newer complete the header of an alarm list; 3.4 sent none",
                    "etcdctl alarm list -w json", "{}",
                    "{\"header\":{\"cluster_id\":<cluster_id>,\"member_id\":<member1-decimal>,\"revision\":2,"
                            + "\"raft_term\":<raft_term>}}"),
            new TranscriptEntry("the deletion exactly at the compacted revision, as above", "stop c",
                    "PUT\nfoo\n4\nPUT\nfoo\nlast", "DELETE\nfoo\n\nPUT\nfoo\n4\nPUT\nfoo\nlast"));

    private IntendedDifferences() {
    }

    /**
     * What kv-server prints for a step of a transcript.
     * @param command the command line
     * @param etcd what etcd 3.4 prints
     */
    public static String inTranscript(String command, String etcd) {
        return TRANSCRIPT_ENTRIES.stream()
            .filter((entry) -> entry.command.equals(command) && entry.etcd.equals(etcd))
            .map(TranscriptEntry::kvorum)
            .findFirst()
            .orElse(etcd);
    }

    /** Whether one of the entries explains the difference. */
    static boolean explain(Operation operation, Difference difference) {
        return ENTRIES.stream().anyMatch((entry) -> entry.explains.test(operation, difference));
    }

    private static boolean missesDeletionsAtTheBeginning(Difference difference) {
        List<String> kvorum = difference.kvorum();
        int extra = kvorum.size() - difference.etcd().size();
        return extra > 0 && kvorum.subList(extra, kvorum.size()).equals(difference.etcd())
                && kvorum.subList(0, extra).stream().allMatch((event) -> event.startsWith("type: DELETE"));
    }

    private record Entry(String what, String reason, BiPredicate<Operation, Difference> explains) {
    }

    private record TranscriptEntry(String reason, String command, String etcd, String kvorum) {
    }

}
