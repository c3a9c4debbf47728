/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster that this member founds.
 *
 * @param initialAdvertisePeerUrls Peer URLs told to other members, separated by commas;
 * must equal this member's entry in the initial cluster.
 * @param initialCluster Members of a new cluster as name=url, separated by commas.
 * Default: this member alone.
 * @param initialClusterToken Tells clusters apart that would otherwise look the same.
 * @param initialClusterState 'new', or 'existing' to join; ignored once there is data.
 * @param strictReconfigCheck Refuse changes of membership that would lose the quorum.
 */
@ConfigurationProperties("kv.server")
record ClusterProperties(@DefaultValue("http://localhost:2380") String initialAdvertisePeerUrls,
        @DefaultValue("") String initialCluster, @DefaultValue("etcd-cluster") String initialClusterToken,
        @DefaultValue("new") String initialClusterState, @DefaultValue("true") boolean strictReconfigCheck) {

    static final String EXISTING = "existing";

    ClusterProperties {
        Url.list("initial-advertise-peer-urls", initialAdvertisePeerUrls);
        if (!initialClusterState.equals("new") && !initialClusterState.equals(EXISTING)) {
            throw SettingException
                .invalid("--initial-cluster-state='" + initialClusterState + "' must be 'new' or 'existing'");
        }
    }

    List<Url> advertisedPeerUrls() {
        return Url.list("initial-advertise-peer-urls", this.initialAdvertisePeerUrls);
    }

}
