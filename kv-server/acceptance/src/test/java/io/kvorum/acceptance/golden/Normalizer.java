/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces what two runs may differ in: ids, terms, sizes, times, versions, addresses.
 * Revisions stay, because every transcript begins with an empty server. Ids are
 * remembered, so that a command can name {@code <lease1>}.
 */
final class Normalizer {

    private static final Pattern GRANTED = Pattern.compile("lease ([0-9a-f]{6,16}) granted");

    private static final Pattern GRANTED_JSON = Pattern.compile("\"ID\":(\\d{9,}),\"TTL\"");

    private static final Pattern MEMBER = Pattern.compile("(?m)^([0-9a-f]{8,16}), started");

    /** etcd lists the keys of a lease in the random order of a Go map. */
    private static final Pattern KEYS_OF_LEASE = Pattern
        .compile("(?<=attached keys\\(\\[)[^]]+(?=])|(?<=\"keys\":\\[)[^]]+(?=])");

    private static final Map<Pattern, String> RULES = new LinkedHashMap<>();

    static {
        rule("\"(cluster_id|member_id|raft_term|raftTerm|raftIndex|raftAppliedIndex|leader|dbSize|dbSizeInUse)\":\\d+",
                "\"$1\":<$1>");
        rule("\"(ClusterID|MemberID|RaftTerm)\" : \\d+", "\"$1\" : <$1>");
        rule("(/(?:locks|elections)/[a-z]+/)[0-9a-f]{9,16}", "$1<lease>");
        rule("\"version\":\"[0-9.]+\"", "\"version\":\"<version>\"");
        rule("127\\.0\\.0\\.1:\\d+", "<address>");
        rule("took = [0-9.]+[µnm]?s", "took = <time>");
        rule("\"took\":\"[^\"]+\"", "\"took\":\"<time>\"");
        rule("remaining\\(\\d+s\\)", "remaining(<seconds>)");
        rule("(\"ttl\"|\"TTL\"):\\d+(,\"granted-ttl\")", "$1:<seconds>$2");
        rule("(?m)^(<address>), [0-9a-f]+, [0-9.]+, [0-9.]+ [kM]?B, (true|false), (true|false), \\d+, \\d+, \\d+, ",
                "$1, <member>, <version>, <size>, $2, $3, <term>, <index>, <index>, ");
        rule("\"(hash)\":\\d+", "\"$1\":<$1>");
        rule("(?m)^(<address>), \\d+$", "$1, <hash>");
    }

    private final Map<String, String> names = new LinkedHashMap<>();

    private int leases;

    private int members;

    private static void rule(String pattern, String replacement) {
        RULES.put(Pattern.compile(pattern), replacement);
    }

    /** Gives an id that the transcript calls by name. */
    void define(String name, String value) {
        this.names.put(value, name);
    }

    /** Puts real ids in the place of names. */
    String resolve(String text) {
        String resolved = text;
        for (Map.Entry<String, String> name : this.names.entrySet()) {
            resolved = resolved.replace(name.getValue(), name.getKey());
        }
        return resolved;
    }

    /** Puts names in the place of ids and blanks out what differs between runs. */
    String normalize(String output) {
        GRANTED.matcher(output).results().forEach(this::learnLease);
        GRANTED_JSON.matcher(output).results().forEach(this::learnDecimalLease);
        MEMBER.matcher(output).results().forEach(this::learnMember);
        String normalized = output;
        for (Map.Entry<String, String> name : this.names.entrySet()) {
            normalized = normalized.replace(name.getKey(), name.getValue());
        }
        for (Map.Entry<Pattern, String> rule : RULES.entrySet()) {
            normalized = rule.getKey().matcher(normalized).replaceAll(rule.getValue());
        }
        normalized = KEYS_OF_LEASE.matcher(normalized).replaceAll((keys) -> sorted(keys.group()));
        return normalized.lines().map(String::stripTrailing).reduce("", (a, b) -> a + b + "\n").strip();
    }

    private static String sorted(String keys) {
        String separator = keys.contains(",") ? "," : " ";
        return Matcher
            .quoteReplacement(Arrays.stream(keys.split(separator)).sorted().collect(Collectors.joining(separator)));
    }

    private void learnLease(MatchResult match) {
        learnLease(Long.parseUnsignedLong(match.group(1), 16));
    }

    private void learnDecimalLease(MatchResult match) {
        learnLease(Long.parseLong(match.group(1)));
    }

    private void learnLease(long id) {
        if (this.names.containsKey(Long.toHexString(id))) {
            return;
        }
        this.leases++;
        // etcdctl pads ids to sixteen digits in some places only: the longer form comes
        // first.
        this.names.put(String.format(Locale.ROOT, "%016x", id), "<lease" + this.leases + ">");
        this.names.put(Long.toHexString(id), "<lease" + this.leases + ">");
        this.names.put(Long.toString(id), "<lease" + this.leases + "-decimal>");
    }

    private void learnMember(MatchResult match) {
        if (!this.names.containsKey(match.group(1))) {
            this.members++;
            this.names.put(match.group(1), "<member" + this.members + ">");
            this.names.put(Long.toUnsignedString(Long.parseUnsignedLong(match.group(1), 16)),
                    "<member" + this.members + "-decimal>");
        }
    }

}
