/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeId;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeOperation.Create;
import io.kvorum.server.command.ZnodeOperation.SetAcl;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.tree.IpRange;

/**
 * What becomes of the access control lists in requests before they go into the log: what
 * they mean must not depend on the member that applies them. Immutable.
 */
final class AclRules {

    private static final List<ZnodeAcl> OPEN = List.of(ZnodeAcl.OPEN);

    private static final Pattern PRINCIPAL = Pattern.compile("([^/@]*)(/([^/@]*))?@([^/@]*)");

    private final boolean sasl;

    private final boolean x509;

    /**
     * Creates the rules.
     * @param sasl whether there are users of SASL
     * @param x509 whether clients can have certificates
     */
    AclRules(boolean sasl, boolean x509) {
        this.sasl = sasl;
        this.x509 = x509;
    }

    /** Returns the request with lists that say who is meant. */
    ZnodeRequest apply(ZnodeRequest request, List<ZnodeId> ids) {
        if (request.operations().stream().allMatch(AclRules::isClear)) {
            return request;
        }
        return new ZnodeRequest(request.operations().stream().map((operation) -> apply(operation, ids)).toList());
    }

    private static boolean isClear(ZnodeOperation operation) {
        return !(operation instanceof SetAcl) && !(operation instanceof Create create && !create.acl().equals(OPEN));
    }

    private ZnodeOperation apply(ZnodeOperation operation, List<ZnodeId> ids) {
        if (operation instanceof SetAcl set) {
            return new SetAcl(set.path(), apply(set.acl(), ids), set.version());
        }
        if (operation instanceof Create create) {
            return new Create(create.path(), create.data(), apply(create.acl(), ids), create.flags(), create.form(),
                    create.ttlMillis());
        }
        return operation;
    }

    /**
     * Returns the list without repetitions and with the client's own ids in place of
     * "whoever I am".
     * @return the list, empty if the one given makes no sense
     */
    List<ZnodeAcl> apply(List<ZnodeAcl> acl, List<ZnodeId> ids) {
        List<ZnodeAcl> clear = new ArrayList<>(acl.size());
        for (ZnodeAcl entry : new LinkedHashSet<>(acl)) {
            if (entry.scheme().equals("auth")) {
                int before = clear.size();
                ids.stream()
                    .filter((id) -> isProven(id.scheme()))
                    .forEach((id) -> clear.add(new ZnodeAcl(entry.permissions(), id.scheme(), id.id())));
                if (clear.size() == before) {
                    return List.of();
                }
            }
            else if (isValid(entry.scheme(), entry.id())) {
                clear.add(entry);
            }
            else {
                return List.of();
            }
        }
        return clear;
    }

    private static boolean isProven(String scheme) {
        return scheme.equals("digest") || scheme.equals("sasl") || scheme.equals("x509");
    }

    private boolean isValid(String scheme, String id) {
        return switch (scheme) {
            case "world" -> id.equals("anyone");
            case "ip" -> IpRange.isValid(id);
            // ZooKeeper counts parts but not empty ones at the end.
            case "digest" -> id.indexOf(':') == id.lastIndexOf(':') && id.indexOf(':') >= 0 && !id.endsWith(":");
            case "sasl" -> this.sasl && (!id.contains("@") || PRINCIPAL.matcher(id).matches());
            case "x509" -> this.x509 && isDistinguishedName(id);
            default -> false;
        };
    }

    private static boolean isDistinguishedName(String id) {
        try {
            return !new X500Principal(id).getName().isEmpty() || id.isEmpty();
        }
        catch (IllegalArgumentException malformed) {
            return false;
        }
    }

}
