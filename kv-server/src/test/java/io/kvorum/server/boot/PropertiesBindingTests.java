/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import io.kvorum.server.node.NodeSettings;
import io.kvorum.server.node.Retention;
import io.kvorum.server.store.StoreOptions;

import static org.assertj.core.api.Assertions.assertThat;

class PropertiesBindingTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Records.class);

    @Test
    void everyFlagHasAPropertyAndEveryPropertyAFlag() {
        Stream<String> properties = Stream
            .of(MemberProperties.class, ClusterProperties.class, RaftProperties.class, StorageProperties.class,
                    LimitProperties.class, ZookeeperProperties.class)
            .flatMap((type) -> Arrays.stream(type.getRecordComponents()))
            .map(PropertiesBindingTests::property);
        assertThat(Flags.settings()).extracting(Flag::target)
            .containsExactlyInAnyOrderElementsOf(
                    Stream.concat(properties, Stream.of("logging.level.io.kvorum")).toList());
    }

    @Test
    void defaultsAreThoseOfTheFlagTable() {
        Map<String, Object> defaults = new HashMap<>();
        Flags.settings()
            .stream()
            .filter((flag) -> !flag.defaultValue().contains("${"))
            .forEach((flag) -> defaults.put(flag.target(), flag.type().property(flag.defaultValue())));
        this.runner.run((plain) -> this.runner
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("defaults", defaults)))
            .run((explicit) -> Stream
                .of(MemberProperties.class, ClusterProperties.class, RaftProperties.class, StorageProperties.class,
                        LimitProperties.class)
                .forEach((type) -> assertThat((Object) plain.getBean(type)).isEqualTo(explicit.getBean(type)))));
    }

    @Test
    void bareNumbersOfTheRaftTimesAreMilliseconds() {
        this.runner.withPropertyValues("kv.server.heartbeat-interval=50", "kv.server.election-timeout=2s")
            .run((context) -> {
                RaftProperties raft = context.getBean(RaftProperties.class);
                assertThat(raft.heartbeatInterval()).isEqualTo(Duration.ofMillis(50));
                assertThat(raft.electionTimeout()).isEqualTo(Duration.ofSeconds(2));
            });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            election-timeout=400 | --election-timeout=400 must be at least 5 times --heartbeat-interval=100
            election-timeout=60000 | --election-timeout=60000 must be at most 50000
            heartbeat-interval=0 | --heartbeat-interval must be positive
            listen-client-urls=http://h:1 | \
            --advertise-client-urls is required when --listen-client-urls is set
            listen-peer-urls=https://h:1 | \
            --listen-peer-urls: 'https://h:1': TLS is not supported yet, use http
            listen-peer-urls=h:1 | --listen-peer-urls: 'h:1': must look like http://host:port
            listen-peer-urls=http://h | \
            --listen-peer-urls: 'http://h': must name a host and a port, as in http://127.0.0.1:2379
            listen-peer-urls=http://h:99999 | \
            --listen-peer-urls: 'http://h:99999': the port must be at most 65535
            listen-peer-urls=http://h:1/ | \
            --listen-peer-urls: 'http://h:1/': must be nothing but http://host:port
            listen-peer-urls=unix://x:1 | \
            --listen-peer-urls: 'unix://x:1': unix sockets are not supported, use http
            initial-cluster-state=maybe | --initial-cluster-state='maybe' must be 'new' or 'existing'
            auto-compaction-mode=daily | --auto-compaction-mode='daily' must be 'periodic' or 'revision'
            auto-compaction-retention=soon | \
            --auto-compaction-retention: 'soon' is no duration such as 300ms, 10s or 1h30m
            max-txn-ops=0 | --max-txn-ops=0 must be positive
            name=a,b | --name='a,b' must not be empty and must not contain = or ,
            snapshot-count=0 | --snapshot-count=0 must be positive
            tuning.reader-threads=0 | kv.server.tuning.reader-threads=0 must be positive
            tuning.page-cache=-1 | kv.server.tuning.page-cache=-1 must not be negative
            """)
    void invalidSettingSaysWhichAndWhy(String property, String message) {
        this.runner.withPropertyValues("kv.server." + property)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessage(message));
    }

    @Test
    void retentionIsHoursOrRevisions() {
        assertThat(AutoCompaction.retention("periodic", "2").period()).isEqualTo(Duration.ofHours(2));
        assertThat(AutoCompaction.retention("periodic", "30m").period()).isEqualTo(Duration.ofMinutes(30));
        assertThat(AutoCompaction.retention("revision", "1000"))
            .isEqualTo(new Retention(Retention.Mode.REVISION, 1000, Duration.ZERO));
        assertThat(AutoCompaction.retention("periodic", "0")).isEqualTo(Retention.ALL);
        assertThat(AutoCompaction.retention("revision", "0")).isEqualTo(Retention.ALL);
    }

    @Test
    void tuningReachesWhatItTunes() {
        this.runner
            .withPropertyValues("kv.server.tuning.page-cache=7MB", "kv.server.tuning.commit-interval=20ms",
                    "kv.server.tuning.max-waiting-reads=9", "kv.server.tuning.max-watchers=11")
            .run((context) -> {
                TuningProperties tuning = context.getBean(TuningProperties.class);
                StoreOptions store = tuning.store(Path.of("."));
                assertThat(store.pageCacheMegabytes()).isEqualTo(7);
                assertThat(store.recordCacheMegabytes())
                    .isEqualTo((int) ((Runtime.getRuntime().maxMemory() / 16) >> 20));
                assertThat(store.commitInterval()).isEqualTo(Duration.ofMillis(20));
                NodeSettings node = tuning.node(NodeSettings.defaults("n", List.of(), Duration.ofSeconds(1)));
                assertThat(node.maxWaitingReads()).isEqualTo(9);
                assertThat(node.maxWaitingCommands()).isEqualTo(10_000);
                assertThat(tuning.watch().maxWatchers()).isEqualTo(11);
            });
    }

    @Test
    void quota() {
        assertThat(new StorageProperties(0, "periodic", "0").quotaBytes()).isEqualTo(2L * 1024 * 1024 * 1024);
        assertThat(new StorageProperties(-1, "periodic", "0").quotaBytes()).isZero();
        assertThat(new StorageProperties(7, "periodic", "0").quotaBytes()).isEqualTo(7);
    }

    private static String property(RecordComponent component) {
        String prefix = Objects
            .requireNonNull(component.getDeclaringRecord().getAnnotation(ConfigurationProperties.class))
            .value();
        return prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({ MemberProperties.class, ClusterProperties.class, RaftProperties.class,
            StorageProperties.class, LimitProperties.class, TuningProperties.class })
    static class Records {

    }

}
