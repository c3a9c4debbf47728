/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import static io.kvorum.server.boot.FlagType.SWITCH;
import static io.kvorum.server.boot.FlagType.TEXT;

/**
 * Flags of etcd that ask for protection, or for a different cluster, and do not exist
 * here. Whoever sets them relies on them, so they stop the start.
 */
final class RefusedFlags {

    private static final String TLS = "there is no TLS yet, and without it the traffic would be readable";

    private static final String CERTIFICATES = "certificates are not checked yet, so anybody could connect";

    private static final String DISCOVERY = "name all members with --initial-cluster";

    static final List<Flag> ALL = List.of(
    // @formatter:off
        Flag.refused("cert-file", TEXT, "", TLS),
        Flag.refused("key-file", TEXT, "", TLS),
        Flag.refused("client-cert-file", TEXT, "", TLS),
        Flag.refused("client-key-file", TEXT, "", TLS),
        Flag.refused("auto-tls", SWITCH, "false", TLS),
        Flag.refused("peer-cert-file", TEXT, "", TLS),
        Flag.refused("peer-key-file", TEXT, "", TLS),
        Flag.refused("peer-client-cert-file", TEXT, "", TLS),
        Flag.refused("peer-client-key-file", TEXT, "", TLS),
        Flag.refused("peer-auto-tls", SWITCH, "false", TLS),
        Flag.refused("cipher-suites", TEXT, "", TLS),
        Flag.refused("client-cert-auth", SWITCH, "false", CERTIFICATES),
        Flag.refused("trusted-ca-file", TEXT, "", CERTIFICATES),
        Flag.refused("client-crl-file", TEXT, "", CERTIFICATES),
        Flag.refused("client-cert-allowed-hostname", TEXT, "", CERTIFICATES),
        Flag.refused("peer-client-cert-auth", SWITCH, "false", CERTIFICATES),
        Flag.refused("peer-trusted-ca-file", TEXT, "", CERTIFICATES),
        Flag.refused("peer-crl-file", TEXT, "", CERTIFICATES),
        Flag.refused("peer-cert-allowed-cn", TEXT, "", CERTIFICATES),
        Flag.refused("peer-cert-allowed-hostname", TEXT, "", CERTIFICATES),
        Flag.refused("peer-skip-client-san-verification", SWITCH, "false", CERTIFICATES),
        Flag.refused("auth-token", TEXT, "simple", "there is no authentication yet, so tokens would protect nothing"),
        Flag.refused("cors", TEXT, "*", "origins are not checked yet"),
        Flag.refused("host-whitelist", TEXT, "*", "host names are not checked yet"),
        Flag.refused("pre-vote", SWITCH, "true",
                "pre-vote is always on; without it a member that comes back could unseat the leader"),
        Flag.refused("force-new-cluster", SWITCH, "false", "a cluster cannot be cut down to one member yet"),
        Flag.refused("listen-client-http-urls", TEXT, "", "HTTP and gRPC share --listen-client-urls"),
        Flag.refused("enable-v2", SWITCH, "false", "the v2 API does not exist yet"),
        Flag.refused("experimental-enable-v2v3", TEXT, "", "the v2 API does not exist yet"),
        Flag.refused("proxy", TEXT, "off", "there is no proxy mode"),
        Flag.refused("discovery", TEXT, "", DISCOVERY),
        Flag.refused("discovery-proxy", TEXT, "", DISCOVERY),
        Flag.refused("discovery-srv", TEXT, "", DISCOVERY),
        Flag.refused("discovery-srv-name", TEXT, "", DISCOVERY),
        Flag.refused("discovery-token", TEXT, "", DISCOVERY),
        Flag.refused("discovery-endpoints", TEXT, "", DISCOVERY),
        Flag.refused("discovery-user", TEXT, "", DISCOVERY),
        Flag.refused("discovery-password", TEXT, "", DISCOVERY)
    // @formatter:on
    );

    private RefusedFlags() {
    }

}
