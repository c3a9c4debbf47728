/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.common.Bytes;

/** One change of the tree, or one check, as a client asked for it and not yet checked. */
public sealed interface ZnodeOperation {

    /** The version that means "any". */
    int ANY_VERSION = -1;

    /**
     * Creates a znode.
     *
     * @param path its path, or the beginning of it when it is sequential
     * @param data its data
     * @param acl who may do what; empty if what was asked for makes no sense
     * @param flags ZooKeeper's number of the create mode
     * @param form which of ZooKeeper's requests to create it was
     * @param ttlMillis how long it stays without children and changes, for the form with
     * a TTL
     */
    record Create(String path, @Nullable Bytes data, List<ZnodeAcl> acl, int flags, Form form,
            long ttlMillis) implements ZnodeOperation {

        /** Copies the list. */
        public Create {
            acl = List.copyOf(acl);
        }

        /**
         * A create of the plain form.
         * @param path its path, or the beginning of it when it is sequential
         * @param data its data
         * @param acl who may do what
         * @param flags ZooKeeper's number of the create mode
         */
        public Create(String path, @Nullable Bytes data, List<ZnodeAcl> acl, int flags) {
            this(path, data, acl, flags, Form.PLAIN, -1);
        }

        /** Which request it was: the flags alone do not tell. */
        public enum Form {

            /** For znodes that stay and for ephemeral ones. */
            PLAIN,
            /** For znodes that go when their last child has gone. */
            CONTAINER,
            /** For znodes that go when nobody has touched them for a while. */
            TTL

        }

    }

    /**
     * Deletes a znode.
     *
     * @param path its path
     * @param version the version it must have
     */
    record Delete(String path, int version) implements ZnodeOperation {
    }

    /**
     * Replaces the data of a znode.
     *
     * @param path its path
     * @param data the new data
     * @param version the version it must have
     */
    record SetData(String path, @Nullable Bytes data, int version) implements ZnodeOperation {
    }

    /**
     * Replaces the access control list of a znode.
     *
     * @param path the znode's path
     * @param acl who may do what; empty if what was asked for makes no sense
     * @param version the version that the list must have
     */
    record SetAcl(String path, List<ZnodeAcl> acl, int version) implements ZnodeOperation {

        /** Copies the list. */
        public SetAcl {
            acl = List.copyOf(acl);
        }

    }

    /**
     * Only checks a version, for multi.
     *
     * @param path the znode's path
     * @param version the version it must have
     */
    record Check(String path, int version) implements ZnodeOperation {
    }

}
