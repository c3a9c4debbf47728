/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.differential;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * Moves the revisions inside a message between a program's count and a server's. Values
 * far outside are boundary values of the test and stay as they are.
 */
final class RevisionShift {

    private static final Set<String> FIELDS = Set.of("revision", "create_revision", "mod_revision", "start_revision",
            "compact_revision", "hash_revision", "min_mod_revision", "max_mod_revision", "min_create_revision",
            "max_create_revision");

    private static final long LITERAL_BELOW = -1_000;

    private static final long LITERAL_ABOVE = 1_000_000_000_000L;

    private RevisionShift() {
    }

    static <M extends Message> M toServer(M message, long base) {
        return shift(message, base, LITERAL_BELOW);
    }

    static <M extends Message> M toProgram(M message, long base) {
        return shift(message, -base, 0);
    }

    @SuppressWarnings("unchecked")
    private static <M extends Message> M shift(M message, long by, long above) {
        Message.Builder builder = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            FieldDescriptor descriptor = field.getKey();
            if (descriptor.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (descriptor.isRepeated()) {
                    builder.setField(descriptor,
                            ((List<Message>) field.getValue()).stream().map((each) -> shift(each, by, above)).toList());
                }
                else {
                    builder.setField(descriptor, shift((Message) field.getValue(), by, above));
                }
            }
            else if (FIELDS.contains(descriptor.getName())) {
                long value = (Long) field.getValue();
                if (value != 0 && value > above && value < LITERAL_ABOVE) {
                    builder.setField(descriptor, value + by);
                }
            }
        }
        return (M) builder.build();
    }

}
