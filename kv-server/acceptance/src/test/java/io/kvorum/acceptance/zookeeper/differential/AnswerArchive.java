/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

import org.apache.jute.OutputArchive;
import org.apache.jute.Record;
import org.jspecify.annotations.Nullable;

/** Turns the fields of an answer into what is compared of them. */
final class AnswerArchive implements OutputArchive {

    private static final Set<String> EXACT = Set.of("czxid", "mzxid", "pzxid");

    private static final int MOST_BYTES = 64;

    private static final long AN_HOUR = 3_600_000;

    private final List<Token> tokens = new ArrayList<>();

    private final String base;

    private final LongFunction<String> sessionNames;

    /** What the counters of the root were when the program began. */
    private final Map<String, Integer> offsets;

    AnswerArchive(String base, LongFunction<String> sessionNames, Map<String, Integer> offsets) {
        this.base = base;
        this.sessionNames = sessionNames;
        this.offsets = new TreeMap<>(offsets);
    }

    List<Token> tokens() {
        return this.tokens;
    }

    @Override
    public void writeByte(byte value, String tag) {
        text(tag, value);
    }

    @Override
    public void writeBool(boolean value, String tag) {
        text(tag, value);
    }

    @Override
    public void writeInt(int value, String tag) {
        text(tag, value - this.offsets.getOrDefault(tag, 0));
    }

    @Override
    public void writeLong(long value, String tag) {
        if (EXACT.contains(tag)) {
            this.tokens.add(new Token.Zxid(tag, value, true));
        }
        else if (tag.equals("ephemeralOwner")) {
            text(tag, this.sessionNames.apply(value));
        }
        else if (tag.equals("ctime") || tag.equals("mtime")) {
            boolean recent = Math.abs(System.currentTimeMillis() - value) < AN_HOUR;
            text(tag, recent ? "now" : Long.toString(value));
        }
        else {
            text(tag, value);
        }
    }

    @Override
    public void writeFloat(float value, String tag) {
        text(tag, value);
    }

    @Override
    public void writeDouble(double value, String tag) {
        text(tag, value);
    }

    @Override
    public void writeString(@Nullable String value, String tag) {
        text(tag, (value != null) ? "'" + Requests.printable(value.replace(this.base, Request.BASE)) + "'" : "null");
    }

    @Override
    public void writeBuffer(byte @Nullable [] value, String tag) {
        if (value == null) {
            text(tag, "null");
            return;
        }
        text(tag, (value.length <= MOST_BYTES) ? "'" + new String(value, StandardCharsets.UTF_8) + "'"
                : value.length + " bytes, hash " + Arrays.hashCode(value));
    }

    @Override
    public void writeRecord(Record value, String tag) throws IOException {
        value.serialize(this, tag);
    }

    @Override
    public void startRecord(Record value, String tag) {
        // The fields say it all.
    }

    @Override
    public void endRecord(Record value, String tag) {
        // The fields say it all.
    }

    @Override
    public void startVector(@Nullable List<?> value, String tag) {
        text(tag, (value != null) ? value.size() + "[" : "null");
    }

    @Override
    public void endVector(@Nullable List<?> value, String tag) {
        this.tokens.add(new Token.Text("]"));
    }

    @Override
    @SuppressWarnings("NonApiType")
    public void startMap(TreeMap<?, ?> value, String tag) {
        throw new UnsupportedOperationException(tag);
    }

    @Override
    @SuppressWarnings("NonApiType")
    public void endMap(TreeMap<?, ?> value, String tag) {
        throw new UnsupportedOperationException(tag);
    }

    @Override
    public long getDataSize() {
        return 0;
    }

    private void text(String tag, Object value) {
        this.tokens.add(new Token.Text(tag + "=" + value));
    }

}
