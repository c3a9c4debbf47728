/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may do what, as the real client sees it. */
class AccessControlTests {

    private static ClusterProcess cluster;

    private Client alice;

    private Client nobody;

    @BeforeAll
    static void start() throws Exception {
        cluster = ClusterProcess.withZookeeper(1, "--kv.server.zookeeper.enforce-quota=true",
                "--kv.server.zookeeper.super-digest=" + DigestAuthenticationProvider.generateDigest("super:secret"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void connect() {
        this.alice = Client.connected(cluster.zookeeperEndpoints());
        this.alice.zookeeper().addAuthInfo("digest", Client.bytes("alice:wonder"));
        this.nobody = Client.connected(cluster.zookeeperEndpoints());
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        this.alice.close();
        this.nobody.close();
    }

    @Test
    void whatOnlyItsCreatorMayTouch() throws Exception {
        ZooKeeper other = this.nobody.zookeeper();
        this.alice.zookeeper().create("/own", Client.bytes("x"), ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        assertNoAuth(() -> other.getData("/own", false, null));
        assertNoAuth(() -> other.exists("/own", false));
        assertNoAuth(() -> other.getChildren("/own", false));
        assertNoAuth(() -> other.getACL("/own", new Stat()));
        assertNoAuth(() -> other.getAllChildrenNumber("/own"));
        assertNoAuth(() -> other.setData("/own", new byte[0], -1));
        assertNoAuth(() -> other.setACL("/own", ZooDefs.Ids.OPEN_ACL_UNSAFE, -1));
        assertNoAuth(() -> this.nobody.create("/own/child", "", CreateMode.PERSISTENT));
        assertNoAuth(() -> other.multi(List.of(Op.check("/own", 0))));
        this.alice.create("/own/child", "", CreateMode.PERSISTENT);
        assertThat(other.getData("/own/child", false, null)).as("a list is not inherited").isEmpty();
        assertNoAuth(() -> other.delete("/own/child", -1));

        this.nobody.zookeeper().addAuthInfo("digest", Client.bytes("alice:wonder"));
        assertThat(other.getData("/own", false, null)).isEqualTo(Client.bytes("x"));
        other.delete("/own/child", -1);
        other.delete("/own", -1);
    }

    @Test
    void listsAndTheirVersion() throws Exception {
        String digest = DigestAuthenticationProvider.generateDigest("alice:wonder");
        List<ACL> acl = Arrays.asList(new ACL(Perms.READ, ZooDefs.Ids.ANYONE_ID_UNSAFE),
                new ACL(Perms.ALL, new Id("digest", digest)));
        this.alice.create("/listed", "", CreateMode.PERSISTENT);
        Stat before = this.alice.zookeeper().exists("/listed", false);
        Stat after = this.alice.zookeeper().setACL("/listed", acl, 0);
        assertThat(after.getAversion()).isOne();
        assertThat(after.getMzxid()).isEqualTo(before.getMzxid());
        Stat stat = new Stat();
        assertThat(this.alice.zookeeper().getACL("/listed", stat)).isEqualTo(acl);
        assertThat(stat).isEqualTo(after);
        assertThat(this.nobody.zookeeper().getACL("/listed", stat))
            .as("digests are shown only to those who may change the list")
            .containsExactly(acl.get(0), new ACL(Perms.ALL, new Id("digest", "alice:x")));
        assertThatThrownBy(() -> this.alice.zookeeper().setACL("/listed", acl, 0))
            .isInstanceOf(KeeperException.BadVersionException.class);
        assertThatThrownBy(() -> this.alice.zookeeper().setACL("/listed", new ArrayList<>(), 1))
            .isInstanceOf(KeeperException.InvalidACLException.class);
        assertThatThrownBy(() -> this.nobody.zookeeper()
            .create("/none", new byte[0], ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT))
            .as("nobody has no ids to put there")
            .isInstanceOf(KeeperException.InvalidACLException.class);
        assertThatThrownBy(() -> this.alice.zookeeper()
            .create("/none", new byte[0], Arrays.asList(new ACL(Perms.ALL, new Id("host", "x"))),
                    CreateMode.PERSISTENT))
            .isInstanceOf(KeeperException.InvalidACLException.class);
        assertThat(this.alice.zookeeper().getACL("/zookeeper/config", stat)).isEqualTo(ZooDefs.Ids.READ_ACL_UNSAFE);
    }

    @Test
    void addressesAndSuperUsers() throws Exception {
        List<ACL> local = Arrays.asList(new ACL(Perms.READ, new Id("ip", "127.0.0.0/8")));
        List<ACL> remote = Arrays.asList(new ACL(Perms.ALL, new Id("ip", "10.0.0.1")));
        this.alice.zookeeper().create("/local", Client.bytes("x"), local, CreateMode.PERSISTENT);
        this.alice.zookeeper().create("/remote", Client.bytes("x"), remote, CreateMode.PERSISTENT);
        assertThat(this.nobody.get("/local", false)).isEqualTo("x");
        assertNoAuth(() -> this.nobody.get("/remote", false));
        this.nobody.zookeeper().addAuthInfo("digest", Client.bytes("super:secret"));
        assertThat(this.nobody.get("/remote", false)).isEqualTo("x");
        this.nobody.zookeeper().setData("/local", Client.bytes("y"), -1);
        assertThat(this.nobody.zookeeper().whoAmI()).extracting(ClientInfo::getAuthScheme)
            .containsExactlyInAnyOrder("ip", "digest", "super");
        assertThat(this.alice.zookeeper().whoAmI()).contains(new ClientInfo("digest", "alice"));
    }

    @Test
    void nobodyHearsOfWhatTheyMayNotRead() throws Exception {
        ZooKeeper owner = this.alice.zookeeper();
        this.alice.create("/quiet", "", CreateMode.PERSISTENT);
        this.nobody.zookeeper().getData("/quiet", true, null);
        this.nobody.zookeeper().addWatch("/quiet", this.nobody, AddWatchMode.PERSISTENT_RECURSIVE);
        owner.setACL("/quiet", ZooDefs.Ids.CREATOR_ALL_ACL, -1);
        owner.setData("/quiet", Client.bytes("1"), -1);
        owner.create("/quiet/own", new byte[0], ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        this.alice.create("/quiet/open", "", CreateMode.PERSISTENT);
        owner.delete("/quiet/own", -1);
        owner.delete("/quiet/open", -1);
        owner.delete("/quiet", -1);
        this.alice.create("/quiet", "", CreateMode.PERSISTENT);
        assertThat(this.nobody.nextEvent()).isEqualTo("NodeCreated /quiet/open");
        assertThat(this.nobody.nextEvent()).isEqualTo("NodeDeleted /quiet/open");
        assertThat(this.nobody.nextEvent()).isEqualTo("NodeCreated /quiet");
        assertThat(this.nobody.hasEvents()).isFalse();
    }

    @Test
    void hardQuotas() throws Exception {
        this.alice.create("/bounded", "1234", CreateMode.PERSISTENT);
        // As zkCli does it.
        this.alice.create("/zookeeper/quota/bounded", "", CreateMode.PERSISTENT);
        this.alice.create("/zookeeper/quota/bounded/zookeeper_limits",
                "count=-1,bytes=-1=;byteHardLimit=10;countHardLimit=2", CreateMode.PERSISTENT);
        this.alice.create("/zookeeper/quota/bounded/zookeeper_stats", "count=0,bytes=0", CreateMode.PERSISTENT);
        this.alice.create("/bounded/one", "1234", CreateMode.PERSISTENT);
        assertThatThrownBy(() -> this.alice.create("/bounded/two", "", CreateMode.PERSISTENT))
            .isInstanceOf(KeeperException.QuotaExceededException.class);
        assertThatThrownBy(() -> this.alice.zookeeper().setData("/bounded/one", Client.bytes("1234567"), -1))
            .isInstanceOf(KeeperException.QuotaExceededException.class);
        assertThat(this.alice.get("/zookeeper/quota/bounded/zookeeper_stats", false)).isEqualTo("count=2,bytes=8");
        this.alice.zookeeper().delete("/zookeeper/quota/bounded/zookeeper_limits", -1);
        this.alice.create("/bounded/two", "", CreateMode.PERSISTENT);
    }

    @Test
    void aSchemeThatNobodyKnowsEndsTheSession() {
        this.nobody.zookeeper().addAuthInfo("nonsense", new byte[0]);
        this.nobody.await(Watcher.Event.KeeperState.AuthFailed);
        assertThatThrownBy(() -> this.nobody.get("/", false)).isInstanceOf(KeeperException.AuthFailedException.class);
    }

    @Test
    void severalReadsAtOnce() throws Exception {
        this.alice.create("/reads", "data", CreateMode.PERSISTENT);
        this.alice.create("/reads/child", "", CreateMode.EPHEMERAL);
        this.alice.zookeeper().create("/reads/own", new byte[0], ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.EPHEMERAL);
        List<OpResult> results = this.nobody.zookeeper()
            .multi(List.of(Op.getData("/reads"), Op.getChildren("/reads"), Op.getData("/none"),
                    Op.getChildren("/reads/own")));
        assertThat(((OpResult.GetDataResult) results.get(0)).getData()).isEqualTo(Client.bytes("data"));
        assertThat(((OpResult.GetDataResult) results.get(0)).getStat())
            .isEqualTo(this.nobody.zookeeper().exists("/reads", false));
        assertThat(((OpResult.GetChildrenResult) results.get(1)).getChildren()).containsExactlyInAnyOrder("child",
                "own");
        assertThat(((OpResult.ErrorResult) results.get(2)).getErr()).isEqualTo(-101);
        assertThat(((OpResult.ErrorResult) results.get(3)).getErr()).isEqualTo(-102);

        assertThat(this.alice.zookeeper().getEphemerals()).containsExactlyInAnyOrder("/reads/child", "/reads/own");
        assertThat(this.alice.zookeeper().getEphemerals("/reads/c")).containsExactly("/reads/child");
        assertThat(this.nobody.zookeeper().getEphemerals()).isEmpty();
        assertThat(this.nobody.zookeeper().getAllChildrenNumber("/reads")).isEqualTo(2);
        assertThat(this.nobody.zookeeper().getAllChildrenNumber("/zookeeper")).isEqualTo(2);
        int all = this.nobody.zookeeper().getAllChildrenNumber("/");
        this.alice.create("/reads/deeper", "", CreateMode.PERSISTENT);
        this.alice.create("/reads/deeper/still", "", CreateMode.PERSISTENT);
        assertThat(this.nobody.zookeeper().getAllChildrenNumber("/")).isEqualTo(all + 2);
        assertThatThrownBy(() -> this.nobody.zookeeper().getAllChildrenNumber("/none"))
            .isInstanceOf(KeeperException.NoNodeException.class);
    }

    private static void assertNoAuth(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(KeeperException.NoAuthException.class);
    }

}
