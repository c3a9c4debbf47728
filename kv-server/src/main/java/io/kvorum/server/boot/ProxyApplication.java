/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

import io.kvorum.server.common.KvException;
import io.kvorum.server.protocol.zookeeper.ZookeeperSettings;
import io.kvorum.server.proxy.ZookeeperProxy;
import io.kvorum.server.proxy.crosscheck.CrossCheck;

/**
 * Starts a stand-alone ZooKeeper proxy: no member, no data, nothing of Spring but the
 * form of its log lines.
 */
final class ProxyApplication {

    private ProxyApplication() {
    }

    /** Runs until the process is told to stop. */
    static void run(List<String> arguments) {
        ProxyCommandLine commandLine = ProxyCommandLine.parse(arguments);
        if (commandLine.help()) {
            System.out.print(ProxyCommandLine.helpText());
            return;
        }
        log(commandLine.logLevel());
        ZookeeperProxy proxy = new ZookeeperProxy(commandLine.settings(), ZookeeperSettings.DEFAULTS);
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "stop-proxy"));
        start(proxy, commandLine);
        try {
            new CountDownLatch(1).await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(ZookeeperProxy proxy, ProxyCommandLine commandLine) {
        Logger logger = LoggerFactory.getLogger(ProxyApplication.class);
        try {
            logger.info("proxy.ready address={} endpoints={} prefix={}", listen(proxy, commandLine),
                    commandLine.settings().endpoints(), commandLine.settings().prefix());
        }
        catch (IOException ex) {
            throw SettingException.invalid("--listen=" + commandLine.listen() + ": " + ex.getMessage());
        }
        catch (CompletionException ex) {
            if (ex.getCause() instanceof KvException refused && refused.code() == KvException.Code.PERMISSION_DENIED) {
                throw SettingException.invalid("--prefix=" + commandLine.settings().prefix()
                        + ": the cluster refuses writes there (" + refused.getMessage() + "); choose another prefix");
            }
            throw ex;
        }
    }

    private static InetSocketAddress listen(ZookeeperProxy proxy, ProxyCommandLine commandLine) throws IOException {
        InetSocketAddress other = commandLine.crossCheck();
        if (other == null) {
            return proxy.start(commandLine.listen());
        }
        InetSocketAddress hidden = proxy.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        CrossCheck check = new CrossCheck(hidden, other);
        Runtime.getRuntime().addShutdownHook(new Thread(check::close, "stop-cross-check"));
        return check.start(commandLine.listen());
    }

    private static void log(String level) {
        LoggingSystem logging = LoggingSystem.get(ProxyApplication.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
        logging.setLogLevel("io.kvorum", LogLevel.valueOf(level.toUpperCase(Locale.ROOT)));
    }

}
