/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key for the server, one for a client, and a store with the certificates of both, made
 * by the JDK's own program.
 *
 * @param directory where they are
 */
record Certificates(Path directory) {

    static final String PASSWORD = "changeit";

    static Certificates create(Path directory) throws IOException, InterruptedException {
        Certificates made = new Certificates(directory);
        for (String name : List.of("server", "client", "stranger")) {
            made.keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
                    "CN=" + name + ",O=Kvorum", "-ext", "san=ip:127.0.0.1,dns:localhost", "-keystore",
                    made.keys(name).toString());
            made.keytool("-exportcert", "-alias", name, "-keystore", made.keys(name).toString(), "-file",
                    directory.resolve(name + ".cer").toString());
            if (!name.equals("stranger")) {
                made.keytool("-importcert", "-noprompt", "-alias", name, "-file",
                        directory.resolve(name + ".cer").toString(), "-keystore", made.trusted().toString());
            }
        }
        return made;
    }

    Path keys(String name) {
        return this.directory.resolve(name + ".p12");
    }

    Path trusted() {
        return this.directory.resolve("trusted.p12");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

}
