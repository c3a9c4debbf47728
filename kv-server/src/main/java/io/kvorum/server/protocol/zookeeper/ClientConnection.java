/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

import javax.security.sasl.SaslException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.apache.jute.Record;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.SetSASLResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.command.Result;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.KvException;
import io.kvorum.server.tree.Session;

/**
 * One connection of a client: a handshake, then requests that are answered in their
 * order. Confined to its event loop, except what says so.
 *
 * <p>
 * Invariants:
 * <ol>
 * <li>One request at a time is carried out; writes that follow one another travel in one
 * command, which keeps their order.</li>
 * <li>Before an answer is written, every event up to its revision is.</li>
 * <li>Nothing is written behind the answer that closes the connection.</li>
 * </ol>
 */
final class ClientConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger logger = LoggerFactory.getLogger(ClientConnection.class);

    /** More writes than this wait for the next command. */
    private static final int MAX_WRITES_PER_COMMAND = 128;

    private final Services services;

    private final Channel channel;

    private final ConnectionEvents events;

    private final ClientIdentity identity;

    private final AclRules aclRules;

    private final Deque<Request> waiting = new ArrayDeque<>();

    private Phase phase = Phase.NEW;

    private @Nullable ClientSession session;

    private boolean busy;

    private boolean advancing;

    private boolean closing;

    private long lastZxid;

    private long claimedRevision;

    ClientConnection(Services services, Channel channel) {
        super(ByteBuf.class);
        this.services = services;
        this.channel = channel;
        this.identity = new ClientIdentity(services.settings().auth(), channel);
        this.events = new ConnectionEvents(services, this, this.identity, channel);
        this.aclRules = new AclRules(services.settings().auth().hasSasl(), services.settings().auth().certificates());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws IOException {
        switch (this.phase) {
            case NEW -> connect(Handshake.decode(frame));
            case CONNECTING, SERVING -> received(RequestDecoder.decode(frame));
            case CLOSED -> logger.trace("zookeeper.late-frame");
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        advance();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        this.phase = Phase.CLOSED;
        this.waiting.clear();
        this.events.close();
        ClientSession ended = this.session;
        if (ended != null) {
            ended.leave();
            this.services.feed().detach(ended.id(), this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        logger.debug("zookeeper.connection-failed remote={}", ctx.channel().remoteAddress(), cause);
        abort();
    }

    SessionWatches watches() {
        return this.events.watches();
    }

    /** Takes an event that fires a watch of this connection. Any thread. */
    void post(TreeEvent event) {
        this.events.post(event);
    }

    /**
     * The session of this connection has changed: it has ended, or moved to another one.
     * Any thread.
     */
    void sessionChanged(@Nullable Session now, long revision) {
        this.channel.eventLoop().execute(() -> {
            ClientSession own = this.session;
            boolean lost = own != null && (now == null || now.owner() != own.owner());
            // What happened before this connection got the session is not about it.
            if (lost && revision > this.claimedRevision && this.phase == Phase.SERVING && !this.closing) {
                abort();
            }
        });
    }

    /** Ends the connection without an answer; the session goes on. Any thread. */
    void abort() {
        this.channel.close();
    }

    private void connect(Handshake handshake) {
        this.phase = Phase.CONNECTING;
        if (handshake.lastZxidSeen() > revision()) {
            // The client has seen more than this member: it must not go back in time.
            abort();
            return;
        }
        if (this.services.availability().isReadOnly() && !handshake.readOnly()) {
            abort();
            return;
        }
        this.services.feed().start();
        ClientSession claimed = ClientSession.of(this.services, handshake);
        whenDone(claimed.claim(), (result, failure) -> {
            if (failure != null || this.phase != Phase.CONNECTING) {
                abort();
            }
            else if (result.valid()) {
                serve(handshake, claimed, result.revision());
            }
            else {
                this.phase = Phase.CLOSED;
                this.channel.writeAndFlush(handshake.expired(this.channel.alloc()))
                    .addListener(ChannelFutureListener.CLOSE);
            }
        });
    }

    private void serve(Handshake handshake, ClientSession claimed, long revision) {
        this.phase = Phase.SERVING;
        this.session = claimed;
        this.claimedRevision = revision;
        this.lastZxid = handshake.lastZxidSeen();
        // Only now that the password is known to be right: nobody disturbs an owner with
        // a wrong one.
        ClientConnection former = this.services.feed().attach(claimed.id(), this);
        if (former != null) {
            former.abort();
        }
        this.channel.writeAndFlush(handshake.accepted(this.channel.alloc(), claimed.id(), claimed.password(),
                claimed.timeoutMillis(), claimed.isLocal()));
        advance();
    }

    private void received(Request request) {
        this.waiting.add(request);
        ClientSession own = this.session;
        if (own != null && this.phase == Phase.SERVING) {
            own.touch(this::abort, this.channel.eventLoop());
        }
        advance();
    }

    /** Carries out what waits, one after the other, as long as the client reads. */
    private void advance() {
        if (this.advancing) {
            return;
        }
        this.advancing = true;
        while (this.phase == Phase.SERVING && !this.busy && !this.waiting.isEmpty() && this.channel.isWritable()) {
            this.busy = true;
            // An event behind an answer must not overtake it.
            this.events.hold();
            start(this.waiting.remove());
        }
        this.advancing = false;
        this.channel.flush();
    }

    private void start(Request request) {
        if (request instanceof Request.Authenticate claim) {
            authenticate(claim);
        }
        else if (request instanceof Request.Sasl sasl) {
            exchange(sasl);
        }
        else if (this.identity.isMissing()) {
            refuse(request.xid(), 0, ErrorCodes.SASL_REQUIRED, null);
        }
        else {
            carryOut(request);
        }
    }

    private void carryOut(Request request) {
        if (session().isLocal() && (request instanceof Request.Write || request instanceof Request.Sync)) {
            finish(Reply.failed(request.xid(), this.lastZxid, ErrorCodes.NOT_READ_ONLY));
        }
        else if (request instanceof Request.Write write) {
            write(write);
        }
        else if (request instanceof Request.Read read) {
            read(read);
        }
        else if (request instanceof Request.MultiRead reads) {
            answer(reads.xid(), this.services.reads().answer(reads, this.identity.ids()));
        }
        else if (request instanceof Request.CountDescendants count) {
            answer(count.xid(), this.services.reads().answer(count, this.identity.ids()));
        }
        else if (request instanceof Request.ListEphemerals list) {
            answer(list.xid(), this.services.reads().answer(list, session().id()));
        }
        else if (request instanceof Request.WhoAmI who) {
            finish(Reply.ok(who.xid(), revision(), this.identity.description()));
        }
        else if (request instanceof Request.Ping ping) {
            finish(Reply.ok(ping.xid(), revision(), null));
        }
        else if (request instanceof Request.Sync sync) {
            answer(sync.xid(), this.services.reads().sync(sync));
        }
        else if (request instanceof Request.SetWatches set) {
            whenDone(this.events.setWatches(set),
                    (reply, failure) -> finish((failure == null) ? reply : failed(set.xid(), failure)));
        }
        else if (request instanceof Request.AddWatch add) {
            long since = revision();
            this.events.addWatch(add, since);
            finish(Reply.ok(add.xid(), since, new ErrorResponse(ErrorCodes.OK)));
        }
        else if (request instanceof Request.FindWatches find) {
            int error = this.events.findWatches(find) ? ErrorCodes.OK : ErrorCodes.NO_WATCHER;
            finish(new Reply(find.xid(), revision(), error, null));
        }
        else if (request instanceof Request.Impossible impossible) {
            finish(Reply.failed(impossible.xid(), revision(), impossible.error()));
        }
        else if (request instanceof Request.CloseSession close) {
            close(close);
        }
        else if (request instanceof Request.Refused refused) {
            refuse(refused.xid(), -1, refused.error(), null);
        }
    }

    private void authenticate(Request.Authenticate request) {
        if (this.identity.authenticate(request.scheme(), request.proof())) {
            finish(Reply.ok(request.xid(), 0, null));
        }
        else {
            refuse(request.xid(), 0, ErrorCodes.AUTH_FAILED, null);
        }
    }

    private void exchange(Request.Sasl request) {
        try {
            finish(Reply.ok(request.xid(), 0, new SetSASLResponse(this.identity.exchange(request.token()))));
        }
        catch (SaslException ex) {
            logger.debug("zookeeper.sasl-failed remote={}", this.channel.remoteAddress(), ex);
            boolean required = this.services.settings().auth().saslRequired();
            refuse(request.xid(), 0, required ? ErrorCodes.SASL_REQUIRED : ErrorCodes.AUTH_FAILED,
                    new SetSASLResponse(null));
        }
    }

    /** Answers for the last time. */
    private void refuse(int xid, long zxid, int error, @Nullable Record body) {
        this.phase = Phase.CLOSED;
        last(new Reply(xid, zxid, error, body));
    }

    private void read(Request.Read request) {
        if (!request.watch()) {
            answer(request.xid(), this.services.reads().answer(request, this.identity.ids()));
            return;
        }
        this.events.beforeWatch(request.path());
        whenDone(this.services.reads().answer(request, this.identity.ids()), (reply, failure) -> {
            Reply known = (failure == null) ? reply : failed(request.xid(), failure);
            afterEvents(known, () -> {
                this.events.drain(known.zxid());
                this.channel.write(known.encode(this.channel.alloc()));
                this.events.watch(request, known);
            });
        });
    }

    private void write(Request.Write first) {
        List<Request.Write> writes = new ArrayList<>();
        List<ZnodeRequest> requests = new ArrayList<>();
        writes.add(first);
        requests.add(clear(first));
        while (writes.size() < MAX_WRITES_PER_COMMAND && this.waiting.peek() instanceof Request.Write next) {
            this.waiting.remove();
            writes.add(next);
            requests.add(clear(next));
        }
        ClientSession own = session();
        WriteZnodes command = new WriteZnodes(own.id(), own.owner(), this.services.clock().currentTimeMillis(),
                this.identity.authority(), requests);
        whenDone(this.services.ensemble().propose(command), (result, failure) -> finishWrites(writes, result, failure));
    }

    private ZnodeRequest clear(Request.Write write) {
        return this.aclRules.apply(write.request(), this.identity.ids());
    }

    private void finishWrites(List<Request.Write> writes, Result.Znodes result, @Nullable Throwable failure) {
        List<Reply> replies = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            replies.add((failure != null) ? failed(writes.get(i).xid(), failure)
                    : WriteReplies.of(writes.get(i), result.answers().get(i)));
        }
        afterEvents(replies.get(replies.size() - 1), () -> {
            for (Reply reply : replies) {
                this.events.drain(reply.zxid());
                write(reply);
            }
            if (ErrorCodes.endsSession(replies.get(0).error())) {
                this.phase = Phase.CLOSED;
                this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        });
    }

    private void close(Request.CloseSession request) {
        this.closing = true;
        whenDone(session().close(), (result, failure) -> {
            if (failure != null) {
                abort();
                return;
            }
            Reply reply = Reply.ok(request.xid(), result.revision(), null);
            // ZooKeeper: the client still hears of the end of its own ephemeral znodes.
            afterEvents(reply, () -> {
                this.events.drain(reply.zxid());
                this.phase = Phase.CLOSED;
                last(reply);
            });
        });
    }

    private void answer(int xid, CompletableFuture<Reply> answer) {
        whenDone(answer, (reply, failure) -> finish((failure == null) ? reply : failed(xid, failure)));
    }

    private void finish(Reply reply) {
        afterEvents(reply, () -> {
            this.events.drain(reply.zxid());
            write(reply);
        });
    }

    /** Writes an answer once the events that it reveals are there, and goes on. */
    private void afterEvents(Reply reply, Runnable write) {
        if (reply.error() == ErrorCodes.CONNECTION_LOSS) {
            abort();
            return;
        }
        whenDone(this.events.delivered(reply.zxid()), (done, failure) -> {
            write.run();
            if (this.phase == Phase.SERVING) {
                this.events.release();
                this.busy = false;
                advance();
            }
        });
    }

    private void write(Reply reply) {
        this.lastZxid = Math.max(this.lastZxid, reply.zxid());
        this.channel.write(reply.encode(this.channel.alloc()));
    }

    private void last(Reply reply) {
        this.channel.writeAndFlush(reply.encode(this.channel.alloc())).addListener(ChannelFutureListener.CLOSE);
    }

    private Reply failed(int xid, Throwable failure) {
        Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
                : failure;
        if (cause instanceof KvException known) {
            return Reply.failed(xid, this.lastZxid, ErrorCodes.of(known));
        }
        logger.warn("zookeeper.request-failed", cause);
        return Reply.failed(xid, this.lastZxid, ErrorCodes.CONNECTION_LOSS);
    }

    private long revision() {
        return this.services.ensemble().revision();
    }

    private ClientSession session() {
        ClientSession own = this.session;
        if (own == null) {
            throw new IllegalStateException("a request before the handshake");
        }
        return own;
    }

    /** Goes on in the event loop, at once if the answer is there already. */
    private <T> void whenDone(CompletableFuture<T> answer, BiConsumer<T, @Nullable Throwable> then) {
        if (answer.isDone()) {
            answer.whenComplete(then);
        }
        else {
            answer
                .whenComplete((value, failure) -> this.channel.eventLoop().execute(() -> then.accept(value, failure)));
        }
    }

    /** What a connection is good for. */
    private enum Phase {

        NEW, CONNECTING, SERVING, CLOSED

    }

}
