/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RetryAgainException;
import com.alipay.sofa.jraft.rpc.RaftClientService;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileResponse;
import com.alipay.sofa.jraft.rpc.RpcResponseClosure;
import com.alipay.sofa.jraft.util.ByteBufferCollector;
import com.google.protobuf.ByteString;
import io.kvorum.server.raft.RaftStateMachine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An image arrives whole or not at all. Sender and copier are real, the wire between them
 * is not.
 */
class ImageTransferTests {

    private static final SnapshotMeta META = SnapshotMeta.newBuilder()
        .setLastIncludedIndex(42)
        .setLastIncludedTerm(7)
        .addPeers("1:0")
        .build();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, ImageSender.PART_BYTES - 1, ImageSender.PART_BYTES, 3 * ImageSender.PART_BYTES + 5 })
    void anImageOfAnySizeArrives(int size) throws Exception {
        byte[] image = image(size);
        ImageCopier copier = copy(new BytesImage(image), UnaryOperator.identity());
        assertThat(copier.isOk()).as(copier.getErrorMsg()).isTrue();
        ReceivedImage received = Objects.requireNonNull((ReceivedImage) copier.getReader());
        assertThat(received.load()).isEqualTo(META);
        try (var in = received.open()) {
            assertThat(in.readAllBytes()).isEqualTo(image);
        }
        received.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void aFlippedBitIsNoticedAndNothingStays() throws Exception {
        AtomicBoolean flipped = new AtomicBoolean();
        ImageCopier copier = copy(new BytesImage(image(1_000_000)), (bytes) -> {
            if (flipped.compareAndSet(false, true)) {
                bytes[1000] ^= 1;
            }
            return bytes;
        });
        assertThat(copier.isOk()).isFalse();
        assertThat(copier.getRaftError()).as("not a failure of this disk").isNotEqualTo(RaftError.EIO);
        assertThat(copier.getReader()).isNull();
        assertThat(files()).isEmpty();
    }

    @Test
    void aSenderThatBreaksLeavesNothing() throws Exception {
        BytesImage broken = new BytesImage(image(1_200_000)) {

            @Override
            public void writeTo(OutputStream out) throws IOException {
                super.writeTo(out);
                throw new IOException("The store is damaged");
            }

        };
        ImageCopier copier = copy(broken, UnaryOperator.identity());
        assertThat(copier.isOk()).isFalse();
        assertThat(copier.getErrorMsg()).contains("The store is damaged");
        assertThat(files()).isEmpty();
        assertThat(broken.closed).isTrue();
    }

    @Test
    void aPartCanBeAskedForAgainButNotAnOlderOne() throws Exception {
        ImageSender sender = new ImageSender(new BytesImage(image(2 * ImageSender.PART_BYTES)), META);
        sender.start(1);
        byte[] first = read(sender, 0);
        assertThat(read(sender, 0)).isEqualTo(first);
        read(sender, first.length);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(sender, 0));
        sender.close();
    }

    @Test
    void aClosedSenderLetsGoOfTheImage() {
        BytesImage image = new BytesImage(image(10 * ImageSender.PART_BYTES));
        ImageSender sender = new ImageSender(image, META);
        sender.start(1);
        sender.close();
        Awaitility.await().until(sender::isDone);
        assertThat(image.closed).isTrue();
    }

    private ImageCopier copy(BytesImage image, UnaryOperator<byte[]> wire) throws InterruptedException {
        ImageSender sender = new ImageSender(image, META);
        sender.start(1);
        ImageCopier copier = new ImageCopier("remote://1:0/1", client(sender, wire), this.directory.resolve("spool"));
        copier.start();
        copier.join();
        sender.close();
        return copier;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(this.directory)) {
            return files.toList();
        }
    }

    private static byte[] read(ImageSender sender, long offset) throws IOException, RetryAgainException {
        ByteBufferCollector target = ByteBufferCollector.allocate();
        int count = sender.readFile(target, "image", offset, ImageSender.PART_BYTES);
        byte[] bytes = new byte[Math.max(0, count)];
        target.getBuffer().flip().get(bytes);
        return bytes;
    }

    private static byte[] image(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    /**
     * The engine's client, with the one call that is needed asking the sender directly.
     */
    private static RaftClientService client(ImageSender sender, UnaryOperator<byte[]> wire) {
        return (RaftClientService) Proxy.newProxyInstance(RaftClientService.class.getClassLoader(),
                new Class<?>[] { RaftClientService.class }, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getFile");
                    answer(sender, wire, (GetFileRequest) arguments[1], (RpcResponseClosure<?>) arguments[3]);
                    return CompletableFuture.completedFuture(null);
                });
    }

    @SuppressWarnings("unchecked")
    private static void answer(ImageSender sender, UnaryOperator<byte[]> wire, GetFileRequest request,
            RpcResponseClosure<?> closure) {
        try {
            byte[] bytes = read(sender, request.getOffset());
            ((RpcResponseClosure<GetFileResponse>) closure).setResponse(GetFileResponse.newBuilder()
                .setReadSize(bytes.length)
                .setEof(bytes.length == 0)
                .setData(ByteString.copyFrom(wire.apply(bytes)))
                .build());
            closure.run(Status.OK());
        }
        catch (RetryAgainException ex) {
            closure.run(new Status(RaftError.EAGAIN, "%s", ex.getMessage()));
        }
        catch (IOException ex) {
            closure.run(new Status(RaftError.EIO, "%s", ex.getMessage()));
        }
    }

    /** An image of given bytes. */
    private static class BytesImage implements RaftStateMachine.Image {

        private final byte[] bytes;

        volatile boolean closed;

        BytesImage(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long appliedIndex() {
            return 42;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(this.bytes);
        }

        @Override
        public void close() {
            this.closed = true;
        }

    }

}
