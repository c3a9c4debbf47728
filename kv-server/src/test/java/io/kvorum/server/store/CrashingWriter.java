/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The process that {@link CrashTests} kills: applies a {@link Workload} for ever. */
final class CrashingWriter {

    private static final int INSTALL_EVERY = 400;

    private CrashingWriter() {
    }

    /**
     * Runs until killed. Prints {@code index} after each commit that returned.
     * @param args directory and seed
     * @throws IOException if the store cannot be opened
     */
    public static void main(String[] args) throws IOException {
        MvccStore store = MvccStore.open(options(Path.of(args[0])));
        Workload workload = new Workload(Long.parseLong(args[1]));
        AtomicLong index = new AtomicLong(store.view().appliedIndex());
        System.out.println("opened " + index);
        Thread committer = new Thread(() -> commitForEver(store));
        committer.setDaemon(true);
        committer.start();
        while (true) {
            workload.apply(store, index.incrementAndGet());
            store.compactStep();
            if (index.get() % INSTALL_EVERY == 0) {
                installOwnImage(store);
            }
        }
    }

    private static void installOwnImage(MvccStore store) throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (KvStore.StoreImage opened = store.openImage()) {
            opened.writeTo(image);
        }
        store.install(new ByteArrayInputStream(image.toByteArray()));
    }

    static StoreOptions options(Path directory) {
        return StoreOptions.in(directory)
            .withCommits(Duration.ofMillis(3), 1)
            .withCaches(8, 2)
            .withRetention(Duration.ofMillis(500), Duration.ofMillis(1500))
            .withCompactionStep(20);
    }

    private static void commitForEver(MvccStore store) {
        try {
            for (int i = 0;; i++) {
                long index = store.view().appliedIndex();
                if (i % 20 == 19) {
                    store.defragment();
                }
                store.commit();
                System.out.println("durable " + index);
            }
        }
        catch (IOException ex) {
            ex.printStackTrace(System.out);
        }
    }

}
