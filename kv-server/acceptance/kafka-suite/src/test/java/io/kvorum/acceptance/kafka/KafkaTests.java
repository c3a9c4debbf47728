/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.acceptance.harness.ClusterProcess;
import io.kvorum.acceptance.harness.FreePorts;
import io.kvorum.acceptance.harness.MemberProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two brokers of Kafka in ZooKeeper mode: topics come and go, records are not lost, and
 * the controller moves when its broker is killed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KafkaTests {

    private static final String CHROOT = "/kafka";

    private static final int RECORDS = 500;

    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    private final List<Broker> brokers = new ArrayList<>();

    @Test
    void oneMemberIsEnough() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.withZookeeper(1)) {
            run(cluster, () -> {
            });
        }
    }

    @Test
    void theLeaderOfThreeMayDie() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.withZookeeper(3)) {
            run(cluster, () -> leader(cluster).kill());
        }
    }

    private void run(ClusterProcess cluster, Runnable trouble) throws Exception {
        String zookeeper = cluster.zookeeperEndpoints() + CHROOT;
        for (int id = 1; id <= 2; id++) {
            this.brokers.add(new Broker(id, FreePorts.next(), this.directory.resolve("broker-" + id), zookeeper));
        }
        this.brokers.forEach(Broker::start);
        String bootstrap = this.brokers.get(0).address() + "," + this.brokers.get(1).address();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "request.timeout.ms", "10000"))) {
            await("both brokers").until(() -> admin.describeCluster().nodes().get().size() == 2);
            topic(admin, "first");
            produce(bootstrap, "first", 0);
            assertThat(consume(bootstrap, "first", RECORDS)).isEqualTo(numbers(RECORDS));

            trouble.run();
            topic(admin, "second");
            produce(bootstrap, "second", 0);

            Broker controller = controller(admin);
            controller.kill();
            Broker other = this.brokers.get((controller == this.brokers.get(0)) ? 1 : 0);
            await("the other broker to control").until(() -> controller(admin) == other);
            await("the other broker to lead").until(() -> leaders(admin, "first").equals(Set.of(other.id())));
            topic(admin, "third", 1);
            produce(bootstrap, "first", RECORDS);

            controller.start();
            await("the broker to be back").until(() -> inSync(admin, "first") == 2 * PARTITIONS);
            assertThat(consume(bootstrap, "first", 2 * RECORDS)).isEqualTo(numbers(2 * RECORDS));
            assertThat(consume(bootstrap, "second", RECORDS)).isEqualTo(numbers(RECORDS));

            admin.deleteTopics(List.of("first", "third")).all().get(30, TimeUnit.SECONDS);
            await("topics to go").until(() -> admin.listTopics().names().get().equals(Set.of("second")));
            // The brokers delete the files of a topic first, then what ZooKeeper knows of
            // it.
            await("topics to be forgotten")
                .until(() -> topicsInZookeeper(zookeeper).equals(Set.of("__consumer_offsets", "second")));
        }
        catch (Exception | AssertionError failure) {
            throw new AssertionError(logs(cluster), failure);
        }
        finally {
            for (Broker broker : this.brokers) {
                broker.close();
            }
        }
    }

    private String logs(ClusterProcess cluster) {
        StringBuilder logs = new StringBuilder();
        this.brokers
            .forEach((broker) -> logs.append("--- broker ").append(broker.id()).append('\n').append(broker.log()));
        return logs.append('\n').append(cluster.logTails()).toString();
    }

    private static void topic(Admin admin, String name) throws Exception {
        topic(admin, name, 2);
    }

    private static void topic(Admin admin, String name, int replicas) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) replicas))).all().get(60, TimeUnit.SECONDS);
        await("leaders of " + name).until(() -> describe(admin, name).partitions().size() == PARTITIONS);
    }

    private static void produce(String bootstrap, String topic, int from) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "acks", "all", "enable.idempotence",
                "true");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
                new StringSerializer())) {
            var sent = IntStream.range(from, from + RECORDS)
                .mapToObj((i) -> producer.send(new ProducerRecord<>(topic, "key" + i, Integer.toString(i))))
                .toList();
            for (var record : sent) {
                record.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static Set<Integer> consume(String bootstrap, String topic, int expected) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("group.id", "readers-of-" + topic + "-" + expected);
        settings.put("auto.offset.reset", "earliest");
        Set<Integer> seen = new TreeSet<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await(expected + " records of " + topic).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach((record) -> seen.add(Integer.parseInt(record.value())));
                return seen.size() >= expected;
            });
            consumer.commitSync();
        }
        return seen;
    }

    private static Set<Integer> numbers(int count) {
        Set<Integer> numbers = new TreeSet<>();
        IntStream.range(0, count).forEach(numbers::add);
        return numbers;
    }

    private Broker controller(Admin admin) throws Exception {
        int id = admin.describeCluster().controller().get().id();
        return this.brokers.stream().filter((broker) -> broker.id() == id).findFirst().orElseThrow();
    }

    private static Set<Integer> leaders(Admin admin, String topic) throws Exception {
        Set<Integer> leaders = new TreeSet<>();
        describe(admin, topic).partitions()
            .forEach((partition) -> leaders.add((partition.leader() != null) ? partition.leader().id() : -1));
        return leaders;
    }

    private static int inSync(Admin admin, String topic) throws Exception {
        return describe(admin, topic).partitions().stream().mapToInt((partition) -> partition.isr().size()).sum();
    }

    private static TopicDescription describe(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().values().iterator().next();
    }

    private static Set<String> topicsInZookeeper(String endpoints) throws Exception {
        try (ZooKeeper zookeeper = new ZooKeeper(endpoints, 10_000, (event) -> {
        })) {
            return Set.copyOf(zookeeper.getChildren("/brokers/topics", false));
        }
    }

    private static MemberProcess leader(ClusterProcess cluster) {
        return await("a leader").until(
                () -> cluster.members().stream().filter(KafkaTests::leads).findFirst().orElse(null),
                (leader) -> leader != null);
    }

    private static boolean leads(MemberProcess member) {
        try {
            return member.get("/metrics").body().contains("etcd_server_is_leader 1");
        }
        catch (IOException notRunning) {
            return false;
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }

}
