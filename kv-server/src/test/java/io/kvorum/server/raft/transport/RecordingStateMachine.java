/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;

/** Keeps what was applied, as a list of words. */
final class RecordingStateMachine extends StateMachineAdapter {

    private static final String FILE = "words";

    private final List<String> applied = new CopyOnWriteArrayList<>();

    private final AtomicInteger snapshotsLoaded = new AtomicInteger();

    List<String> applied() {
        return this.applied;
    }

    int snapshotsLoaded() {
        return this.snapshotsLoaded.get();
    }

    @Override
    public void onApply(Iterator entries) {
        while (entries.hasNext()) {
            this.applied.add(StandardCharsets.UTF_8.decode(entries.getData().duplicate()).toString());
            Closure done = entries.done();
            if (done != null) {
                done.run(Status.OK());
            }
            entries.next();
        }
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        try {
            Files.write(Path.of(writer.getPath(), FILE), this.applied);
            writer.addFile(FILE);
            done.run(Status.OK());
        }
        catch (IOException ex) {
            done.run(new Status(RaftError.EIO, "%s", ex));
        }
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        try {
            List<String> words = Files.readAllLines(Path.of(reader.getPath(), FILE));
            this.applied.clear();
            this.applied.addAll(words);
            this.snapshotsLoaded.incrementAndGet();
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

}
