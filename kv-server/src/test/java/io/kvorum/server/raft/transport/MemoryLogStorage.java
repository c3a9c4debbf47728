/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.transport;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import org.jspecify.annotations.Nullable;

/** A log that is gone with the process; good enough to see messages go back and forth. */
final class MemoryLogStorage implements LogStorage {

    private final ConcurrentSkipListMap<Long, LogEntry> entries = new ConcurrentSkipListMap<>();

    private volatile long first = 1;

    @Override
    public boolean init(LogStorageOptions options) {
        for (LogEntry entry : this.entries.values()) {
            if (entry.getType() == EntryType.ENTRY_TYPE_CONFIGURATION) {
                ConfigurationEntry conf = new ConfigurationEntry();
                conf.setId(entry.getId());
                conf.setConf(new Configuration(entry.getPeers(), entry.getLearners()));
                options.getConfigurationManager().add(conf);
            }
        }
        return true;
    }

    @Override
    public void shutdown() {
    }

    @Override
    public long getFirstLogIndex() {
        return this.first;
    }

    @Override
    public long getLastLogIndex() {
        return this.entries.isEmpty() ? this.first - 1 : this.entries.lastKey();
    }

    @Override
    public @Nullable LogEntry getEntry(long index) {
        return this.entries.get(index);
    }

    @Override
    @Deprecated
    public long getTerm(long index) {
        LogEntry entry = this.entries.get(index);
        return (entry != null) ? entry.getId().getTerm() : 0;
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
        this.entries.put(entry.getId().getIndex(), entry);
        return true;
    }

    @Override
    public int appendEntries(List<LogEntry> added) {
        added.forEach(this::appendEntry);
        return added.size();
    }

    @Override
    public boolean truncatePrefix(long firstIndexKept) {
        this.entries.headMap(firstIndexKept).clear();
        this.first = firstIndexKept;
        return true;
    }

    @Override
    public boolean truncateSuffix(long lastIndexKept) {
        this.entries.tailMap(lastIndexKept, false).clear();
        return true;
    }

    @Override
    public boolean reset(long nextLogIndex) {
        this.entries.clear();
        this.first = nextLogIndex;
        return true;
    }

}
