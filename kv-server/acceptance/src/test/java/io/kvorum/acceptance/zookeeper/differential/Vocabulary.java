/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.kvorum.acceptance.harness.RealZookeeper;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.jspecify.annotations.Nullable;

/** The few paths and values of which programs are made, so that they meet often. */
final class Vocabulary {

    private static final List<String> PATHS = List.of("~", "~/a", "~/a", "~/b", "~/a/a", "~/a/b", "~/b/a", "~/a/a/a",
            "~/c", "~/a/s0000000000", "~/a/s0000000001", "~/s0000000000");

    private static final List<String> ODD_PATHS = List.of("", "/", "a", "~/", "~//a", "~/./a", "~/a/.", "~/a/..",
            "~/a/", "~/\u0000", "~/a\u0001", "~/\u007f", "~/\ud7ff", "~/\uf8ff", "~/\uf900", "~/\ufff0", "~/\ufffe",
            "~/\u00e4\u20ac", "/zookeeper", "/zookeeper/quota", "/zookeeper/quota/a", "/zookeeper/nothing",
            "~/missing/a", "//", "~/...", "~/a b");

    private static final List<String> SEQUENTIAL = List.of("~/a/s", "~/s", "~/a/", "~/", "~/b/s", "~/a/a/s");

    private static final List<ACL> READ_ONLY = ZooDefs.Ids.READ_ACL_UNSAFE;

    private static final String ANN = RealZookeeper.digest("ann:secret");

    private static final List<List<ACL>> ODD_ACLS = List.of(READ_ONLY, List.of(), ZooDefs.Ids.CREATOR_ALL_ACL,
            List.of(acl(31, "world", "nobody")), List.of(acl(31, "nothing", "anyone")),
            List.of(acl(31, "digest", "ann")), List.of(acl(31, "digest", ANN)),
            List.of(acl(31, "digest", ANN), acl(1, "world", "anyone")),
            List.of(acl(31, "digest", "ann:hash"), acl(1, "world", "anyone")), List.of(acl(31, "ip", "127.0.0.1")),
            List.of(acl(31, "ip", "10.0.0.0/8"), acl(1, "world", "anyone")), List.of(acl(31, "ip", "300.0.0.1")),
            List.of(acl(0, "world", "anyone")), List.of(acl(-1, "world", "anyone")),
            List.of(acl(64, "world", "anyone")), List.of(acl(31, "world", "anyone"), acl(31, "world", "anyone")),
            List.of(acl(3, "world", "anyone")), List.of(acl(1 | 16, "world", "anyone")),
            List.of(acl(4 | 8, "world", "anyone")), List.of(acl(31, "auth", "")),
            List.of(acl(31, "auth", ""), acl(1, "world", "anyone")));

    private final SplittableRandom random;

    Vocabulary(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return this.random.nextInt(100) < percent;
    }

    int below(int bound) {
        return this.random.nextInt(bound);
    }

    <T> T oneOf(List<T> values) {
        return values.get(this.random.nextInt(values.size()));
    }

    String path() {
        return chance(4) ? oneOf(ODD_PATHS) : oneOf(PATHS);
    }

    String sequentialPath() {
        return chance(4) ? oneOf(ODD_PATHS) : oneOf(SEQUENTIAL);
    }

    List<String> paths(int most) {
        List<String> paths = new ArrayList<>();
        for (int i = below(most + 1); i > 0; i--) {
            paths.add(path());
        }
        return paths;
    }

    byte @Nullable [] data() {
        if (chance(6)) {
            return null;
        }
        return chance(1) ? new byte[below(900_000)]
                : ("v" + below(100)).repeat(below(3)).getBytes(StandardCharsets.UTF_8);
    }

    int version() {
        return chance(60) ? -1 : chance(5) ? oneOf(List.of(-2, Integer.MIN_VALUE, Integer.MAX_VALUE)) : below(4);
    }

    @Nullable List<ACL> acl() {
        return chance(85) ? ZooDefs.Ids.OPEN_ACL_UNSAFE : chance(3) ? null : oneOf(ODD_ACLS);
    }

    int flags() {
        return chance(50) ? 0 : chance(4) ? oneOf(List.of(-1, 7, 8, 4, 5, 6, 100)) : 1 + below(3);
    }

    long ttl() {
        return chance(90) ? 500_000 + below(1000)
                : oneOf(List.of(0L, -1L, 0xffffffffffL, 0xffffffffffL + 1, Long.MAX_VALUE));
    }

    private static ACL acl(int permissions, String scheme, String id) {
        return new ACL(permissions, new Id(scheme, id));
    }

}
