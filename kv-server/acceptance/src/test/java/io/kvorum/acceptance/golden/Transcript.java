/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.golden;

import java.util.ArrayList;
import java.util.List;

import io.kvorum.acceptance.differential.IntendedDifferences;

/**
 * A file of commands and outputs. A line {@code $ command} begins a step,
 * {@code $ command <<END} takes the lines up to END as standard input, {@code # text}
 * before a command is a comment, and what follows a command is its output.
 *
 * @param steps the steps in order
 */
record Transcript(List<Step> steps) {

    private static final String PROMPT = "$ ";

    private static final String COMMENT = "# ";

    private static final String HEREDOC = " <<END";

    private static final String HEREDOC_END = "END";

    Transcript {
        steps = List.copyOf(steps);
    }

    static Transcript parse(String text) {
        List<Step> steps = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.startsWith(COMMENT)) {
                comments.add(line);
            }
            else if (line.startsWith(PROMPT)) {
                String command = line.substring(PROMPT.length());
                StringBuilder input = new StringBuilder();
                if (command.endsWith(HEREDOC)) {
                    command = command.substring(0, command.length() - HEREDOC.length());
                    while (!lines.get(at).equals(HEREDOC_END)) {
                        input.append(lines.get(at++)).append('\n');
                    }
                    at++;
                }
                StringBuilder expected = new StringBuilder();
                while (at < lines.size() && !lines.get(at).startsWith(PROMPT) && !lines.get(at).startsWith(COMMENT)) {
                    expected.append(lines.get(at++)).append('\n');
                }
                steps.add(new Step(comments, command, input.toString(), expected.toString().stripTrailing()));
                comments.clear();
            }
            else if (!line.isBlank()) {
                throw new IllegalArgumentException("neither a command nor a comment: " + line);
            }
        }
        return new Transcript(steps);
    }

    /** The transcript with the outputs that kv-server has on purpose. */
    Transcript asKvorumPrints() {
        return new Transcript(this.steps.stream()
            .map((step) -> step.withExpected(IntendedDifferences.inTranscript(step.command(), step.expected())))
            .toList());
    }

    String render() {
        StringBuilder text = new StringBuilder();
        for (Step step : this.steps) {
            step.comments().forEach((comment) -> text.append(comment).append('\n'));
            text.append(PROMPT).append(step.command());
            if (!step.input().isEmpty()) {
                text.append(HEREDOC).append('\n').append(step.input()).append(HEREDOC_END);
            }
            text.append('\n');
            if (!step.expected().isEmpty()) {
                text.append(step.expected()).append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }

}
