/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts one member. */
@SpringBootApplication
public class KvServerApplication {

    /**
     * Starts the member.
     * @param args etcd-style flags
     */
    public static void main(String[] args) {
        SpringApplication.run(KvServerApplication.class, args);
    }

}
