/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kvorum.server.command.CloseSession;
import io.kvorum.server.command.Command;
import io.kvorum.server.command.DeleteRangeOperation;
import io.kvorum.server.command.OpenSession;
import io.kvorum.server.command.PutOperation;
import io.kvorum.server.command.Result;
import io.kvorum.server.command.ResumeSession;
import io.kvorum.server.command.TxnOperation;
import io.kvorum.server.command.WriteZnodes;
import io.kvorum.server.command.ZnodeAcl;
import io.kvorum.server.command.ZnodeError;
import io.kvorum.server.command.ZnodeOperation;
import io.kvorum.server.command.ZnodeRequest;
import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.KvException;
import io.kvorum.server.common.KvException.Code;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.lease.Lease;
import io.kvorum.server.store.MvccStore;
import io.kvorum.server.store.StoreOptions;
import io.kvorum.server.tree.TreeKeys;
import io.kvorum.server.tree.Znode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Sessions and writes of the tree as apply carries them out. */
class TreeRunnerTests {

    private static final long SESSION = 0x55;

    private static final long OWNER = 1;

    private static final Bytes PASSWORD = Bytes.utf8("hash of a password");

    private final List<Lease> granted = new ArrayList<>();

    private final List<Long> revoked = new ArrayList<>();

    @TempDir
    private Path directory;

    private MvccStore store;

    private KvState state;

    private long index;

    @BeforeEach
    void open() throws IOException {
        this.store = MvccStore.open(StoreOptions.in(this.directory));
        this.state = new KvState(this.store, new RecordingListener());
        apply(new OpenSession(SESSION, PASSWORD, 4000, OWNER));
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Test
    void aSessionIsALeaseThatLivesALittleLonger() {
        assertThat(this.granted).containsExactly(new Lease(SESSION, 5, 0));
        assertThatExceptionOfType(KvException.class)
            .isThrownBy(() -> apply(new OpenSession(SESSION, PASSWORD, 4000, OWNER)))
            .satisfies((ex) -> assertThat(ex.code()).isEqualTo(Code.LEASE_EXISTS));
    }

    @Test
    void onlyThePasswordMovesASession() {
        assertThat(valid(new ResumeSession(SESSION, Bytes.utf8("wrong"), 4000, 2))).isFalse();
        assertThat(error(OWNER, create("/a", 0))).as("the owner is not disturbed").isEqualTo(ZnodeError.NONE);
        assertThat(valid(new ResumeSession(SESSION, PASSWORD, 8000, 2))).isTrue();
        assertThat(this.granted).endsWith(new Lease(SESSION, 9, 0));
        assertThat(error(OWNER, create("/b", 0))).isEqualTo(ZnodeError.SESSION_MOVED);
        assertThat(valid(new CloseSession(SESSION, OWNER))).as("not its session any more").isFalse();
        assertThat(error(2, create("/b", 0))).isEqualTo(ZnodeError.NONE);
        assertThat(valid(new ResumeSession(99, PASSWORD, 4000, 2))).as("no such session").isFalse();
    }

    @Test
    void theEndOfASession() {
        apply(write(OWNER, create("/parent", 0)));
        apply(write(OWNER, create("/parent/mine", 1)));
        long before = this.store.view().revision();
        assertThat(valid(new CloseSession(SESSION, OWNER))).isTrue();
        assertThat(this.store.view().revision()).isEqualTo(before + 1);
        assertThat(this.revoked).containsExactly(SESSION);
        assertThat(find("/parent/mine")).isNull();
        assertThat(error(OWNER, create("/x", 0))).isEqualTo(ZnodeError.SESSION_EXPIRED);
        assertThat(this.store.view().range(RangeQuery.of(KeyRange.single(TreeKeys.session(SESSION)))).kvs()).isEmpty();
    }

    @Test
    void expiryKeepsTheCountsOfParents() {
        apply(write(OWNER, create("/parent", 0)));
        apply(write(OWNER, create("/parent/mine", 1)));
        apply(new PutOperation(Bytes.utf8("key of an etcd client"), Bytes.EMPTY, SESSION, false, false, false));
        apply(new Command.RevokeLease(SESSION, 1));
        Znode parent = Objects.requireNonNull(find("/parent"));
        assertThat(parent.stat().numChildren()).isZero();
        assertThat(parent.stat().cversion()).isEqualTo(2);
        assertThat(this.store.view().keysOfLease(SESSION)).isEmpty();
    }

    @Test
    void writesInOneCommandHaveRevisionsOfTheirOwn() {
        Result.Znodes result = (Result.Znodes) apply(new WriteZnodes(SESSION, OWNER, 1,
                List.of(request(create("/a", 0)), request(create("/a", 0)), request(create("/b", 0)))));
        assertThat(result.answers()).extracting((answer) -> answer.error())
            .containsExactly(ZnodeError.NONE, ZnodeError.NODE_EXISTS, ZnodeError.NONE);
        long first = result.answers().get(0).zxid();
        assertThat(result.answers()).extracting((answer) -> answer.zxid()).containsExactly(first, first, first + 1);
    }

    @Test
    void clientsOfEtcdDoNotWriteIntoTheTree() {
        PutOperation put = new PutOperation(TreeKeys.node("/a"), Bytes.EMPTY, 0, false, false, false);
        assertDenied(put);
        assertDenied(new TxnOperation(List.of(), List.of(), List.of(put)));
        assertDenied(new DeleteRangeOperation(KeyRange.ALL, false));
        assertDenied(new DeleteRangeOperation(TreeKeys.ALL, false));
        apply(new DeleteRangeOperation(KeyRange.single(Bytes.utf8("/zk")), false));
        apply(new CloseSession(SESSION, OWNER));
        apply(new DeleteRangeOperation(KeyRange.ALL, false));
    }

    private void assertDenied(Command<?> command) {
        assertThatExceptionOfType(KvException.class).isThrownBy(() -> apply(command))
            .satisfies((ex) -> assertThat(ex.code()).isEqualTo(Code.PERMISSION_DENIED));
    }

    private boolean valid(Command<Result.Session> command) {
        return ((Result.Session) apply(command)).valid();
    }

    private ZnodeError error(long owner, ZnodeOperation operation) {
        return ((Result.Znodes) apply(write(owner, operation))).answers().get(0).error();
    }

    private static WriteZnodes write(long owner, ZnodeOperation operation) {
        return new WriteZnodes(SESSION, owner, 1, List.of(request(operation)));
    }

    private static ZnodeRequest request(ZnodeOperation operation) {
        return new ZnodeRequest(List.of(operation));
    }

    private static ZnodeOperation create(String path, int flags) {
        return new ZnodeOperation.Create(path, Bytes.EMPTY, List.of(ZnodeAcl.OPEN), flags);
    }

    private @Nullable Znode find(String path) {
        return Znode.of(path, this.store.view().range(RangeQuery.of(TreeKeys.record(path))).kvs());
    }

    private Result apply(Command<?> command) {
        try {
            return this.state.apply(command, 1);
        }
        finally {
            this.store.publish(++this.index);
        }
    }

    /** Remembers what it hears. */
    private final class RecordingListener implements KvState.LeaseListener {

        @Override
        public void granted(Lease lease) {
            TreeRunnerTests.this.granted.add(lease);
        }

        @Override
        public void revoked(long id) {
            TreeRunnerTests.this.revoked.add(id);
        }

    }

}
