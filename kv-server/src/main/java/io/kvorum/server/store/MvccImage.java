/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The image of a view, which it keeps readable. Confined to one thread at a time. */
final class MvccImage implements KvStore.StoreImage {

    private final Snapshot snapshot;

    private final ReadView.Retained retained;

    private final ReadFailures failures;

    private final Measures measures;

    private long sizeBytes = -1;

    MvccImage(MvccView view, ReadFailures failures, Measures measures) {
        this.retained = view.retain();
        this.snapshot = view.snapshot();
        this.failures = failures;
        this.measures = measures;
    }

    @Override
    public long appliedIndex() {
        return this.snapshot.state().appliedIndex();
    }

    // Reads the whole store once: the encoded size of an entry is known only then.
    @Override
    public long sizeBytes() {
        if (this.sizeBytes < 0) {
            try {
                write(OutputStream.nullOutputStream());
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return this.sizeBytes;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long start = this.measures.clock().nanoTime();
        write(out);
        this.measures.timings().imageWritten(this.measures.clock().nanoTime() - start);
    }

    @Override
    public void close() {
        this.retained.close();
    }

    private void write(OutputStream out) throws IOException {
        try {
            this.sizeBytes = new ImageWriter(out).write(this.snapshot);
        }
        catch (RuntimeException ex) {
            throw this.failures.forReader(ex, "writing an image");
        }
    }

}
