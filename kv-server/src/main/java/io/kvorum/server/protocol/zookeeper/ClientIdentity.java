/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.sasl.SaslException;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.proto.WhoAmIResponse;
import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.Authority;
import io.kvorum.server.command.ZnodeId;
import io.kvorum.server.common.Bytes;

/**
 * Who the client of a connection has shown to be: its address, what its certificate says,
 * and the users whose passwords it knew. Confined to the connection's event loop.
 */
final class ClientIdentity {

    private static final ZnodeId SUPER = new ZnodeId("super", "");

    private final AuthSettings settings;

    private final Channel channel;

    private final Set<ZnodeId> ids = new LinkedHashSet<>();

    private @Nullable SaslExchange sasl;

    private @Nullable Authority authority;

    ClientIdentity(AuthSettings settings, Channel channel) {
        this.settings = settings;
        this.channel = channel;
    }

    /** Returns what the client may do, as far as the tree does not decide it. */
    Authority authority() {
        Authority known = this.authority;
        if (known == null) {
            known = new Authority(List.copyOf(known()), this.settings.enforceQuotas());
            this.authority = known;
        }
        return known;
    }

    List<ZnodeId> ids() {
        return authority().ids();
    }

    /** Tells whether the client must first show who it is. */
    boolean isMissing() {
        return this.settings.saslRequired() && ids().stream().noneMatch((id) -> id.scheme().equals("sasl"));
    }

    /** Returns what the client is told about itself. */
    WhoAmIResponse description() {
        return new WhoAmIResponse(
                ids().stream().map((id) -> new ClientInfo(id.scheme(), userOf(id))).collect(Collectors.toList()));
    }

    private static String userOf(ZnodeId id) {
        int colon = id.id().indexOf(':');
        return (id.scheme().equals("digest") && colon >= 0) ? id.id().substring(0, colon) : id.id();
    }

    /**
     * The client claims to be somebody.
     * @return whether it has shown it
     */
    boolean authenticate(String scheme, @Nullable Bytes proof) {
        switch (scheme) {
            case "ip" -> {
                return true;
            }
            case "x509" -> {
                return known().stream().anyMatch((id) -> id.scheme().equals("x509"));
            }
            case "digest" -> {
                if (proof == null) {
                    return false;
                }
                String digest = digest(proof.toUtf8());
                if (digest.equals(this.settings.superDigest())) {
                    add(SUPER);
                }
                add(new ZnodeId("digest", digest));
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /**
     * The client sends its part of an exchange of SASL.
     * @return what to answer, if there is anything to say
     * @throws SaslException if the client is not who it claims to be
     */
    byte @Nullable [] exchange(Bytes token) throws SaslException {
        if (!this.settings.hasSasl()) {
            // ZooKeeper: a server without users has nothing to say.
            return null;
        }
        SaslExchange exchange = this.sasl;
        if (exchange == null) {
            exchange = new SaslExchange(this.settings.saslUsers());
            this.sasl = exchange;
        }
        byte[] answer = exchange.evaluate(token.array());
        String user = exchange.user();
        if (user != null) {
            add(new ZnodeId("sasl", user));
            if (this.settings.saslSuperUsers().contains(user)) {
                add(SUPER);
            }
        }
        return answer;
    }

    private void add(ZnodeId id) {
        if (known().add(id)) {
            this.authority = null;
        }
    }

    /** What the connection itself tells is known from the first request on. */
    private Set<ZnodeId> known() {
        if (this.ids.isEmpty()) {
            if (this.channel.remoteAddress() instanceof InetSocketAddress address) {
                this.ids.add(new ZnodeId("ip", address.getAddress().getHostAddress()));
            }
            String subject = subject();
            if (subject != null) {
                this.ids.add(new ZnodeId("x509", subject));
            }
        }
        return this.ids;
    }

    private @Nullable String subject() {
        SslHandler tls = this.channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            return (chain.length > 0 && chain[0] instanceof X509Certificate own)
                    ? own.getSubjectX500Principal().getName() : null;
        }
        catch (SSLPeerUnverifiedException withoutCertificate) {
            return null;
        }
    }

    /** ZooKeeper's form: the user, and the digest of user and password. */
    private static String digest(String userAndPassword) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(userAndPassword.getBytes(StandardCharsets.UTF_8));
            return userAndPassword.split(":", 2)[0] + ":" + Base64.getEncoder().encodeToString(digest);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
