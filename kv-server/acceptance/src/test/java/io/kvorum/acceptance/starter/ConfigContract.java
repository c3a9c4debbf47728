/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.starter;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.context.ConfigurableApplicationContext;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.FreePorts;
import io.kvorum.acceptance.harness.Product;
import io.kvorum.client.BlockingKvClient;
import io.kvorum.client.Bytes;
import io.kvorum.client.KeyRange;
import io.kvorum.client.KvClient;
import io.kvorum.spring.config.KvConfigChanged;
import io.kvorum.spring.config.KvConfigException;
import io.kvorum.spring.config.KvConfigRejected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Configuration of an application, whichever servers it comes from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConfigContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ClusterProcess cluster;

    private KvClient client;

    private BlockingKvClient store;

    abstract Product product();

    @BeforeAll
    void start() {
        this.cluster = ClusterProcess.inMemory(product());
        this.client = KvClient.of(this.cluster.endpoints());
        this.store = this.client.blocking();
    }

    @AfterAll
    void stop() {
        this.client.close();
        this.cluster.close();
    }

    @BeforeEach
    void clear() {
        this.store.delete(KeyRange.prefix("/config/"));
    }

    @Test
    void theMoreSpecialWins() {
        put("/config/application/shop.banner", "everybody");
        put("/config/application/shop.limit", "2");
        put("/config/shop/defaults.yaml", "shop:\n  banner: document\n  limit: 3\nother.name: yaml\n");
        put("/config/shop/shop/banner", "own");
        put("/config/shop,dev/shop.limit", "4");
        try (ConfigurableApplicationContext context = run("kv:", "spring.profiles.active=dev")) {
            assertThat(shop(context).banner()).isEqualTo("own");
            assertThat(shop(context).limit()).isEqualTo(4);
            assertThat(context.getEnvironment().getProperty("other.name")).isEqualTo("yaml");
        }
    }

    @Test
    void aChangeReachesThoseWhomItIsAbout() throws Exception {
        put("/config/shop/shop.banner", "old");
        put("/config/shop/other.name", "same");
        try (ConfigurableApplicationContext context = run("kv:")) {
            assertThat(greeting(context)).isEqualTo("Welcome to old");
            int bindings = context.getBean(ConfigApplication.Other.class).bindings();
            long revision = put("/config/shop/shop.banner", "new");
            KvConfigChanged changed = next(context, KvConfigChanged.class);
            assertThat(changed.keys()).isEqualTo(Set.of("shop.banner"));
            assertThat(changed.toRevision()).isGreaterThanOrEqualTo(revision);
            assertThat(shop(context).banner()).isEqualTo("new");
            assertThat(greeting(context)).isEqualTo("Welcome to new");
            assertThat(context.getBean(ConfigApplication.Other.class).bindings()).isEqualTo(bindings);
        }
    }

    @Test
    void whatDoesNotFitChangesNothing() throws Exception {
        put("/config/shop/shop.banner", "good");
        put("/config/shop/shop.limit", "7");
        try (ConfigurableApplicationContext context = run("kv:")) {
            put("/config/shop/shop.limit", "many");
            KvConfigRejected rejected = next(context, KvConfigRejected.class);
            assertThat(rejected.errors().toString()).contains("shop.limit").contains("many");
            assertThat(shop(context).banner()).isEqualTo("good");
            assertThat(shop(context).limit()).isEqualTo(7);
            put("/config/shop/shop.limit", "8");
            next(context, KvConfigChanged.class);
            assertThat(shop(context).limit()).isEqualTo(8);
        }
    }

    @Test
    void aDocumentThatCannotBeParsedIsNotForgiven() throws Exception {
        put("/config/shop/bad.yaml", "a: [1, 2");
        assertThatExceptionOfType(KvConfigException.class).isThrownBy(() -> run("optional:kv:"))
            .withMessageContaining("/config/shop/bad.yaml");
        put("/config/shop/bad.yaml", "shop.banner: fine");
        try (ConfigurableApplicationContext context = run("kv:")) {
            put("/config/shop/bad.yaml", "a: [1, 2");
            next(context, KvConfigRejected.class);
            assertThat(shop(context).banner()).isEqualTo("fine");
        }
    }

    @Test
    void aPathMustBeThereUnlessItIsOptional() {
        assertThatExceptionOfType(ConfigDataResourceNotFoundException.class)
            .isThrownBy(() -> run("kv:/config/nowhere/"))
            .withMessageContaining("kv:/config/nowhere/");
        run("optional:kv:/config/nowhere/").close();
        put("/config/shared.properties", "shop.banner=shared");
        try (ConfigurableApplicationContext context = run("kv:/config/shared.properties")) {
            assertThat(shop(context).banner()).isEqualTo("shared");
        }
    }

    @Test
    void aPinnedRevisionStays() throws Exception {
        long revision = put("/config/shop/shop.banner", "pinned");
        put("/config/shop/shop.banner", "later");
        try (ConfigurableApplicationContext context = run("kv:/config/shop/?revision=" + revision)) {
            assertThat(shop(context).banner()).isEqualTo("pinned");
        }
    }

    @Test
    void withoutServersOnlyTheOptionalStarts() {
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        assertThatExceptionOfType(KvConfigException.class).isThrownBy(() -> ConfigApplication.run(nobody, "kv:"))
            .withMessageContaining(nobody)
            .satisfies((failure) -> assertThat(failure.action()).contains("kv.endpoints"));
        try (ConfigurableApplicationContext context = ConfigApplication.run(nobody, "optional:kv:")) {
            assertThat(shop(context).banner()).isEqualTo("default");
        }
    }

    @Test
    void nothingIsAskedWhenItIsOff() {
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        try (ConfigurableApplicationContext context = ConfigApplication.run(nobody, "kv:", "kv.config.enabled=false")) {
            assertThat(shop(context).banner()).isEqualTo("default");
        }
    }

    private ConfigurableApplicationContext run(String location, String... properties) {
        return ConfigApplication.run(this.cluster.endpoints(), location, properties);
    }

    private long put(String key, String value) {
        return this.store.put(Bytes.utf8(key), Bytes.utf8(value)).revision();
    }

    private static ConfigApplication.Shop shop(ConfigurableApplicationContext context) {
        return context.getBean(ConfigApplication.Shop.class);
    }

    private static String greeting(ConfigurableApplicationContext context) {
        return context.getBean(ConfigApplication.Greeting.class).text();
    }

    private static <T> T next(ConfigurableApplicationContext context, Class<T> type) throws InterruptedException {
        Object event = context.getBean(ConfigApplication.class).events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

}
