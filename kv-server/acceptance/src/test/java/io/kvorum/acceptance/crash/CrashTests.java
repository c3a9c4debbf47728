/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.crash;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.KvClient;
import io.kvorum.acceptance.harness.MemberProcess;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import io.kvorum.acceptance.harness.Seeds;
import io.kvorum.proto.etcdserverpb.StatusRequest;
import io.kvorum.proto.etcdserverpb.StatusResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Kills members with SIGKILL at random moments while clients work, and then looks for
 * lost, torn or reordered writes. etcd passes the same test, so that a failure here is
 * the server's and not the test's.
 */
class CrashTests {

    private static final int ROUNDS = Integer.getInteger("kvorum.crash-rounds", 10);

    private static final int ROUNDS_OF_ETCD = 3;

    @Test
    void singleMemberLosesNothing() {
        killSingleMember(Product.KVORUM, ROUNDS);
    }

    @Test
    void clusterLosesNothing() {
        killMembersOfCluster(Product.KVORUM, ROUNDS);
    }

    @Test
    @RequiresEtcd
    void etcdPassesAsSingleMember() {
        killSingleMember(Product.ETCD, ROUNDS_OF_ETCD);
    }

    @Test
    @RequiresEtcd
    void etcdPassesAsCluster() {
        killMembersOfCluster(Product.ETCD, ROUNDS_OF_ETCD);
    }

    private static void killSingleMember(Product product, int rounds) {
        long seed = Seeds.fresh();
        SplittableRandom random = new SplittableRandom(seed);
        try (ClusterProcess cluster = ClusterProcess.single(product)) {
            MemberProcess member = cluster.member(0);
            run(cluster, 5, seed, (workload) -> {
                for (int round = 0; round < rounds; round++) {
                    workload.awaitProgress(random.nextInt(50, 600));
                    member.kill();
                    member.start();
                }
                workload.awaitProgress(100);
            });
        }
    }

    private static void killMembersOfCluster(Product product, int rounds) {
        long seed = Seeds.fresh();
        SplittableRandom random = new SplittableRandom(seed);
        try (ClusterProcess cluster = ClusterProcess.start(product, 3)) {
            run(cluster, 2, seed, (workload) -> {
                for (int round = 0; round < rounds; round++) {
                    MemberProcess leader = leaderOf(cluster);
                    MemberProcess follower = cluster.members()
                        .stream()
                        .filter((member) -> member != leader)
                        .toList()
                        .get(random.nextInt(2));
                    workload.awaitProgress(random.nextInt(50, 400));
                    switch (round % 3) {
                        case 0 -> killAndRestart(leader, workload);
                        case 1 -> killAndRestart(follower, workload);
                        default -> {
                            leader.pause();
                            workload.awaitProgress(50);
                            leader.resume();
                        }
                    }
                    cluster.awaitHealthy();
                }
                workload.awaitProgress(100);
            });
        }
    }

    /** The rest of the cluster must go on while one member is away. */
    private static void killAndRestart(MemberProcess member, Workload workload) {
        member.kill();
        workload.awaitProgress(50);
        member.start();
    }

    private static void run(ClusterProcess cluster, int clientsPerMember, long seed, Disturbance disturbance) {
        List<String> endpoints = cluster.members().stream().map(MemberProcess::endpoint).toList();
        try (ResumingWatcher watcher = new ResumingWatcher(endpoints)) {
            watcher.start();
            Workload workload = new Workload(endpoints, clientsPerMember, seed);
            try (workload) {
                workload.start();
                disturbance.disturb(workload);
            }
            new Aftermath(cluster, workload.history()).verify(watcher);
        }
        catch (RuntimeException | AssertionError ex) {
            throw new AssertionError("-Dkvorum.seed=" + seed + "\n" + cluster.logTails(), ex);
        }
    }

    private static MemberProcess leaderOf(ClusterProcess cluster) {
        return Awaitility.await("a leader")
            .until(() -> cluster.members().stream().flatMap(CrashTests::ifLeader).toList(),
                    (found) -> found.size() == 1)
            .get(0);
    }

    private static Stream<MemberProcess> ifLeader(MemberProcess member) {
        try (KvClient client = new KvClient(member.endpoint())) {
            StatusResponse status = client.maintenance().status(StatusRequest.getDefaultInstance());
            return (status.getLeader() == status.getHeader().getMemberId()) ? Stream.of(member) : Stream.empty();
        }
    }

    /** What happens to the members while the clients work. */
    private interface Disturbance {

        void disturb(Workload workload);

    }

}
