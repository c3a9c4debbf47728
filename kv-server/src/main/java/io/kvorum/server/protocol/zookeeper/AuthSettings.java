/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How clients show who they are, and what is made of it.
 *
 * @param superDigest the digest of the user who may do everything, as ZooKeeper writes
 * it, or {@code null} for nobody
 * @param saslUsers passwords of the users of SASL by their names
 * @param saslSuperUsers users of SASL who may do everything
 * @param saslRequired whether clients without SASL are turned away
 * @param certificates whether clients can show who they are with certificates
 * @param enforceQuotas whether hard quotas stop writes, and not only soft ones are told
 * of
 */
public record AuthSettings(@Nullable String superDigest, Map<String, String> saslUsers, Set<String> saslSuperUsers,
        boolean saslRequired, boolean certificates, boolean enforceQuotas) {

    /** Nobody is special, there is no SASL, and quotas are not enforced. */
    public static final AuthSettings DEFAULTS = new AuthSettings(null, Map.of(), Set.of(), false, false, false);

    /** Copies the collections. */
    public AuthSettings {
        saslUsers = Map.copyOf(saslUsers);
        saslSuperUsers = Set.copyOf(saslSuperUsers);
    }

    boolean hasSasl() {
        return !this.saslUsers.isEmpty();
    }

    /** Keeps passwords out of logs. */
    @Override
    public String toString() {
        return "AuthSettings[saslUsers=" + this.saslUsers.size() + ", saslRequired=" + this.saslRequired
                + ", enforceQuotas=" + this.enforceQuotas + "]";
    }

}
