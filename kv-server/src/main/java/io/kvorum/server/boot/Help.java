/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import io.kvorum.server.common.EtcdVersion;

/** What {@code --help} and {@code --version} print. */
final class Help {

    private Help() {
    }

    static String help() {
        StringBuilder text = new StringBuilder("""
                Usage: java -jar kv-server.jar [flags]
                       java -jar kv-server.jar zookeeper-proxy [flags]; see zookeeper-proxy --help

                Starts one member. Without flags: a cluster of one, with its data in ./default.etcd.
                Flags are etcd's: --flag value or --flag=value. Each is also an environment variable
                (ETCD_DATA_DIR for --data-dir) and a Spring property (kv.server.data-dir).

                  --config-file FILE
                      Reads the flags from a YAML file, as etcd does; replaces all other flags.
                  --help, --version
                """);
        for (Flag flag : Flags.settings()) {
            text.append("  --").append(flag.name()).append(" '").append(flag.defaultValue()).append("'\n");
            text.append("      ").append(flag.help()).append('\n');
        }
        return text.toString();
    }

    static String version() {
        String product = Help.class.getPackage().getImplementationVersion();
        return "Kvorum Version: " + ((product != null) ? product : "development") + "\netcd Version: "
                + EtcdVersion.SERVER + "\nJava Version: " + Runtime.version() + "\nJava OS/Arch: "
                + System.getProperty("os.name") + "/" + System.getProperty("os.arch") + "\n";
    }

}
