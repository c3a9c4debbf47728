/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.benchmark.emptyweb;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves nothing: each request is answered with 404. */
@SpringBootApplication
public class EmptyWebApplication {

    /**
     * Starts the application.
     * @param args Spring Boot's arguments
     */
    public static void main(String[] args) {
        SpringApplication.run(EmptyWebApplication.class, args);
    }

}
