/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.etcd3;

import java.io.IOException;

import com.google.protobuf.CodedOutputStream;

/**
 * An answer that writes itself, without a message object for each of its parts. May be
 * asked more than once.
 */
interface Outgoing {

    /**
     * Returns the size of the encoded answer.
     * @return bytes
     */
    int sizeBytes();

    /**
     * Writes the encoded answer.
     * @param out where to
     * @throws IOException if that fails
     */
    void writeTo(CodedOutputStream out) throws IOException;

}
