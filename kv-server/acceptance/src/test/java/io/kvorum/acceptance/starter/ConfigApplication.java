/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.WebApplicationType;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.kvorum.spring.config.KvConfigChanged;
import io.kvorum.spring.config.KvConfigRejected;

/** An application that shows what it was configured with. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({ ConfigApplication.Shop.class, ConfigApplication.Other.class })
class ConfigApplication {

    final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    static ConfigurableApplicationContext run(String endpoints, String location, String... properties) {
        List<String> all = new ArrayList<>(List.of("spring.application.name=shop", "spring.main.banner-mode=off",
                "spring.config.import=" + location, "kv.endpoints=" + endpoints, "kv.config.startup-timeout=2s",
                "kv.request-timeout=2s", "kv.config.refresh.debounce=0"));
        all.addAll(List.of(properties));
        return new SpringApplicationBuilder(ConfigApplication.class).web(WebApplicationType.NONE)
            .properties(all.toArray(String[]::new))
            .run();
    }

    @EventListener
    void changed(KvConfigChanged event) {
        this.events.add(event);
    }

    @EventListener
    void rejected(KvConfigRejected event) {
        this.events.add(event);
    }

    @Bean
    @RefreshScope
    Greeting greeting(@Value("${shop.banner:none}") String banner) {
        return new Greeting(banner);
    }

    /** Built anew after changes; not final, so that Spring can stand in front of it. */
    static class Greeting {

        private final String text;

        Greeting() {
            this("");
        }

        Greeting(String banner) {
            this.text = "Welcome to " + banner;
        }

        String text() {
            return this.text;
        }

    }

    /** Follows changes below {@code shop}. */
    @ConfigurationProperties("shop")
    static class Shop {

        private String banner = "default";

        private int limit = 1;

        String banner() {
            return this.banner;
        }

        int limit() {
            return this.limit;
        }

        public void setBanner(String banner) {
            this.banner = banner;
        }

        public void setLimit(int limit) {
            this.limit = limit;
        }

    }

    /** Has nothing to do with the shop. */
    @ConfigurationProperties("other")
    static class Other {

        private int bindings;

        int bindings() {
            return this.bindings;
        }

        public void setName(String name) {
            this.bindings++;
        }

    }

}
