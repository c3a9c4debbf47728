/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this member is and where it listens.
 *
 * @param name Name of this member; must appear in the initial cluster.
 * @param dataDir Directory that holds everything this member knows. Default:
 * {@code <name>.etcd} in the working directory.
 * @param walDir Directory of the Raft log, if it has a disk of its own. Default: inside
 * the data directory.
 * @param listenClientUrls Where clients reach this member, separated by commas. Default:
 * {@code http://localhost:2379}.
 * @param advertiseClientUrls Client URLs told to clients; required when
 * listen-client-urls is set. Default: {@code http://localhost:2379}.
 * @param listenPeerUrls Where other members reach this member.
 * @param listenMetricsUrls More addresses for metrics and health, separated by commas.
 */
@ConfigurationProperties("kv.server")
record MemberProperties(@DefaultValue("default") String name, @DefaultValue("") String dataDir,
        @DefaultValue("") String walDir, @DefaultValue("") String listenClientUrls,
        @DefaultValue("") String advertiseClientUrls, @DefaultValue("http://localhost:2380") String listenPeerUrls,
        @DefaultValue("") String listenMetricsUrls) {

    private static final String DEFAULT_CLIENT_URL = "http://localhost:2379";

    MemberProperties {
        if (name.isBlank() || name.contains("=") || name.contains(",")) {
            throw SettingException.invalid("--name='" + name + "' must not be empty and must not contain = or ,");
        }
        if (!listenClientUrls.isEmpty() && advertiseClientUrls.isEmpty()) {
            throw SettingException.invalid("--advertise-client-urls is required when --listen-client-urls is set");
        }
        dataDir = dataDir.isEmpty() ? name + ".etcd" : dataDir;
        listenClientUrls = listenClientUrls.isEmpty() ? DEFAULT_CLIENT_URL : listenClientUrls;
        advertiseClientUrls = advertiseClientUrls.isEmpty() ? DEFAULT_CLIENT_URL : advertiseClientUrls;
        Url.list("listen-client-urls", listenClientUrls);
        Url.list("advertise-client-urls", advertiseClientUrls);
        if (Url.list("listen-peer-urls", listenPeerUrls).size() > 1) {
            throw SettingException.invalid(
                    "--listen-peer-urls=" + listenPeerUrls + ": only one address is supported; 0.0.0.0 listens on all");
        }
        if (!listenMetricsUrls.isEmpty()) {
            Url.list("listen-metrics-urls", listenMetricsUrls);
        }
    }

    List<Url> clientListeners() {
        return Url.list("listen-client-urls", this.listenClientUrls);
    }

    List<Url> advertisedClientUrls() {
        return Url.list("advertise-client-urls", this.advertiseClientUrls);
    }

    Url peerListener() {
        return Url.list("listen-peer-urls", this.listenPeerUrls).get(0);
    }

    List<Url> metricsListeners() {
        return this.listenMetricsUrls.isEmpty() ? List.of() : Url.list("listen-metrics-urls", this.listenMetricsUrls);
    }

}
