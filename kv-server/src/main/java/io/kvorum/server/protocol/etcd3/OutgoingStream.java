/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import com.google.protobuf.CodedOutputStream;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer to the transport, which drains it into its own buffer at once. Read as
 * a stream only when answers are compressed.
 */
final class OutgoingStream extends InputStream implements Drainable, KnownLength {

    /** Makes answers streams; a server parses none. */
    static final Marshaller<Outgoing> MARSHALLER = new Marshaller<>() {

        @Override
        public InputStream stream(Outgoing answer) {
            return new OutgoingStream(answer);
        }

        @Override
        public Outgoing parse(InputStream stream) {
            throw new UnsupportedOperationException("a server receives no answers");
        }

    };

    /** Smaller answers are put together before they are handed over. */
    private static final int SMALL_BYTES = 4096;

    private final Outgoing answer;

    private final int sizeBytes;

    private @Nullable InputStream content;

    private boolean drained;

    private OutgoingStream(Outgoing answer) {
        this.answer = answer;
        this.sizeBytes = answer.sizeBytes();
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        if (this.drained || this.content != null) {
            return (int) content().transferTo(target);
        }
        this.drained = true;
        if (this.sizeBytes <= SMALL_BYTES) {
            target.write(encoded());
        }
        else {
            // Values larger than this buffer go to the target without passing through it.
            CodedOutputStream out = CodedOutputStream.newInstance(target, SMALL_BYTES);
            this.answer.writeTo(out);
            out.flush();
        }
        return this.sizeBytes;
    }

    @Override
    public int available() throws IOException {
        if (this.content != null) {
            return this.content.available();
        }
        return this.drained ? 0 : this.sizeBytes;
    }

    @Override
    public int read() throws IOException {
        return content().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return content().read(bytes, offset, length);
    }

    private InputStream content() throws IOException {
        InputStream stream = this.content;
        if (stream == null) {
            stream = this.drained ? InputStream.nullInputStream() : new ByteArrayInputStream(encoded());
            this.content = stream;
        }
        return stream;
    }

    private byte[] encoded() throws IOException {
        byte[] bytes = new byte[this.sizeBytes];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        this.answer.writeTo(out);
        out.checkNoSpaceLeft();
        return bytes;
    }

}
