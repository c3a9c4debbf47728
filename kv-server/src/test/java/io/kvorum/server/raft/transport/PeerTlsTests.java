/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.kvorum.server.common.Clock;
import io.kvorum.server.common.MemberId;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Members that show each other certificates. */
class PeerTlsTests {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static final MemberId ONE = new MemberId(1);

    private static final MemberId TWO = new MemberId(2);

    @TempDir
    static Path directory;

    private static PeerTls ours;

    private static PeerTls theirs;

    private final List<PeerTransport> open = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        ours = tls("ours");
        theirs = tls("theirs");
    }

    @AfterEach
    void close() {
        this.open.forEach(PeerTransport::close);
    }

    @Test
    void membersThatTrustEachOtherTalk() throws Exception {
        PeerTransport two = start(TWO, ours);
        PeerTransport one = start(ONE, ours);
        one.setAddress(TWO, "127.0.0.1:" + two.port());
        byte[] large = new byte[200_000];
        large[150_000] = 42;
        assertThat(one.call(TWO, (byte) 0, large, 5000).get(5, TimeUnit.SECONDS)).isEqualTo(large);
    }

    @Test
    void aCertificateThatIsNotTrustedEndsTheConnection() throws Exception {
        PeerTransport two = start(TWO, theirs);
        PeerTransport one = start(ONE, ours);
        one.setAddress(TWO, "127.0.0.1:" + two.port());
        assertThatThrownBy(() -> one.call(TWO, (byte) 0, new byte[0], 5000).get(6, TimeUnit.SECONDS))
            .hasMessageContaining("is not reachable")
            .hasMessageContaining("cert");
    }

    @Test
    void aMemberWithoutTlsIsNotUnderstood() throws Exception {
        PeerTransport two = start(TWO, ours);
        PeerTransport one = start(ONE, null);
        one.setAddress(TWO, "127.0.0.1:" + two.port());
        assertThatThrownBy(() -> one.call(TWO, (byte) 0, new byte[0], 5000).get(6, TimeUnit.SECONDS))
            .hasMessageContaining("is not reachable");
    }

    @Test
    void eachContextIsForItsSide() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerTls(ours.client(), theirs.client()));
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerTls(ours.server(), theirs.server()));
    }

    private PeerTransport start(MemberId self, @Nullable PeerTls tls) throws IOException {
        PeerTransport transport = new PeerTransport(new PeerIdentity(7, self), Map.of(), "127.0.0.1:0",
                PeerLimits.DEFAULT, tls, (from, kind, request) -> CompletableFuture.completedFuture(request),
                Clock.SYSTEM);
        this.open.add(transport);
        transport.start();
        return transport;
    }

    /**
     * Makes a self-signed certificate that trusts itself only, with the JDK's own tool.
     */
    private static PeerTls tls(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1", "-keyalg", "EC",
                "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(output).isZero();
        return read(file, name);
    }

    private static PeerTls read(Path file, String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, store.getCertificate(name));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return new PeerTls(SslContextBuilder.forClient().keyManager(keys).trustManager(trust).build(),
                SslContextBuilder.forServer(keys).trustManager(trust).clientAuth(ClientAuth.REQUIRE).build());
    }

}
