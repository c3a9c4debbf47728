/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.harness;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The test needs the programs etcd and etcdctl. Without them it is skipped, unless
 * {@code -Dkvorum.require-etcd=true} (or the environment variable
 * {@code KVORUM_REQUIRE_ETCD=true}) asks for a failure instead, as CI does.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.kvorum.acceptance.harness.RequiresEtcd$Programs#installed",
        disabledReason = "needs etcd and etcdctl: apt-get install etcd-server etcd-client")
public @interface RequiresEtcd {

    /** Looks for the programs on the path. */
    final class Programs {

        private static final List<String> NAMES = List.of("etcd", "etcdctl");

        private Programs() {
        }

        static boolean installed() {
            List<String> missing = NAMES.stream().filter((name) -> !onPath(name)).toList();
            if (missing.isEmpty()) {
                return true;
            }
            if (Boolean.getBoolean("kvorum.require-etcd")
                    || Boolean.parseBoolean(System.getenv("KVORUM_REQUIRE_ETCD"))) {
                throw new IllegalStateException("not on the path: " + missing
                        + "; install the Debian packages etcd-server and etcd-client, or unset kvorum.require-etcd");
            }
            return false;
        }

        private static boolean onPath(String name) {
            String path = System.getenv("PATH");
            return path != null && Arrays.stream(path.split(File.pathSeparator))
                .anyMatch((folder) -> Files.isExecutable(Path.of(folder, name)));
        }

    }

}
