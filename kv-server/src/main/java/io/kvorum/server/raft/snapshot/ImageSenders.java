/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.snapshot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.storage.FileService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kvorum.server.raft.RaftStateMachine;

/** The images that are on their way to other members. For any thread. */
final class ImageSenders {

    /** No reader has this id. */
    static final long NONE = 0;

    private static final int MAX_SENDERS = 2;

    private static final Logger logger = LoggerFactory.getLogger(ImageSenders.class);

    private final RaftStateMachine stateMachine;

    private final Map<Long, ImageSender> senders = new ConcurrentHashMap<>();

    ImageSenders(RaftStateMachine stateMachine) {
        this.stateMachine = stateMachine;
    }

    /**
     * Opens an image and returns its id, or {@link #NONE} if that is not possible now.
     */
    synchronized long open(SnapshotMeta meta) {
        this.senders.entrySet().removeIf((entry) -> {
            boolean done = entry.getValue().isDone();
            if (done) {
                FileService.getInstance().removeReader(entry.getKey());
            }
            return done;
        });
        if (this.senders.size() >= MAX_SENDERS) {
            logger.warn("Another member needs an image, but {} are being sent already", MAX_SENDERS);
            return NONE;
        }
        ImageSender sender;
        try {
            sender = new ImageSender(this.stateMachine.openImage(), meta);
        }
        catch (RuntimeException ex) {
            logger.error("Could not open an image of the state for another member", ex);
            return NONE;
        }
        long id = FileService.getInstance().addReader(sender);
        this.senders.put(id, sender);
        sender.start(id);
        return id;
    }

    synchronized void close(long id) {
        ImageSender sender = this.senders.remove(id);
        if (sender != null) {
            FileService.getInstance().removeReader(id);
            sender.close();
        }
    }

    void close() {
        this.senders.keySet().forEach(this::close);
    }

    boolean isActive() {
        return this.senders.values().stream().anyMatch((sender) -> !sender.isDone());
    }

}
