/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One frame, or the end of a connection.
 *
 * @param tokens what it says
 */
record Answer(List<Token> tokens) {

    Answer {
        tokens = List.copyOf(tokens);
    }

    static Answer of(String text) {
        return new Answer(List.of(new Token.Text(text)));
    }

    /** Whether the other server's frame says the same. */
    boolean agrees(Answer other, ZxidMap zxids) {
        if (this.tokens.size() != other.tokens.size()) {
            return false;
        }
        for (int i = 0; i < this.tokens.size(); i++) {
            if (!agree(this.tokens.get(i), other.tokens.get(i), zxids)) {
                return false;
            }
        }
        return true;
    }

    private static boolean agree(Token judge, Token answer, ZxidMap zxids) {
        if (judge instanceof Token.Zxid left && answer instanceof Token.Zxid right) {
            return left.exact() ? zxids.same(left.value(), right.value())
                    : zxids.sameFloor(left.value(), right.value());
        }
        return judge.equals(answer);
    }

    @Override
    public String toString() {
        return this.tokens.stream().map(Token::toString).collect(Collectors.joining(" "));
    }

}
