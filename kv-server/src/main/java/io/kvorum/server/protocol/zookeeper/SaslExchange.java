/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

import org.jspecify.annotations.Nullable;

/**
 * The server's side of SASL with DIGEST-MD5, with the names that ZooKeeper's clients
 * expect. Confined to the connection's event loop.
 */
final class SaslExchange {

    private final Map<String, String> users;

    private final SaslServer server;

    private String claimed = "";

    SaslExchange(Map<String, String> users) throws SaslException {
        this.users = users;
        this.server = Sasl.createSaslServer("DIGEST-MD5", "zookeeper", "zk-sasl-md5", null, this::answer);
        if (this.server == null) {
            throw new SaslException("this Java runtime has no DIGEST-MD5");
        }
    }

    byte @Nullable [] evaluate(byte[] token) throws SaslException {
        return this.server.evaluateResponse(token);
    }

    /** Returns who the client has shown to be, or {@code null} if that is still open. */
    @Nullable String user() {
        return this.server.isComplete() ? this.server.getAuthorizationID() : null;
    }

    private void answer(Callback[] questions) {
        for (Callback question : questions) {
            if (question instanceof NameCallback name) {
                this.claimed = name.getDefaultName();
                name.setName(name.getDefaultName());
            }
            else if (question instanceof PasswordCallback password) {
                String known = this.users.get(this.claimed);
                if (known != null) {
                    password.setPassword(known.toCharArray());
                }
            }
            else if (question instanceof RealmCallback realm) {
                realm.setText(realm.getDefaultText());
            }
            else if (question instanceof AuthorizeCallback authorize) {
                // ZooKeeper: whoever has shown to be one user cannot act for another.
                authorize.setAuthorized(true);
                authorize.setAuthorizedID(authorize.getAuthenticationID());
            }
        }
    }

}
