/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * The file in which a member remembers who it is. Written once, before anything else is
 * stored, and compared at each start.
 */
final class MemberFile {

    private static final String CLUSTER_ID = "cluster-id";

    private static final String MEMBER_ID = "member-id";

    private static final String NAME = "name";

    private static final String INITIAL_CLUSTER = "initial-cluster";

    private static final String TOKEN = "initial-cluster-token";

    private final Path file;

    MemberFile(DataDirectory directory) {
        this.file = directory.root().resolve("member.properties");
    }

    /**
     * Settles who this member is: what the settings say in a new directory, and what the
     * directory says afterwards. Settings that contradict the directory stop the start.
     */
    Membership settle(MemberProperties member, ClusterProperties cluster) {
        if (!Files.exists(this.file)) {
            return found(member, cluster);
        }
        Membership stored = read();
        if (cluster.initialCluster().isEmpty()) {
            return stored;
        }
        Membership wanted = Membership.of(member, cluster);
        requireSame(MEMBER_ID, stored.self().value(), wanted.self().value());
        requireSame(CLUSTER_ID, stored.clusterId(), wanted.clusterId());
        return stored;
    }

    private Membership found(MemberProperties member, ClusterProperties cluster) {
        if (cluster.initialClusterState().equals(ClusterProperties.EXISTING)) {
            throw SettingException.invalid("--initial-cluster-state=existing: " + this.file.getParent()
                    + " holds no member, and joining a running cluster is not supported yet");
        }
        Membership membership = Membership.of(member, cluster);
        Properties properties = new Properties();
        properties.setProperty(CLUSTER_ID, Long.toHexString(membership.clusterId()));
        properties.setProperty(MEMBER_ID, membership.self().toString());
        properties.setProperty(NAME, member.name());
        properties.setProperty(INITIAL_CLUSTER, membership.initialCluster());
        properties.setProperty(TOKEN, cluster.initialClusterToken());
        write(properties);
        return membership;
    }

    private Membership read() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(this.file)) {
            properties.load(reader);
        }
        catch (IOException ex) {
            throw SettingException.invalid(this.file + " cannot be read: " + ex.getMessage());
        }
        Membership membership = Membership.parse(value(properties, INITIAL_CLUSTER), value(properties, TOKEN),
                value(properties, NAME));
        if (!value(properties, MEMBER_ID).equals(membership.self().toString())
                || !value(properties, CLUSTER_ID).equals(Long.toHexString(membership.clusterId()))) {
            throw SettingException.invalid(this.file + " is damaged: the ids do not belong to the members it lists;"
                    + " restore it from a backup, or start with an empty --data-dir");
        }
        return membership;
    }

    private String value(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw SettingException.invalid(this.file + " is damaged: " + key
                    + " is missing; restore it from a backup, or start with an empty --data-dir");
        }
        return value;
    }

    private void requireSame(String key, long stored, long wanted) {
        if (stored != wanted) {
            throw SettingException.invalid("--data-dir=" + this.file.getParent() + " belongs to " + key + " "
                    + Long.toHexString(stored) + ", but --initial-cluster and --initial-cluster-token give "
                    + Long.toHexString(wanted) + "; use the flags it was created with, or another directory");
        }
    }

    /** Complete or not at all, also after a power cut. */
    private void write(Properties properties) {
        Path draft = this.file.resolveSibling(this.file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, "Who this member is. Do not edit.");
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(this.file.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        }
        catch (IOException ex) {
            throw SettingException.invalid(this.file + " cannot be written: " + ex.getMessage());
        }
    }

}
