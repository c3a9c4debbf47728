/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kvorum.server.common.MemberId;

/**
 * The founding members of a cluster and the ids that follow from them, computed as etcd
 * does, so that the same flags give the same ids.
 *
 * @param clusterId id of the cluster
 * @param self id of this member
 * @param members all members in order of their ids
 */
record Membership(long clusterId, MemberId self, List<Founder> members) {

    private static final String FLAG = "initial-cluster";

    /**
     * Derives the membership from the settings.
     * @param member this member
     * @param cluster its cluster
     * @return the membership
     */
    static Membership of(MemberProperties member, ClusterProperties cluster) {
        List<String> advertised = texts(cluster.advertisedPeerUrls());
        String text = cluster.initialCluster().isEmpty()
                ? advertised.stream().map((url) -> member.name() + "=" + url).collect(Collectors.joining(","))
                : cluster.initialCluster();
        Membership membership = parse(text, cluster.initialClusterToken(), member.name());
        List<String> entry = membership.selfEntry().peerUrls();
        if (!entry.equals(advertised)) {
            throw SettingException.invalid("--initial-cluster has " + member.name() + "=" + String.join(",", entry)
                    + ", but --initial-advertise-peer-urls is " + String.join(",", advertised));
        }
        return membership;
    }

    /** Reads the form {@code name=url,name=url}. */
    static Membership parse(String initialCluster, String token, String selfName) {
        List<Founder> founders = new ArrayList<>();
        urlsByName(initialCluster).forEach((name, list) -> {
            List<String> urls = texts(Url.list(FLAG, list));
            founders.add(new Founder(memberId(urls, token), name, urls));
        });
        founders.sort((left, right) -> Long.compareUnsigned(left.id().value(), right.id().value()));
        requireDistinct(founders);
        MemberId self = founders.stream()
            .filter((founder) -> founder.name().equals(selfName))
            .findFirst()
            .map(Founder::id)
            .orElseThrow(() -> SettingException
                .invalid("--initial-cluster=" + initialCluster + " does not contain this member's --name=" + selfName));
        return new Membership(clusterId(founders), self, List.copyOf(founders));
    }

    Founder selfEntry() {
        return this.members.stream().filter((founder) -> founder.id().equals(this.self)).findFirst().orElseThrow();
    }

    /** Returns the form that {@link #parse} reads. */
    String initialCluster() {
        return this.members.stream()
            .flatMap((founder) -> founder.peerUrls().stream().map((url) -> founder.name() + "=" + url))
            .collect(Collectors.joining(","));
    }

    private static Map<String, String> urlsByName(String initialCluster) {
        Map<String, String> urls = new TreeMap<>();
        for (String entry : initialCluster.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw SettingException
                    .invalid("--initial-cluster: '" + entry + "' must look like name=http://host:port");
            }
            urls.merge(entry.substring(0, equals).trim(), entry.substring(equals + 1),
                    (first, second) -> first + "," + second);
        }
        return urls;
    }

    private static void requireDistinct(List<Founder> founders) {
        Map<String, String> owners = new TreeMap<>();
        for (Founder founder : founders) {
            for (String url : founder.peerUrls()) {
                String owner = owners.put(url, founder.name());
                if (owner != null) {
                    throw SettingException
                        .invalid("--initial-cluster: " + owner + " and " + founder.name() + " share " + url);
                }
            }
        }
    }

    private static MemberId memberId(List<String> sortedUrls, String token) {
        return new MemberId(firstBytes((String.join("", sortedUrls) + token).getBytes(StandardCharsets.UTF_8)));
    }

    private static long clusterId(List<Founder> sorted) {
        ByteBuffer ids = ByteBuffer.allocate(Long.BYTES * sorted.size());
        sorted.forEach((founder) -> ids.putLong(founder.id().value()));
        return firstBytes(ids.array());
    }

    private static long firstBytes(byte[] input) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(input)).getLong();
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-1", ex);
        }
    }

    private static List<String> texts(List<Url> urls) {
        return urls.stream().map(Url::text).toList();
    }

    /**
     * A founding member.
     *
     * @param id its id
     * @param name its name
     * @param peerUrls its peer URLs, sorted
     */
    record Founder(MemberId id, String name, List<String> peerUrls) {
    }

}
