/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.server.command.Authority;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeId;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeOperation.Check;
import io.kvorum.server.command.ZnodeOperation.Create;
import io.kvorum.server.command.ZnodeOperation.Delete;
import io.kvorum.server.command.ZnodeOperation.SetAcl;
import io.kvorum.server.command.ZnodeOperation.SetData;
import io.kvorum.server.command.ZnodeOutcome;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.command.ZnodeStat;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.StoreOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of the tree on a real store. */
class ZnodeTreeTests {

    private static final long SESSION = 0x77;

    private static final List<ZnodeAcl> OPEN = List.of(ZnodeAcl.OPEN);

    private static final ZnodeAcl ADMIN_ALICE = new ZnodeAcl(ZnodeAcl.ADMIN, "digest", "alice:hash");

    private static final Authority ALICE = new Authority(List.of(new ZnodeId("digest", "alice:hash")), false);

    @TempDir
    private Path directory;

    private MvccStore store;

    private long index;

    @BeforeEach
    void open() throws IOException {
        this.store = MvccStore.open(StoreOptions.in(this.directory));
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Test
    void aNewTreeHasTheFixedZnodesAndNoKeys() {
        assertThat(stat("/").cversion()).isEqualTo(-1);
        assertThat(stat("/").numChildren()).isOne();
        assertThat(stat("/zookeeper").numChildren()).isEqualTo(2);
        assertThat(this.store.view().range(RangeQuery.of(TreeKeys.ALL)).kvs()).isEmpty();
    }

    @Test
    void zxidsAreRevisions() {
        run(create("/a", 0));
        long created = this.store.view().revision();
        run(create("/a/b", 0));
        long child = this.store.view().revision();
        run(new SetData("/a", Bytes.utf8("new"), 0));
        ZnodeStat stat = stat("/a");
        assertThat(stat.czxid()).isEqualTo(created);
        assertThat(stat.pzxid()).isEqualTo(child).isEqualTo(created + 1);
        assertThat(stat.mzxid()).isEqualTo(this.store.view().revision()).isEqualTo(created + 2);
        assertThat(stat.dataLength()).isEqualTo(3);
    }

    @Test
    void errorsComeInZookeepersOrder() {
        assertThat(error(create("/none/a", 9))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(create("a", 0))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(new Create("/none/a", null, List.of(), 0))).isEqualTo(ZnodeError.INVALID_ACL);
        assertThat(error(create("/a//b", 0))).isEqualTo(ZnodeError.NO_NODE);
        run(create("/a", 0));
        assertThat(error(create("/a/.", 0))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(create("/a", 0))).isEqualTo(ZnodeError.NODE_EXISTS);
        run(create("/e", 1));
        assertThat(error(create("/e/x", 0))).isEqualTo(ZnodeError.NO_CHILDREN_FOR_EPHEMERALS);
        assertThat(error(new Delete("/", -1))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(new Delete("/none", 3))).isEqualTo(ZnodeError.NO_NODE);
        assertThat(error(new Delete("/a", 3))).isEqualTo(ZnodeError.BAD_VERSION);
        assertThat(error(new SetData("/zookeeper/config", null, -1))).isEqualTo(ZnodeError.NO_AUTH);
        assertThat(error(new Check("/a", 1))).isEqualTo(ZnodeError.BAD_VERSION);
        assertThat(error(new Check("bad", 1))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
    }

    @Test
    void aMultiThatFailsLeavesNothing() {
        long before = this.store.view().revision();
        List<ZnodeOutcome> outcomes = run(create("/a", 0), create("/a/b", 0), new Delete("/none", -1), create("/c", 0));
        assertThat(outcomes).extracting(ZnodeOutcome::error)
            .containsExactly(ZnodeError.NONE, ZnodeError.NONE, ZnodeError.NO_NODE, ZnodeError.RUNTIME_INCONSISTENCY);
        assertThat(this.store.view().revision()).isEqualTo(before);
        assertThat(find("/a")).isNull();
    }

    @Test
    void aMultiSeesItsOwnWritesAndHasOneZxid() {
        List<ZnodeOutcome> outcomes = run(create("/a", 0), create("/a/b", 0), new SetData("/a", null, 0),
                new Check("/a", 1));
        assertThat(outcomes).allMatch((outcome) -> outcome.error() == ZnodeError.NONE);
        ZnodeStat stat = stat("/a");
        assertThat(stat.czxid()).isEqualTo(stat.pzxid()).isEqualTo(stat.mzxid());
        assertThat(stat.version()).isOne();
        assertThat(stat.numChildren()).isOne();
    }

    @Test
    void theEndOfASessionTakesItsEphemeralsInOneRevision() {
        run(create("/p", 0));
        run(create("/p/a", 1));
        run(create("/p/b", 1));
        run(create("/p/stays", 0));
        run(create("/q", 1));
        long before = this.store.view().revision();
        transact(() -> this.store.transact((txn) -> {
            Sessions.end(txn, SESSION);
            return true;
        }));
        assertThat(this.store.view().revision()).isEqualTo(before + 1);
        assertThat(find("/p/a")).isNull();
        assertThat(find("/q")).isNull();
        assertThat(stat("/p").numChildren()).isOne();
        assertThat(stat("/p").cversion()).as("three created, two deleted").isEqualTo(5);
    }

    @Test
    void flagsAndFormsOfCreates() {
        assertThat(error(create("/c", 5))).as("a TTL without one").isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(ttl("/c", 0, 10))).as("a TTL for another mode").isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(ttl("/c", 5, 0))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(error(ttl("/c", 5, Lifetime.MAX_TTL_MILLIS + 1))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        assertThat(run(ttl("/t-", 6, Lifetime.MAX_TTL_MILLIS)).get(0).path()).isEqualTo("/t-0000000000");
        run(create("/plain", 4));
        run(container("/container"), create("/container/x", 0), new Delete("/container/x", -1));
        assertThat(stat("/container").ephemeralOwner()).isZero();
        assertThat(stat("/t-0000000000").ephemeralOwner()).isZero();
        assertThat(marks()).containsExactly("/container", "/t-0000000000");
        assertThat(expire(Long.MAX_VALUE / 2, "/plain", "/container")).containsExactly(false, true);
    }

    @Test
    void containersGoWithTheirLastChild() {
        run(container("/c"));
        assertThat(expire(1_000_000, "/c", "/none")).as("never used").containsExactly(false, false);
        run(create("/c/a", 0), create("/c/b", 1));
        run(new Delete("/c/a", -1));
        assertThat(expire(1_000_000, "/c")).as("one child left").containsExactly(false);
        run(new Delete("/c/b", -1));
        long before = this.store.view().revision();
        assertThat(expire(0, "/c", "/c")).containsExactly(true, false);
        assertThat(this.store.view().revision()).isEqualTo(before + 1);
        assertThat(find("/c")).isNull();
        assertThat(stat("/").cversion()).as("one created, one deleted, and /zookeeper").isEqualTo(1);
        assertThat(marks()).isEmpty();
    }

    @Test
    void containersThatWereNeverUsedGoIfThatIsWanted() {
        run(container("/c"));
        assertThat(Expiry.isDue(Objects.requireNonNull(find("/c")), 1234 + 500, 500)).isFalse();
        assertThat(Expiry.isDue(Objects.requireNonNull(find("/c")), 1234 + 501, 500)).isTrue();
    }

    @Test
    void znodesWithTtlGoWhenNobodyTouchesThem() {
        run(ttl("/t", 5, 100));
        assertThat(expire(1334, "/t")).containsExactly(false);
        run(create("/t/child", 0));
        assertThat(expire(5000, "/t")).as("it has a child").containsExactly(false);
        run(new Delete("/t/child", -1));
        assertThat(expire(1335, "/t")).containsExactly(true);
        assertThat(marks()).isEmpty();
        run(ttl("/t", 5, 100));
        run(new Delete("/t", -1));
        assertThat(marks()).as("deleted by a client").isEmpty();
    }

    @Test
    void everyOperationNeedsItsPermission() {
        run(create("/p", 0));
        run(create("/p/child", 0));
        for (int allowed = 0; allowed <= ZnodeAcl.ALL; allowed++) {
            run(ALICE, new SetAcl("/p", List.of(new ZnodeAcl(allowed, "world", "anyone"), ADMIN_ALICE), -1));
            assertThat(error(create("/p/child", 0))).isEqualTo(permits(allowed, 4, ZnodeError.NODE_EXISTS));
            assertThat(error(new Delete("/p/none", -1))).isEqualTo(permits(allowed, 8, ZnodeError.NO_NODE));
            assertThat(error(new SetData("/p", null, 999))).isEqualTo(permits(allowed, 2, ZnodeError.BAD_VERSION));
            assertThat(error(new SetAcl("/p", OPEN, 999))).isEqualTo(permits(allowed, 16, ZnodeError.BAD_VERSION));
            assertThat(error(new Check("/p", 999))).isEqualTo(permits(allowed, 1, ZnodeError.BAD_VERSION));
        }
        assertThat(stat("/p").aversion()).isEqualTo(32);
        assertThat(stat("/p").version()).isZero();
        assertThat(error(new SetData("/p/child", null, -1))).as("a child has a list of its own")
            .isEqualTo(ZnodeError.NONE);
    }

    @Test
    void aListChangesNothingElse() {
        run(create("/a", 0));
        ZnodeStat before = stat("/a");
        List<ZnodeAcl> acl = List.of(new ZnodeAcl(ZnodeAcl.READ, "ip", "10.0.0.0/8"), ADMIN_ALICE);
        assertThat(run(new SetAcl("/a", acl, 0)).get(0).stat()).isEqualTo(stat("/a"));
        ZnodeStat after = stat("/a");
        assertThat(after.aversion()).isOne();
        assertThat(after.mzxid()).isEqualTo(before.mzxid());
        assertThat(after.pzxid()).isEqualTo(before.pzxid());
        assertThat(Objects.requireNonNull(find("/a")).acl()).isEqualTo(acl);
        assertThat(error(new SetAcl("/a", OPEN, 1))).isEqualTo(ZnodeError.NO_AUTH);
        assertThat(run(ALICE, new SetAcl("/a", OPEN, 0)).get(0).error()).isEqualTo(ZnodeError.BAD_VERSION);
        assertThat(error(new SetAcl("/none", OPEN, 0))).isEqualTo(ZnodeError.NO_NODE);
        assertThat(error(new SetAcl("/none", List.of(), 0))).isEqualTo(ZnodeError.INVALID_ACL);
        assertThat(error(new SetAcl("bad", List.of(), 0))).isEqualTo(ZnodeError.BAD_ARGUMENTS);
        run(new Delete("/a", -1));
        assertThat(this.store.view().range(RangeQuery.of(TreeKeys.record("/a"))).kvs()).isEmpty();
        run(create("/a", 0));
        assertThat(Objects.requireNonNull(find("/a")).acl()).as("not inherited").isEqualTo(OPEN);
    }

    @Test
    void theConfigurationIsReadableAndOpenToSuperUsersOnly() {
        assertThat(stat("/zookeeper/config").aversion()).isEqualTo(-1);
        assertThat(error(new SetAcl("/zookeeper/config", OPEN, -1))).isEqualTo(ZnodeError.NO_AUTH);
        Authority root = new Authority(List.of(new ZnodeId("super", "")), false);
        assertThat(run(root, new SetAcl("/zookeeper/config", OPEN, -1)).get(0).error()).isEqualTo(ZnodeError.NONE);
        assertThat(stat("/zookeeper/config").aversion()).isZero();
        assertThat(error(new SetData("/zookeeper/config", Bytes.EMPTY, -1))).isEqualTo(ZnodeError.NONE);
    }

    @Test
    void quotasCountWhatComesAndGoes() {
        run(create("/q", 0), create("/q/a", 0));
        run(create("/q/a/b", 1));
        assertThat(run(quota("/q", "count=100,bytes=100")).get(0).error()).isEqualTo(ZnodeError.NONE);
        ZnodeStat before = stat("/zookeeper/quota/q/zookeeper_stats");
        assertThat(usage("/q")).as("three znodes of four bytes").isEqualTo("count=3,bytes=12");
        run(new SetData("/q/a", Bytes.utf8("longer"), -1));
        run(create("/q/c", 0));
        assertThat(usage("/q")).isEqualTo("count=4,bytes=18");
        run(new Delete("/q/c", -1));
        run(create("/other", 0));
        transact(() -> this.store.transact((txn) -> {
            Sessions.end(txn, SESSION);
            return true;
        }));
        assertThat(usage("/q")).as("an ephemeral one has gone").isEqualTo("count=2,bytes=10");
        ZnodeStat after = stat("/zookeeper/quota/q/zookeeper_stats");
        assertThat(after.mzxid()).isEqualTo(before.mzxid());
        assertThat(after.version()).isZero();
        assertThat(after.dataLength()).isEqualTo(usage("/q").length());
        run(new SetData("/zookeeper/quota/q/zookeeper_stats", Bytes.utf8("count=7,bytes=7"), -1));
        run(create("/q/d", 0));
        assertThat(usage("/q")).as("what somebody wrote there counts").isEqualTo("count=8,bytes=11");
    }

    @Test
    void hardQuotasStopThoseWhoAreBoundByThem() {
        Authority bound = new Authority(List.of(), true);
        run(create("/q", 0));
        run(quota("/q", "count=1,bytes=-1=;byteHardLimit=10;countHardLimit=2"));
        assertThat(run(bound, create("/q/a", 0)).get(0).error()).as("beyond the soft one").isEqualTo(ZnodeError.NONE);
        assertThat(run(bound, create("/q/b", 0)).get(0).error()).isEqualTo(ZnodeError.QUOTA_EXCEEDED);
        assertThat(run(bound, create("/q/a", 0)).get(0).error()).isEqualTo(ZnodeError.NODE_EXISTS);
        assertThat(run(bound, new SetData("/q/a", Bytes.utf8("sevenxx"), 99)).get(0).error()).as("before the version")
            .isEqualTo(ZnodeError.QUOTA_EXCEEDED);
        assertThat(run(bound, new SetData("/q/a", Bytes.utf8("sixxxx"), 0)).get(0).error()).isEqualTo(ZnodeError.NONE);
        assertThat(run(new SetData("/q/a", Bytes.utf8("much more than that"), 1)).get(0).error())
            .isEqualTo(ZnodeError.NONE);
        assertThat(run(bound, new SetData("/q/a", Bytes.utf8("less, but still too much"), 2)).get(0).error())
            .isEqualTo(ZnodeError.QUOTA_EXCEEDED);
        run(new Delete("/zookeeper/quota/q/zookeeper_limits", -1));
        assertThat(run(bound, create("/q/c", 0)).get(0).error()).as("the quota is gone").isEqualTo(ZnodeError.NONE);
    }

    @Test
    void theInnermostQuotaCounts() {
        run(create("/q", 0), create("/q/in", 0));
        run(quota("/q", "count=-1,bytes=-1"));
        run(create("/zookeeper/quota/q/in", 0),
                new Create("/zookeeper/quota/q/in/zookeeper_limits", Bytes.utf8("nonsense=,=;=x"), OPEN, 0),
                new Create("/zookeeper/quota/q/in/zookeeper_stats", null, OPEN, 0));
        run(create("/q/in/x", 0));
        assertThat(usage("/q")).isEqualTo("count=2,bytes=8");
        assertThat(usage("/q/in")).isEqualTo("count=2,bytes=8");
        assertThat(run(new Authority(List.of(), true), create("/q/in/y", 0)).get(0).error()).isEqualTo(ZnodeError.NONE);
    }

    @Test
    void countsAgreeWithChildrenAfterRandomWrites() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            String parent = random.nextBoolean() ? "/" : "/d" + random.nextInt(3);
            String path = (parent.equals("/") ? "/" : parent + "/") + "d" + random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 -> run(new Delete(path, -1));
                case 1 -> run(new SetData(path, Bytes.utf8("v" + i), random.nextInt(3) - 1));
                case 2 -> run(create(path, random.nextInt(4)), create(path + "/x", 0));
                default -> run(create(path, random.nextInt(2)));
            }
        }
        for (String path : List.of("/", "/d0", "/d1", "/d2")) {
            Znode znode = find(path);
            if (znode != null) {
                int children = Children
                    .names(path, this.store.view().range(RangeQuery.of(TreeKeys.childrenOf(path))).kvs())
                    .size();
                assertThat(znode.stat().numChildren()).as("children of %s, seed %d", path, seed).isEqualTo(children);
            }
        }
    }

    private static Create create(String path, int flags) {
        return new Create(path, Bytes.utf8("data"), OPEN, flags);
    }

    private static Create ttl(String path, int flags, long millis) {
        return new Create(path, null, OPEN, flags, Create.Form.TTL, millis);
    }

    private static Create container(String path) {
        return new Create(path, null, OPEN, 4, Create.Form.CONTAINER, -1);
    }

    private List<Boolean> expire(long timeMillis, String... paths) {
        List<Boolean> expired = Arrays.stream(paths)
            .map((path) -> this.store.transact((txn) -> Expiry.expire(txn, path, timeMillis, 0)))
            .toList();
        this.store.publish(++this.index);
        return expired;
    }

    private List<String> marks() {
        return this.store.view()
            .range(RangeQuery.of(TreeKeys.TRANSIENTS))
            .kvs()
            .stream()
            .map((kv) -> Objects.requireNonNull(TreeKeys.parse(kv.key())).path())
            .toList();
    }

    private static ZnodeError permits(int allowed, int permission, ZnodeError then) {
        return ((allowed & permission) != 0) ? then : ZnodeError.NO_AUTH;
    }

    private static ZnodeOperation[] quota(String path, String limits) {
        return new ZnodeOperation[] { create("/zookeeper/quota" + path, 0),
                new Create("/zookeeper/quota" + path + "/zookeeper_limits", Bytes.utf8(limits), OPEN, 0),
                new Create("/zookeeper/quota" + path + "/zookeeper_stats", Bytes.utf8("count=0,bytes=0"), OPEN, 0) };
    }

    private String usage(String path) {
        Znode znode = Objects.requireNonNull(find("/zookeeper/quota" + path + "/zookeeper_stats"));
        return Objects.requireNonNull(znode.data()).toUtf8();
    }

    private ZnodeError error(ZnodeOperation operation) {
        return run(operation).get(0).error();
    }

    private List<ZnodeOutcome> run(ZnodeOperation... operations) {
        return run(Authority.NOBODY, operations);
    }

    private List<ZnodeOutcome> run(Authority authority, ZnodeOperation... operations) {
        ZnodeRequest request = new ZnodeRequest(Arrays.asList(operations));
        WriteZnodes write = new WriteZnodes(SESSION, 0, 1234, authority, List.of(request));
        try {
            return this.store.transact((txn) -> ZnodeTree.write(txn, write, request));
        }
        catch (WriteFailure failure) {
            return failure.outcomes();
        }
        finally {
            this.store.publish(++this.index);
        }
    }

    private void transact(Runnable work) {
        work.run();
        this.store.publish(++this.index);
    }

    private @Nullable Znode find(String path) {
        return Znode.of(path, this.store.view().range(RangeQuery.of(TreeKeys.record(path))).kvs());
    }

    private ZnodeStat stat(String path) {
        return Objects.requireNonNull(find(path), path).stat();
    }

}
