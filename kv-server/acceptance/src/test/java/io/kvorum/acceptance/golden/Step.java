/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.golden;

import java.util.ArrayList;
import java.util.List;

/**
 * One command of a transcript with its expected output.
 *
 * @param comments lines of comment before the command
 * @param command the command line, without the prompt
 * @param input standard input, empty for none
 * @param expected the normalized output
 */
record Step(List<String> comments, String command, String input, String expected) {

    Step {
        comments = List.copyOf(comments);
    }

    Step withExpected(String output) {
        return new Step(this.comments, this.command, this.input, output);
    }

    /** The words of the command line; quotes keep blanks together and are removed. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean open = false;
        for (char c : this.command.toCharArray()) {
            if (quote != 0 && c == quote) {
                quote = 0;
            }
            else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                open = true;
            }
            else if (quote == 0 && c == ' ') {
                if (open) {
                    words.add(word.toString());
                }
                word.setLength(0);
                open = false;
            }
            else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

}
