/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kvorum.acceptance.harness.Etcdctl;
import org.awaitility.Awaitility;

/**
 * Plays a transcript and answers what it saw. Beside {@code etcdctl ...} a step may be
 * {@code start NAME: etcdctl ...} for a command that goes on, {@code await NAME TEXT} to
 * wait until its output contains a text, {@code end NAME} to wait for its end and
 * {@code stop NAME} to end it; both show its whole output.
 */
final class TranscriptRunner implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Etcdctl etcdctl;

    private final Normalizer normalizer = new Normalizer();

    private final Map<String, Etcdctl.Running> running = new HashMap<>();

    TranscriptRunner(Etcdctl etcdctl) {
        this.etcdctl = etcdctl;
    }

    Transcript play(Transcript transcript) {
        List<Step> played = new ArrayList<>();
        for (Step step : transcript.steps()) {
            played.add(step.withExpected(this.normalizer.normalize(perform(step))));
        }
        return new Transcript(played);
    }

    private String perform(Step step) {
        List<String> words = step.words().stream().map(this.normalizer::resolve).toList();
        String input = this.normalizer.resolve(step.input());
        return switch (words.get(0)) {
            case "etcdctl" -> render(this.etcdctl.run(words.subList(1, words.size()), input));
            case "start" -> {
                String name = words.get(1).substring(0, words.get(1).length() - 1);
                this.running.put(name, this.etcdctl.start(words.subList(3, words.size()), input));
                yield "";
            }
            case "await" -> {
                Etcdctl.Running command = running(words.get(1));
                Awaitility.await(step.command())
                    .atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> this.normalizer.normalize(command.outputSoFar()),
                            (text) -> text.contains(words.get(2)));
                yield "";
            }
            case "end" -> render(running(words.get(1)).await(TIMEOUT));
            case "stop" -> {
                Etcdctl.Running command = running(words.get(1));
                command.terminate();
                yield command.await(TIMEOUT).output();
            }
            default -> throw new IllegalArgumentException("unknown step: " + step.command());
        };
    }

    private Etcdctl.Running running(String name) {
        Etcdctl.Running command = this.running.get(name);
        if (command == null) {
            throw new IllegalArgumentException("nothing was started as " + name);
        }
        return command;
    }

    private static String render(Etcdctl.Outcome outcome) {
        StringBuilder text = new StringBuilder(outcome.output());
        if (!outcome.output().isEmpty() && !outcome.output().endsWith("\n")) {
            text.append('\n');
        }
        outcome.errors().lines().forEach((line) -> text.append("! ").append(line).append('\n'));
        if (outcome.exitCode() != 0) {
            text.append("! exit ").append(outcome.exitCode()).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        this.running.values().forEach(Etcdctl.Running::close);
    }

}
