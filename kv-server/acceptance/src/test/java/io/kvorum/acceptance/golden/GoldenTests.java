/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.Etcdctl;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.acceptance.harness.RequiresEtcd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays every transcript against an empty single member of both servers. The files were
 * written by etcd ({@code -Dkvorum.golden.record=true}); each run checks that etcd still
 * answers so, and that kv-server does.
 */
@RequiresEtcd
class GoldenTests {

    private static final Path DIRECTORY = Path
        .of(System.getProperty("kvorum.golden.directory", "src/test/resources/golden"));

    private static final boolean RECORD = Boolean.getBoolean("kvorum.golden.record");

    static Stream<Arguments> transcripts() throws IOException {
        List<Product> products = RECORD ? List.of(Product.ETCD) : List.of(Product.ETCD, Product.KVORUM);
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<String> names = files.map((file) -> file.getFileName().toString())
                .filter((name) -> name.endsWith(".transcript"))
                .sorted()
                .toList();
            return names.stream().flatMap((name) -> products.stream().map((product) -> Arguments.of(name, product)));
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("transcripts")
    void serverReproducesTheTranscript(String name, Product product) throws IOException {
        Path file = DIRECTORY.resolve(name);
        Transcript golden = Transcript.parse(Files.readString(file));
        try (ClusterProcess server = ClusterProcess.inMemory(product);
                TranscriptRunner runner = new TranscriptRunner(new Etcdctl(server.endpoints(), server.directory()))) {
            String seen = runner.play(golden).render();
            if (RECORD) {
                Files.writeString(file, seen);
            }
            else {
                Transcript expected = (product == Product.KVORUM) ? golden.asKvorumPrints() : golden;
                assertThat(seen).as("%s on %s%n%s", name, product, server.logTails()).isEqualTo(expected.render());
            }
        }
    }

}
