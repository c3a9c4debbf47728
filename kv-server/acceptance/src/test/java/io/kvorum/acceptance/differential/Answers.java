/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.Comparator;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.Status;
import io.kvorum.proto.etcdserverpb.LeaseGrantResponse;
import io.kvorum.proto.etcdserverpb.LeaseKeepAliveResponse;
import io.kvorum.proto.etcdserverpb.LeaseLeasesResponse;
import io.kvorum.proto.etcdserverpb.LeaseStatus;
import io.kvorum.proto.etcdserverpb.LeaseTimeToLiveResponse;
import io.kvorum.proto.etcdserverpb.ResponseHeader;

/**
 * Writes an answer so that equal texts mean equal behaviour: without ids and terms, with
 * revisions counted from the program's beginning, lists without an order sorted, and a
 * running time to live reduced to its sign.
 */
final class Answers {

    /** Ids below are chosen by the program, ids above by the server. */
    private static final long CHOSEN_BY_SERVER = 1_000_000;

    private Answers() {
    }

    static String of(Status status) {
        return status.getCode() + ": " + status.getDescription();
    }

    static String of(Message response, long base) {
        Message settled = settle(response);
        return TextFormat.printer()
            .emittingSingleLine(true)
            .printToString(RevisionShift.toProgram(withoutIdentity(settled), base))
            .strip();
    }

    private static Message settle(Message response) {
        if (response instanceof LeaseTimeToLiveResponse lease) {
            LeaseTimeToLiveResponse.Builder builder = lease.toBuilder().setTTL(Long.signum(lease.getTTL())).clearKeys();
            lease.getKeysList()
                .stream()
                .sorted(ByteString.unsignedLexicographicalComparator())
                .forEach(builder::addKeys);
            return builder.build();
        }
        if (response instanceof LeaseLeasesResponse leases) {
            LeaseLeasesResponse.Builder builder = leases.toBuilder().clearLeases();
            leases.getLeasesList()
                .stream()
                .sorted(Comparator.comparingLong(LeaseStatus::getID))
                .map((lease) -> (lease.getID() > CHOSEN_BY_SERVER) ? lease.toBuilder().setID(CHOSEN_BY_SERVER).build()
                        : lease)
                .forEach(builder::addLeases);
            return builder.build();
        }
        if (response instanceof LeaseGrantResponse grant && grant.getID() > CHOSEN_BY_SERVER) {
            return grant.toBuilder().setID(CHOSEN_BY_SERVER).build();
        }
        if (response instanceof LeaseKeepAliveResponse alive && alive.getID() > CHOSEN_BY_SERVER) {
            return alive.toBuilder().setID(CHOSEN_BY_SERVER).build();
        }
        return response;
    }

    private static Message withoutIdentity(Message response) {
        var field = response.getDescriptorForType().findFieldByName("header");
        if (field == null || !response.hasField(field)) {
            return response;
        }
        ResponseHeader header = (ResponseHeader) response.getField(field);
        return response.toBuilder()
            .setField(field, header.toBuilder().clearClusterId().clearMemberId().clearRaftTerm().build())
            .build();
    }

}
