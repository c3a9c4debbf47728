/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.tree;

import java.util.List;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeId;
import io.kvorum.server.common.KeyValue;

/** ZooKeeper's rules for who may do what. */
public final class AccessControl {

    private static final String SUPER = "super";

    private AccessControl() {
    }

    /**
     * Returns the list that a key stands for.
     * @param keys what was found at {@link TreeKeys#side}
     * @return the access control list
     */
    public static List<ZnodeAcl> listIn(List<KeyValue> keys) {
        return keys.isEmpty() ? SideRecord.OPEN.acl() : SideRecord.decode(keys.get(0).value()).acl();
    }

    /**
     * Tells whether somebody may do something.
     * @param acl the access control list
     * @param permissions what is to be done; any of these permissions is enough
     * @param ids who it is
     * @return whether an entry of the list allows it
     */
    public static boolean allows(List<ZnodeAcl> acl, int permissions, List<ZnodeId> ids) {
        for (ZnodeAcl entry : acl) {
            if ((entry.permissions() & permissions) != 0 && isAbout(entry, ids)) {
                return true;
            }
        }
        for (ZnodeId id : ids) {
            if (id.scheme().equals(SUPER)) {
                return true;
            }
        }
        return acl.isEmpty();
    }

    private static boolean isAbout(ZnodeAcl entry, List<ZnodeId> ids) {
        if (entry.scheme().equals("world") && entry.id().equals("anyone")) {
            return true;
        }
        for (ZnodeId id : ids) {
            if (id.scheme().equals(entry.scheme()) && isAbout(entry, id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbout(ZnodeAcl entry, ZnodeId id) {
        return switch (id.scheme()) {
            case "ip" -> IpRange.contains(entry.id(), id.id());
            // ZooKeeper: this user is all users of this scheme.
            case "sasl" -> id.id().equals(SUPER) || id.id().equals(entry.id());
            case "digest", "x509" -> id.id().equals(entry.id());
            default -> false;
        };
    }

}
