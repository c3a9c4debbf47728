/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Which zxids of the two servers stand for the same change, in the same order. */
final class ZxidMap {

    private final NavigableMap<Long, Long> pairs = new TreeMap<>();

    private final NavigableMap<Long, Long> reverse = new TreeMap<>();

    /** Whether both stand for one change; two that are new are taken for one. */
    boolean same(long judge, long answer) {
        if (judge <= 0 || answer <= 0) {
            return judge == answer;
        }
        Long known = this.pairs.get(judge);
        if (known != null || this.reverse.containsKey(answer)) {
            return known != null && known == answer;
        }
        if (!ordered(this.pairs.lowerEntry(judge), answer, -1) || !ordered(this.pairs.higherEntry(judge), answer, 1)) {
            return false;
        }
        this.pairs.put(judge, answer);
        this.reverse.put(answer, judge);
        return true;
    }

    /** Whether the same changes that are known are at or before both. */
    boolean sameFloor(long judge, long answer) {
        if (judge <= 0 || answer <= 0) {
            return judge == answer;
        }
        Map.Entry<Long, Long> left = this.pairs.floorEntry(judge);
        Map.Entry<Long, Long> right = this.reverse.floorEntry(answer);
        return (left == null || right == null) ? left == right : left.getKey().equals(right.getValue());
    }

    private static boolean ordered(Map.@Nullable Entry<Long, Long> neighbour, long answer, int sign) {
        return neighbour == null || Long.signum(Long.compare(neighbour.getValue(), answer)) == sign;
    }

}
