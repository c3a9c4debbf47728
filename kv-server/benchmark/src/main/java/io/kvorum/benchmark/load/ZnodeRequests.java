/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes the frames of ZooKeeper's protocol that the driver sends. Immutable. */
final class ZnodeRequests {

    /** Below it are the znodes that are read and changed. */
    static final String PARENT = "/bench";

    static final String NEW_PARENT = "/bench-new";

    private static final int CREATE = 1;

    private static final int GET_DATA = 4;

    private static final int SET_DATA = 5;

    private static final int ALL_PERMISSIONS = 31;

    private static final int SESSION_TIMEOUT_MILLIS = 30_000;

    private static final int PASSWORD_BYTES = 16;

    private static final int XID = 1;

    private final DataShape data;

    ZnodeRequests(DataShape data) {
        this.data = data;
    }

    static void connect(ByteBuffer out) {
        int start = begin(out);
        out.putInt(0).putLong(0).putInt(SESSION_TIMEOUT_MILLIS).putLong(0);
        out.putInt(PASSWORD_BYTES).put(new byte[PASSWORD_BYTES]).put((byte) 0);
        end(out, start);
    }

    /** The next request of a client, whose requests so far are numbered from 0. */
    void next(Workload workload, int client, long number, SplittableRandom random, ByteBuffer out) {
        switch (workload) {
            case ZNODE_CREATE -> create(NEW_PARENT + "/" + client + "-" + number, random, out);
            case ZNODE_SET_DATA -> {
                int start = header(SET_DATA, path(random.nextInt(this.data.keySpace())), out);
                value(random, out);
                out.putInt(-1);
                end(out, start);
            }
            case ZNODE_GET_DATA -> {
                int start = header(GET_DATA, path(random.nextInt(this.data.keySpace())), out);
                out.put((byte) 0);
                end(out, start);
            }
            default -> throw new IllegalArgumentException(workload + " is for etcd's protocol");
        }
    }

    void create(String path, SplittableRandom random, ByteBuffer out) {
        int start = header(CREATE, path, out);
        value(random, out);
        out.putInt(1).putInt(ALL_PERMISSIONS);
        text("world", out);
        text("anyone", out);
        out.putInt(0);
        end(out, start);
    }

    static String path(int number) {
        return String.format(Locale.ROOT, "%s/k%08d", PARENT, number);
    }

    private void value(SplittableRandom random, ByteBuffer out) {
        int size = this.data.valueSizeBytes();
        out.putInt(size);
        int start = out.position();
        while (out.position() - start <= size - Long.BYTES) {
            out.putLong(random.nextLong());
        }
        while (out.position() - start < size) {
            out.put((byte) 0);
        }
    }

    private static int header(int type, String path, ByteBuffer out) {
        int start = begin(out);
        out.putInt(XID).putInt(type);
        text(path, out);
        return start;
    }

    private static void text(String text, ByteBuffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length).put(bytes);
    }

    private static int begin(ByteBuffer out) {
        int start = out.position();
        out.putInt(0);
        return start;
    }

    private static void end(ByteBuffer out, int start) {
        out.putInt(start, out.position() - start - Integer.BYTES);
    }

}
