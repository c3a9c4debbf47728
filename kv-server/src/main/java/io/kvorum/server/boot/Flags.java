/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.kvorum.server.boot.FlagType.COUNT;
import static io.kvorum.server.boot.FlagType.DURATION;
import static io.kvorum.server.boot.FlagType.MILLIS;
import static io.kvorum.server.boot.FlagType.NUMBER;
import static io.kvorum.server.boot.FlagType.SWITCH;
import static io.kvorum.server.boot.FlagType.TEXT;

/** The flags of etcd, by name. The one place that says which flag sets which property. */
final class Flags {

    /** A typo of more than this many letters is more likely to mean something else. */
    private static final int LARGEST_TYPO = 4;

    private static final List<Flag> SETTINGS = List.of(
    // @formatter:off
        Flag.setting("name", TEXT, "default", "Name of this member; must appear in --initial-cluster."),
        Flag.setting("data-dir", TEXT, "${name}.etcd", "Directory that holds everything this member knows."),
        Flag.setting("wal-dir", TEXT, "${data-dir}/raft", "Directory of the Raft log, if it has a disk of its own."),
        Flag.setting("listen-client-urls", TEXT, "http://localhost:2379", "Where clients reach this member."),
        Flag.setting("advertise-client-urls", TEXT, "http://localhost:2379",
                "Client URLs told to clients; required with --listen-client-urls."),
        Flag.setting("listen-peer-urls", TEXT, "http://localhost:2380", "Where other members reach this member."),
        Flag.setting("initial-advertise-peer-urls", TEXT, "http://localhost:2380",
                "Peer URLs told to other members; must equal this member's entry in --initial-cluster."),
        Flag.setting("listen-metrics-urls", TEXT, "", "More addresses for /metrics, /health, /livez and /readyz."),
        Flag.setting("initial-cluster", TEXT, "${name}=${initial-advertise-peer-urls}",
                "Members of a new cluster: name=url,name=url."),
        Flag.setting("initial-cluster-token", TEXT, "etcd-cluster",
                "Tells clusters apart that would otherwise look the same."),
        Flag.setting("initial-cluster-state", TEXT, "new", "'new', or 'existing' to join; ignored once there is data."),
        Flag.setting("strict-reconfig-check", SWITCH, "true",
                "Refuse changes of membership that would lose the quorum."),
        Flag.setting("heartbeat-interval", MILLIS, "100", "Milliseconds between two heartbeats of the leader."),
        Flag.setting("election-timeout", MILLIS, "1000",
                "Milliseconds a follower waits for its leader; at least 5 heartbeats, at most 50000."),
        Flag.setting("snapshot-count", COUNT, "10000", "Applied entries after which the Raft log is shortened."),
        Flag.setting("snapshot-catchup-entries", COUNT, "5000",
                "Entries that stay in the Raft log for slow followers when it is shortened."),
        Flag.setting("unsafe-no-fsync", SWITCH, "false", "Do not wait for the disk. A power cut loses data."),
        Flag.setting("quota-backend-bytes", NUMBER, "0",
                "Size at which writes stop with an alarm; 0 means 2 GiB, negative means no limit."),
        Flag.setting("max-txn-ops", COUNT, "128", "Most operations in one branch of a transaction."),
        Flag.setting("max-request-bytes", COUNT, "1572864", "Largest request in bytes."),
        Flag.setting("max-concurrent-streams", COUNT, "4294967295", "Most streams on one connection of a client."),
        Flag.setting("grpc-keepalive-min-time", DURATION, "5s", "Shortest time between two pings of a client."),
        Flag.setting("grpc-keepalive-interval", DURATION, "2h",
                "Time after which a silent client is pinged; 0 means never."),
        Flag.setting("grpc-keepalive-timeout", DURATION, "20s",
                "Time after which a client that does not answer a ping is cut off."),
        Flag.setting("auto-compaction-mode", TEXT, "periodic", "'periodic' keeps a time, 'revision' keeps a number."),
        Flag.setting("auto-compaction-retention", TEXT, "0",
                "How much history is kept, such as 30m, 1 (hour) or 1000 (revisions); 0 means all."),
        Flag.setting("watch-progress-notify-interval", DURATION, "10m",
                "Time between two progress notifications to a watcher that wants them."),
        new Flag("zookeeper-port", COUNT, Flag.Use.SETTING, "kv.server.zookeeper.port", "2181",
                "Port for ZooKeeper clients; 0 turns them off. The default is given up when it is taken."),
        new Flag("log-level", TEXT, Flag.Use.SETTING, "logging.level.io.kvorum", "info",
                "'debug', 'info', 'warn' or 'error'.")
    // @formatter:on
    );

    private static final Map<String, Flag> BY_NAME = index(SETTINGS, IgnoredFlags.ALL, RefusedFlags.ALL);

    private Flags() {
    }

    static Collection<Flag> all() {
        return BY_NAME.values();
    }

    static List<Flag> settings() {
        return SETTINGS;
    }

    static Optional<Flag> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Finds the flag that was probably meant. */
    static Optional<String> nearest(String name) {
        String nearest = null;
        int smallest = LARGEST_TYPO + 1;
        for (String candidate : BY_NAME.keySet()) {
            int distance = distance(name, candidate);
            if (distance < smallest) {
                smallest = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replace = previous[j - 1] + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }

    @SafeVarargs
    private static Map<String, Flag> index(List<Flag>... tables) {
        Map<String, Flag> flags = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        for (List<Flag> table : tables) {
            for (Flag flag : table) {
                if (flags.put(flag.name(), flag) != null) {
                    twice.add(flag.name());
                }
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalStateException("flags are in the table twice: " + twice);
        }
        return flags;
    }

}
