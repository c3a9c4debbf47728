/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.client;

/**
 * Who the client is.
 *
 * @param user the name
 * @param password the password, which never gets into logs
 */
public record Credentials(String user, String password) {

    @Override
    public String toString() {
        return "user " + this.user;
    }

}
