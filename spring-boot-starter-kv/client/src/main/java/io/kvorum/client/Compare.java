/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

/**
 * A condition of a transaction.
 *
 * @param range the keys that it is about: it must hold for all of them
 * @param target what of them is compared
 * @param relation how
 * @param value what with, unless the target is the value
 * @param bytes what with, if the target is the value
 */
public record Compare(KeyRange range, Target target, Relation relation, long value, Bytes bytes) {

    /**
     * Holds when a key does not exist.
     * @param key the key
     * @return the condition
     */
    public static Compare isAbsent(Bytes key) {
        return createRevision(key, Relation.EQUAL, 0);
    }

    /**
     * Holds when a key exists.
     * @param key the key
     * @return the condition
     */
    public static Compare exists(Bytes key) {
        return createRevision(key, Relation.GREATER, 0);
    }

    /**
     * Compares the revision that created a key, 0 if it does not exist.
     * @param key the key
     * @param relation how
     * @param revision what with
     * @return the condition
     */
    public static Compare createRevision(Bytes key, Relation relation, long revision) {
        return new Compare(KeyRange.single(key), Target.CREATE_REVISION, relation, revision, Bytes.EMPTY);
    }

    /**
     * Holds when a key was last written by a revision; 0: when it does not exist.
     * @param key the key
     * @param revision the revision
     * @return the condition
     */
    public static Compare isUnchangedSince(Bytes key, long revision) {
        return new Compare(KeyRange.single(key), Target.MOD_REVISION, Relation.EQUAL, revision, Bytes.EMPTY);
    }

    /**
     * Compares the value of a key, which must exist.
     * @param key the key
     * @param relation how
     * @param value what with
     * @return the condition
     */
    public static Compare value(Bytes key, Relation relation, Bytes value) {
        return new Compare(KeyRange.single(key), Target.VALUE, relation, 0, value);
    }

    /** What of a key is compared. */
    public enum Target {

        /** The number of writes since its creation. */
        VERSION,

        /** The revision that created it. */
        CREATE_REVISION,

        /** The revision that wrote it last. */
        MOD_REVISION,

        /** Its value. */
        VALUE,

        /** Its lease. */
        LEASE

    }

    /** How it is compared. */
    public enum Relation {

        /** The same. */
        EQUAL,

        /** More than that. */
        GREATER,

        /** Less than that. */
        LESS,

        /** Anything but that. */
        NOT_EQUAL

    }

}
