/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3.watch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Hands replies to the transport, which copies the shared bytes of the events into its
 * buffers: nothing is encoded twice and nothing is copied on the way.
 */
final class ReplyMarshaller implements MethodDescriptor.Marshaller<WatchReply> {

    @Override
    public InputStream stream(WatchReply reply) {
        return new ReplyStream(reply);
    }

    @Override
    public WatchReply parse(InputStream stream) {
        throw new UnsupportedOperationException("a server does not read its own replies");
    }

    private static final class ReplyStream extends InputStream implements Drainable, KnownLength {

        private final WatchReply reply;

        /** Only for a transport that reads instead of draining. */
        private @Nullable InputStream bytes;

        private boolean drained;

        ReplyStream(WatchReply reply) {
            this.reply = reply;
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            if (this.bytes != null) {
                return (int) this.bytes.transferTo(target);
            }
            if (this.drained) {
                return 0;
            }
            this.drained = true;
            target.write(this.reply.head());
            this.reply.events().writeTo(target);
            return this.reply.sizeBytes();
        }

        @Override
        public int available() throws IOException {
            if (this.bytes != null) {
                return this.bytes.available();
            }
            return this.drained ? 0 : this.reply.sizeBytes();
        }

        @Override
        public int read() throws IOException {
            return bytes().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes().read(target, offset, length);
        }

        private InputStream bytes() {
            InputStream bytes = this.bytes;
            if (bytes == null) {
                ByteArrayOutputStream all = new ByteArrayOutputStream(this.reply.sizeBytes());
                try {
                    drainTo(all);
                }
                catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
                bytes = new ByteArrayInputStream(all.toByteArray());
                this.bytes = bytes;
            }
            return bytes;
        }

    }

}
