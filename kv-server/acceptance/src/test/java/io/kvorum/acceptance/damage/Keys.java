/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.damage;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.mvccpb.KeyValue;

/** Numbered keys, each with a value that is known from its number. */
final class Keys {

    private static final ByteString END = ByteString.copyFromUtf8("key/~");

    private Keys() {
    }

    static void write(KvClient client, int number, int valueBytes) {
        client.kv().put(PutRequest.newBuilder().setKey(key(number)).setValue(value(number, valueBytes)).build());
    }

    /** The numbers that are there, in order; fails on a value that was never written. */
    static List<Integer> read(KvClient client) {
        List<Integer> numbers = new ArrayList<>();
        ByteString from = ByteString.copyFromUtf8("key/");
        while (true) {
            List<KeyValue> page = client.kv()
                .range(RangeRequest.newBuilder().setKey(from).setRangeEnd(END).setLimit(200).build())
                .getKvsList();
            for (KeyValue kv : page) {
                int number = Integer.parseInt(kv.getKey().toStringUtf8().substring("key/".length()));
                if (!kv.getValue().equals(value(number, kv.getValue().size()))) {
                    throw new AssertionError("key " + number + " has a value that nobody wrote");
                }
                numbers.add(number);
            }
            if (page.isEmpty()) {
                return numbers;
            }
            from = page.get(page.size() - 1).getKey().concat(ByteString.copyFrom(new byte[1]));
        }
    }

    private static ByteString key(int number) {
        return ByteString.copyFromUtf8("key/%06d".formatted(number));
    }

    private static ByteString value(int number, int valueBytes) {
        byte[] value = new byte[valueBytes];
        for (int i = 0; i < valueBytes; i++) {
            value[i] = (byte) (number * 31 + i * 7);
        }
        return ByteString.copyFrom(value);
    }

}
