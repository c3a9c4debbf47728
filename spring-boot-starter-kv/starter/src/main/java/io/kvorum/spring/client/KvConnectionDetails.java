/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.spring.client;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the servers are and who the application is, for whoever knows it better than
 * properties.
 */
public interface KvConnectionDetails extends ConnectionDetails {

    /**
     * Returns addresses of members.
     * @return at least one, as {@code http://host:port}
     */
    List<String> endpoints();

    /**
     * Returns who the application is.
     * @return the user, or {@code null} if the servers do not ask
     */
    default @Nullable String username() {
        return null;
    }

    /**
     * Returns the user's password.
     * @return the password, or {@code null} if there is no user
     */
    default @Nullable String password() {
        return null;
    }

}
