/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.load;

import java.util.SplittableRandom;
import java.util.function.Function;

import io.kvorum.proto.etcdserverpb.Compare;
import io.kvorum.proto.etcdserverpb.KVGrpc;
import io.kvorum.proto.etcdserverpb.PutRequest;
import io.kvorum.proto.etcdserverpb.PutResponse;
import io.kvorum.proto.etcdserverpb.RangeRequest;
import io.kvorum.proto.etcdserverpb.RangeResponse;
import io.kvorum.proto.etcdserverpb.RequestOp;
import io.kvorum.proto.etcdserverpb.TxnRequest;
import io.kvorum.proto.etcdserverpb.TxnResponse;

/** Makes the requests of each unary workload. Immutable. */
final class Requests {

    static final int RANGE_ROWS = 100;

    static final String PREFIX = "bench/";

    private final Keys keys;

    private final int keySpace;

    Requests(DataShape data) {
        this.keys = new Keys(PREFIX, data);
        this.keySpace = data.keySpace();
    }

    Function<SplittableRandom, Call<?, ?>> of(Workload workload) {
        return switch (workload) {
            case PUT -> this::put;
            case GET_LINEARIZABLE -> (random) -> get(random, false);
            case GET_SERIALIZABLE -> (random) -> get(random, true);
            case RANGE -> this::range;
            case TXN -> this::txn;
            case MIXED -> (random) -> (random.nextInt(5) == 0) ? put(random) : get(random, false);
            default -> throw new IllegalArgumentException(workload + " is no unary workload of etcd's protocol");
        };
    }

    private Call<PutRequest, PutResponse> put(SplittableRandom random) {
        return new Call<>(KVGrpc.getPutMethod(), putRequest(random.nextInt(this.keySpace), random),
                (answer) -> answer.getHeader().getRevision() > 0);
    }

    private Call<RangeRequest, RangeResponse> get(SplittableRandom random, boolean serializable) {
        RangeRequest request = RangeRequest.newBuilder()
            .setKey(this.keys.key(random.nextInt(this.keySpace)))
            .setSerializable(serializable)
            .build();
        return new Call<>(KVGrpc.getRangeMethod(), request, (answer) -> answer.getKvsCount() == 1);
    }

    private Call<RangeRequest, RangeResponse> range(SplittableRandom random) {
        int first = random.nextInt(this.keySpace - RANGE_ROWS + 1);
        RangeRequest request = RangeRequest.newBuilder()
            .setKey(this.keys.key(first))
            .setRangeEnd(this.keys.key(first + RANGE_ROWS))
            .build();
        return new Call<>(KVGrpc.getRangeMethod(), request, (answer) -> answer.getKvsCount() == RANGE_ROWS);
    }

    private Call<TxnRequest, TxnResponse> txn(SplittableRandom random) {
        PutRequest put = putRequest(random.nextInt(this.keySpace), random);
        TxnRequest request = TxnRequest.newBuilder()
            .addCompare(Compare.newBuilder()
                .setKey(put.getKey())
                .setTarget(Compare.CompareTarget.CREATE)
                .setResult(Compare.CompareResult.GREATER)
                .setCreateRevision(0))
            .addSuccess(RequestOp.newBuilder().setRequestPut(put))
            .build();
        return new Call<>(KVGrpc.getTxnMethod(), request, TxnResponse::getSucceeded);
    }

    /** Puts of {@code count} keys from {@code first} in one transaction. */
    Call<TxnRequest, TxnResponse> fill(int first, int count, SplittableRandom random) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            request.addSuccess(RequestOp.newBuilder().setRequestPut(putRequest(first + i, random)));
        }
        return new Call<>(KVGrpc.getTxnMethod(), request.build(), TxnResponse::getSucceeded);
    }

    private PutRequest putRequest(int number, SplittableRandom random) {
        return PutRequest.newBuilder().setKey(this.keys.key(number)).setValue(this.keys.value(random)).build();
    }

}
