/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.zookeeper.ZooDefs;
import org.jspecify.annotations.Nullable;

/** One of the two servers, with the clients of the program that runs on it. */
final class Subject implements AutoCloseable {

    static final int SEATS = 3;

    private static final int TIMEOUT_MILLIS = 30_000;

    private final String endpoint;

    private final Map<Long, String> sessionNames = new HashMap<>();

    private final List<Long> writes = new ArrayList<>();

    private final Map<String, Integer> rootOffsets = new HashMap<>();

    private List<Seat> seats = List.of();

    private String base = Request.BASE;

    Subject(String endpoint) {
        this.endpoint = endpoint;
    }

    String endpoint() {
        return this.endpoint;
    }

    String base() {
        return this.base;
    }

    /** The zxids of the writes that were answered, in their order. */
    List<Long> writes() {
        return this.writes;
    }

    Seat seat(int number) {
        return this.seats.get(number);
    }

    /** Ends what is left of the program before and makes room for the next. */
    void reset(String newBase) {
        this.seats.forEach(Seat::leave);
        this.base = newBase;
        this.sessionNames.clear();
        this.sessionNames.put(0L, "none");
        this.writes.clear();
        this.rootOffsets.clear();
        this.seats = IntStream.range(0, SEATS).mapToObj((i) -> new Seat("session " + i, this)).toList();
        for (int i = 0; i < SEATS; i++) {
            seat(i).connect(new Step.Connect(i, TIMEOUT_MILLIS, Step.How.PROPERLY));
        }
        seat(0).perform(List.of(Requests.create(Op.CREATE, Request.BASE, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, 0),
                Requests.setData("/", new byte[0], -1), Requests.exists("/", false)));
        rootOffsets(seat(0).takeNews().get(2));
        this.seats.forEach(Seat::takeNews);
    }

    /** Carries a step out, and answers what each client has got because of it. */
    List<List<Answer>> perform(Step step) {
        Seat seat = seat(step.session());
        if (step instanceof Step.Perform perform) {
            seat.perform(perform.requests());
        }
        else if (step instanceof Step.Connect connect) {
            seat.connect(connect);
        }
        else if (step instanceof Step.Disconnect) {
            seat.disconnect();
        }
        this.seats.forEach(Seat::flush);
        return this.seats.stream().map(Seat::takeNews).toList();
    }

    AnswerDecoder decoder(byte[] frame, @Nullable Request request) {
        Map<String, Integer> offsets = (request != null && request.isRoot()) ? this.rootOffsets : Map.of();
        return new AnswerDecoder(frame, this.base, this::nameOf, offsets);
    }

    void name(long session, String name) {
        this.sessionNames.put(session, name);
    }

    @Override
    public void close() {
        this.seats.forEach(Seat::leave);
    }

    private String nameOf(long session) {
        return this.sessionNames.getOrDefault(session, "unknown session");
    }

    private void rootOffsets(Answer root) {
        for (Token token : root.tokens()) {
            if (token instanceof Token.Text text) {
                String[] parts = text.text().split("=", -1);
                if (List.of("version", "cversion", "aversion", "numChildren").contains(parts[0])) {
                    this.rootOffsets.put(parts[0], Integer.parseInt(parts[1]));
                }
            }
        }
    }

}
