/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.kvorum.server.protocol.zookeeper.AuthSettings;

/**
 * Who ZooKeeper clients may be.
 *
 * @param superDigest User who may do everything, as ZooKeeper writes it:
 * {@code super:<Base64 of the SHA-1 of super:password>}. Default: nobody.
 * @param enforceQuota Whether hard quotas stop writes. Must be the same on all members.
 * @param sasl Users of SASL.
 */
@ConfigurationProperties("kv.server.zookeeper")
record ZookeeperAuthProperties(@Nullable String superDigest, @DefaultValue("false") boolean enforceQuota,
        @DefaultValue Sasl sasl) {

    ZookeeperAuthProperties {
        if (superDigest != null && superDigest.indexOf(':') <= 0) {
            throw SettingException.invalid("kv.server.zookeeper.super-digest must be a user, a colon and a digest");
        }
    }

    AuthSettings settings(boolean certificates) {
        return new AuthSettings(this.superDigest, this.sasl.users, this.sasl.superUsers, this.sasl.required,
                certificates, this.enforceQuota);
    }

    /**
     * Users of SASL with DIGEST-MD5.
     *
     * @param users Passwords by the names of the users. None: no SASL.
     * @param superUsers Users of these who may do everything.
     * @param required Whether clients without SASL are turned away.
     */
    record Sasl(@DefaultValue Map<String, String> users, @DefaultValue Set<String> superUsers,
            @DefaultValue("false") boolean required) {

        Sasl {
            if (required && users.isEmpty()) {
                throw SettingException
                    .invalid("kv.server.zookeeper.sasl.required=true needs kv.server.zookeeper.sasl.users");
            }
            for (String user : superUsers) {
                if (!users.containsKey(user)) {
                    throw SettingException.invalid("kv.server.zookeeper.sasl.super-users=" + user
                            + " is not among kv.server.zookeeper.sasl.users");
                }
            }
        }

    }

}
