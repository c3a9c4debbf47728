/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.util.ArrayList;
import java.util.List;

import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.Test;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.MemberProcess;

/** What clients of a member hear that has lost the others. */
class LonelyMemberTests {

    @Test
    void clientsAreToldThatTheyAreAlone() throws Exception {
        List<MemberProcess> paused = new ArrayList<>();
        try (ClusterProcess cluster = ClusterProcess.withZookeeper(3);
                Client client = Client.connected(cluster.zookeeperEndpoints())) {
            String description = client.zookeeper().toString();
            String remote = description.substring(description.indexOf("remoteserver:"));
            for (MemberProcess member : cluster.members()) {
                if (!remote.contains(member.spec().zookeeperEndpoint())) {
                    member.pause();
                    paused.add(member);
                }
            }
            // The others may have seen the session expire: it must not look alive.
            client.await(KeeperState.Disconnected);
            paused.forEach(MemberProcess::resume);
        }
    }

}
