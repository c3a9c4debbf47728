/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft;

import java.util.ArrayList;
import java.util.List;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.RaftOutter.EntryMeta;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import org.junit.jupiter.api.Test;

import io.kvorum.server.common.MemberId;

import static org.assertj.core.api.Assertions.assertThat;

class CommitAnnouncerTests {

    private static final MemberId FOLLOWER = new MemberId(2);

    private final List<AppendEntriesRequest> sent = new ArrayList<>();

    private final CommitAnnouncer announcer = new CommitAnnouncer((member, request) -> this.sent.add(request));

    @Test
    void aFollowerThatHasTheEntryLearnsOfItsCommitAtOnce() {
        store(append(3, 7, 2, 5));
        this.announcer.committed(9);
        assertThat(this.sent).singleElement().satisfies((heartbeat) -> {
            assertThat(heartbeat.getEntriesCount()).isZero();
            assertThat(heartbeat.getTerm()).isEqualTo(3);
            assertThat(heartbeat.getPrevLogIndex()).isEqualTo(9);
            assertThat(heartbeat.getPrevLogTerm()).as("the term of the entry, not of the leader").isEqualTo(2);
            assertThat(heartbeat.getCommittedIndex()).isEqualTo(9);
            assertThat(heartbeat.getGroupId()).isEqualTo("group");
            assertThat(heartbeat.getServerId()).isEqualTo("leader");
            assertThat(heartbeat.getPeerId()).isEqualTo("follower");
        });
    }

    @Test
    void aSlowerFollowerLearnsOfItWhenItHasTheEntry() {
        AppendEntriesRequest append = append(1, 0, 1, 0);
        this.announcer.sending(FOLLOWER, append);
        this.announcer.committed(2);
        assertThat(this.sent).isEmpty();
        this.announcer.ended(FOLLOWER, append, true);
        assertThat(this.sent).singleElement()
            .satisfies((heartbeat) -> assertThat(heartbeat.getCommittedIndex()).isEqualTo(2));
    }

    @Test
    void nothingIsSaidTwice() {
        store(append(1, 0, 1, 0));
        this.announcer.committed(1);
        this.announcer.committed(1);
        assertThat(this.sent).hasSize(1);
        this.announcer.sending(FOLLOWER, append(1, 2, 1, 2));
        this.announcer.committed(2);
        assertThat(this.sent).as("entries on their way carry the news").hasSize(1);
    }

    @Test
    void aFollowerIsNeverToldMoreThanItHas() {
        store(append(1, 0, 1, 0));
        this.announcer.committed(50);
        assertThat(this.sent).singleElement()
            .satisfies((heartbeat) -> assertThat(heartbeat.getCommittedIndex()).isEqualTo(2));
        AppendEntriesRequest lost = append(1, 2, 1, 2);
        this.announcer.sending(FOLLOWER, lost);
        this.announcer.ended(FOLLOWER, lost, false);
        this.announcer.committed(51);
        assertThat(this.sent).as("what it did not confirm it may not have").hasSize(1);
    }

    @Test
    void aNewTermForgetsWhatAnEarlierLeaderSent() {
        AppendEntriesRequest old = append(1, 0, 1, 0);
        this.announcer.sending(FOLLOWER, old);
        AppendEntriesRequest fresh = append(4, 2, 4, 0);
        this.announcer.sending(FOLLOWER, fresh);
        this.announcer.ended(FOLLOWER, old, true);
        this.announcer.committed(4);
        assertThat(this.sent).as("it owes an answer in this term").isEmpty();
        this.announcer.ended(FOLLOWER, fresh, true);
        assertThat(this.sent).singleElement().satisfies((heartbeat) -> {
            assertThat(heartbeat.getTerm()).isEqualTo(4);
            assertThat(heartbeat.getPrevLogIndex()).isEqualTo(4);
        });
    }

    private void store(AppendEntriesRequest append) {
        this.announcer.sending(FOLLOWER, append);
        this.announcer.ended(FOLLOWER, append, true);
    }

    /** Two entries behind an index. */
    private static AppendEntriesRequest append(long term, long previous, long entryTerm, long committed) {
        EntryMeta entry = EntryMeta.newBuilder().setTerm(entryTerm).setType(EntryType.ENTRY_TYPE_DATA).build();
        return AppendEntriesRequest.newBuilder()
            .setGroupId("group")
            .setServerId("leader")
            .setPeerId("follower")
            .setTerm(term)
            .setPrevLogIndex(previous)
            .setPrevLogTerm(entryTerm)
            .setCommittedIndex(committed)
            .addEntries(entry)
            .addEntries(entry)
            .build();
    }

}
