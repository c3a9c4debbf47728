/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

import io.kvorum.server.common.Bytes;
import io.kvorum.server.common.Invariant.BrokenInvariantError;
import io.kvorum.server.common.KeyRange;
import io.kvorum.server.common.RangeQuery;
import io.kvorum.server.common.RangeQuery.RevisionFilter;
import io.kvorum.server.common.RangeQuery.Sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is written to the log comes back as it was. */
class CommandBatchTests {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyCommandComesBack(@ForAll("commands") List<Command<?>> commands, @ForAll long origin, @ForAll long id) {
        Bytes entry = CommandBatch.encode(origin, id, commands.stream().map(CommandCodec::encode).toList());
        assertThat(CommandBatch.decode(entry)).isEqualTo(new CommandBatch(origin, id, commands));
        assertThat(CommandBatch.decodeHeader(entry).id()).isEqualTo(id);
    }

    @Test
    void anEntryOfANewerFormatStopsTheMember() {
        assertThatExceptionOfType(BrokenInvariantError.class)
            .isThrownBy(() -> CommandBatch.decode(Bytes.wrap(new byte[] { 9 })))
            .withMessageContaining("newer version");
    }

    @Test
    void aTruncatedEntryStopsTheMember() {
        byte[] put = CommandCodec
            .encode(new PutOperation(Bytes.utf8("key"), Bytes.utf8("value"), 7, false, false, false));
        Bytes entry = CommandBatch.encode(1, 2, List.of(Arrays.copyOf(put, put.length - 1)));
        assertThatExceptionOfType(BrokenInvariantError.class).isThrownBy(() -> CommandBatch.decode(entry));
    }

    @Provide
    Arbitrary<List<Command<?>>> commands() {
        Arbitrary<Command<?>> operation = operations(2).map((op) -> op);
        Arbitrary<Command<?>> compact = Arbitraries.longs().map(Command.Compact::new);
        Arbitrary<Command<?>> grant = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
            .as(Command.GrantLease::new);
        Arbitrary<Command<?>> revoke = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
            .as(Command.RevokeLease::new);
        Arbitrary<Command<?>> checkpoint = Arbitraries.maps(Arbitraries.longs(), Arbitraries.longs())
            .ofMaxSize(5)
            .map((Map<Long, Long> map) -> new Command.CheckpointLeases(map));
        Arbitrary<Command<?>> alarm = Combinators
            .combine(Arbitraries.longs(), Arbitraries.of(AlarmType.class), Arbitraries.of(true, false))
            .as(Command.SetAlarm::new);
        Arbitrary<Command<?>> member = Combinators.combine(Arbitraries.longs(), names(), names().list().ofMaxSize(3))
            .as(Command.PublishMember::new);
        return Arbitraries.oneOf(List.of(operation, compact, grant, revoke, checkpoint, alarm, member))
            .list()
            .ofMaxSize(6);
    }

    private static Arbitrary<Command.Operation<?>> operations(int depth) {
        Arbitrary<Command.Operation<?>> put = Combinators
            .combine(bytes(), bytes(), Arbitraries.longs(), flag(), flag(), flag())
            .as(PutOperation::new);
        Arbitrary<Command.Operation<?>> delete = Combinators.combine(ranges(), flag()).as(DeleteRangeOperation::new);
        Arbitrary<Command.Operation<?>> range = queries().map(RangeOperation::new);
        if (depth == 0) {
            return Arbitraries.oneOf(List.of(put, delete, range));
        }
        Arbitrary<List<Command.Operation<?>>> branch = Arbitraries.lazyOf(() -> operations(depth - 1))
            .list()
            .ofMaxSize(3);
        Arbitrary<Command.Operation<?>> txn = Combinators.combine(compares().list().ofMaxSize(3), branch, branch)
            .as(TxnOperation::new);
        return Arbitraries.oneOf(List.of(put, delete, range, txn));
    }

    private static Arbitrary<Compare> compares() {
        Arbitrary<Compare> byNumber = Combinators
            .combine(ranges(), Arbitraries.of(Compare.Target.VERSION, Compare.Target.MOD, Compare.Target.LEASE),
                    Arbitraries.of(Compare.Relation.class), Arbitraries.longs())
            .as((range, target, relation, number) -> new Compare(range, target, relation, number, Bytes.EMPTY));
        Arbitrary<Compare> byValue = Combinators.combine(ranges(), Arbitraries.of(Compare.Relation.class), bytes())
            .as((range, relation, value) -> new Compare(range, Compare.Target.VALUE, relation, 0, value));
        return Arbitraries.oneOf(byNumber, byValue);
    }

    private static Arbitrary<RangeQuery> queries() {
        Arbitrary<Sort> sorts = Combinators.combine(Arbitraries.of(Sort.Target.class), Arbitraries.of(Sort.Order.class))
            .as(Sort::new);
        Arbitrary<RevisionFilter> filters = Combinators
            .combine(Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs())
            .as(RevisionFilter::new);
        return Combinators.combine(ranges(), Arbitraries.longs(), Arbitraries.longs(), sorts, filters, flag(), flag())
            .as(RangeQuery::new);
    }

    private static Arbitrary<KeyRange> ranges() {
        return Combinators.combine(bytes(), bytes()).as(KeyRange::of);
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Bytes::wrap);
    }

    /**
     * Names and URLs come from flags and are text; half a surrogate pair has no UTF-8
     * form.
     */
    private static Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange(' ', '\u07ff').ofMaxLength(20);
    }

    private static Arbitrary<Boolean> flag() {
        return Arbitraries.of(true, false);
    }

}
