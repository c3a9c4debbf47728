/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.common;

/**
 * The version of etcd that clients are told. They choose features by it, and some convert
 * each part between the dots to a number.
 */
public final class EtcdVersion {

    /** What a member can do. */
    public static final String SERVER = "3.7.1";

    /** What the whole cluster can do: the minor version that all members share. */
    public static final String CLUSTER = "3.7.0";

    /** The minor version in whose form the data is shown to clients. */
    public static final String STORAGE = "3.7.0";

    private EtcdVersion() {
    }

}
