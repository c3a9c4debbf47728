/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.zookeeper.proto.ConnectRequest;
import org.apache.zookeeper.proto.ConnectResponse;
import org.jspecify.annotations.Nullable;

/**
 * One of the clients of a program on one of the servers: a session, the connection that
 * it has at the moment, and the frames that came and were not compared yet.
 */
final class Seat {

    private static final Request FLUSH = Requests.exists("/", false);

    private static final int FLUSH_XID = 1_000_000;

    private static final Answer CLOSED = Answer.of("connection closed");

    private static final int PASSWORD_BYTES = 16;

    /** With the byte about read-only servers. */
    private static final int MODERN_BYTES = 37;

    private final String name;

    private final Subject subject;

    private final List<Answer> news = new ArrayList<>();

    private final Map<Integer, Request> pending = new HashMap<>();

    private @Nullable Wire wire;

    private long sessionId;

    private byte[] password = new byte[PASSWORD_BYTES];

    private int nextXid = 1;

    private long lastZxid;

    private int incarnation;

    Seat(String name, Subject subject) {
        this.name = name;
        this.subject = subject;
    }

    boolean isConnected() {
        return this.wire != null;
    }

    boolean hasSession() {
        return this.sessionId != 0;
    }

    /** What came since this was asked last. */
    List<Answer> takeNews() {
        List<Answer> taken = List.copyOf(this.news);
        this.news.clear();
        return taken;
    }

    void connect(Step.Connect connect) {
        Wire former = this.wire;
        boolean served = open(connect);
        if (former != null && served) {
            while (former.receive() != null) {
                this.news.add(Answer.of("a frame on the connection before"));
            }
            this.news.add(Answer.of("connection before closed"));
            former.close();
        }
        else {
            this.wire = served ? this.wire : former;
        }
    }

    void disconnect() {
        if (this.wire != null) {
            this.wire.close();
            this.wire = null;
            this.pending.clear();
        }
    }

    /** Gives the session up for dead. */
    void forget() {
        disconnect();
        this.sessionId = 0;
    }

    /** Sends all and reads until everything is answered or the connection ends. */
    void perform(List<Request> requests) {
        Wire current = this.wire;
        if (current == null) {
            this.news.add(Answer.of("not connected"));
            return;
        }
        List<byte[]> frames = new ArrayList<>();
        for (Request request : requests) {
            int xid = (request.xid() != 0) ? request.xid() : this.nextXid++;
            this.pending.put(xid, request);
            frames.add(encode(xid, request));
        }
        current.send(frames.toArray(byte[][]::new));
        readUntil(Set.copyOf(this.pending.keySet()));
    }

    /** Waits for everything that was sent to this client because of others. */
    void flush() {
        if (this.wire != null) {
            this.pending.put(FLUSH_XID, FLUSH);
            this.wire.send(encode(FLUSH_XID, FLUSH));
            readUntil(Set.of(FLUSH_XID));
        }
    }

    /** Ends the session, without looking at the answer. */
    void leave() {
        if (this.sessionId != 0) {
            if (this.wire == null) {
                connect(new Step.Connect(0, 10_000, Step.How.PROPERLY));
            }
            if (this.wire != null) {
                perform(List.of(Requests.closeSession()));
            }
        }
        forget();
        this.news.clear();
    }

    private byte[] encode(int xid, Request request) {
        return RequestArchive.encode(xid, request, this.subject.base(), this.subject.writes());
    }

    private void readUntil(Set<Integer> wanted) {
        Wire current = this.wire;
        while (current != null && !this.pending.isEmpty()
                && this.pending.keySet().stream().anyMatch(wanted::contains)) {
            byte[] frame = current.receive();
            if (frame == null) {
                ended();
                return;
            }
            AnswerDecoder decoder = this.subject.decoder(frame, null);
            if (decoder.isEvent()) {
                this.news.add(decoder.event());
                continue;
            }
            Request request = this.pending.remove(decoder.xid());
            if (request == null) {
                this.news.add(Answer.of("an answer without a question, xid=" + decoder.xid()));
                continue;
            }
            answered(this.subject.decoder(frame, request), request);
        }
    }

    private void answered(AnswerDecoder decoder, Request request) {
        this.lastZxid = Math.max(this.lastZxid, decoder.zxid());
        Answer answer = decoder.reply(request);
        if (decoder.xid() == FLUSH_XID) {
            return;
        }
        this.news.add(answer);
        if (decoder.isGood() && AnswerDecoder.isWrite(request.type())) {
            this.subject.writes().add(decoder.zxid());
        }
        if (decoder.isGood() && request.type() == Op.CLOSE_SESSION) {
            this.sessionId = 0;
        }
        Wire current = this.wire;
        if (decoder.isLast(request) && current != null) {
            this.news.add((current.receive() == null) ? CLOSED : Answer.of("a frame behind the last"));
            disconnect();
        }
    }

    private void ended() {
        this.news.add(CLOSED);
        disconnect();
    }

    private byte[] handshake(Step.Connect connect) throws IOException {
        byte[] secret = Arrays.copyOf(this.password, this.password.length);
        if (connect.how() == Step.How.WITH_A_WRONG_PASSWORD) {
            secret[0]++;
        }
        if (this.sessionId == 0) {
            secret = new byte[PASSWORD_BYTES];
        }
        long seen = (connect.how() == Step.How.FROM_THE_FUTURE) ? Long.MAX_VALUE : this.lastZxid;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryOutputArchive archive = new BinaryOutputArchive(new DataOutputStream(bytes));
        new ConnectRequest(0, seen, connect.timeoutMillis(), this.sessionId, secret, false).serialize(archive,
                "connect");
        byte[] frame = bytes.toByteArray();
        return (connect.how() == Step.How.LIKE_AN_OLD_CLIENT) ? Arrays.copyOf(frame, frame.length - 1) : frame;
    }

    private boolean open(Step.Connect connect) {
        try {
            Wire opened = new Wire(this.subject.endpoint());
            opened.send(handshake(connect));
            byte[] answer = opened.receive();
            if (answer != null && connected(answer)) {
                this.wire = opened;
                return true;
            }
            this.news
                .add((answer == null || opened.receive() == null) ? CLOSED : Answer.of("a frame behind the refusal"));
            opened.close();
            return false;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private boolean connected(byte[] frame) throws IOException {
        boolean old = frame.length < MODERN_BYTES;
        byte[] whole = Arrays.copyOf(frame, Math.max(frame.length, MODERN_BYTES));
        ConnectResponse response = new ConnectResponse();
        response.deserialize(new BinaryInputArchive(new DataInputStream(new ByteArrayInputStream(whole))), "connect");
        boolean same = response.getSessionId() == this.sessionId && Arrays.equals(response.getPasswd(), this.password);
        boolean refused = response.getSessionId() == 0;
        this.news.add(Answer.of("connected version=" + response.getProtocolVersion() + " timeout="
                + response.getTimeOut() + " session=" + (refused ? "none" : same ? "resumed" : "new") + " password of "
                + response.getPasswd().length + (old ? " without" : " with") + " readOnly=" + response.getReadOnly()));
        if (!refused && !same) {
            this.sessionId = response.getSessionId();
            this.password = response.getPasswd();
            this.incarnation++;
            this.subject.name(this.sessionId, this.name + "." + this.incarnation);
        }
        return !refused;
    }

}
