/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.raft.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file does not contain what was written to it. The message names the file, the place
 * and what an operator can do.
 */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     * @param file the file
     * @param offset where in the file
     * @param what what is wrong there
     */
    public DamagedFileException(Path file, long offset, String what) {
        super("Damaged file " + file + " at offset " + offset + ": " + what
                + ". This member's data cannot be trusted. Remove its data directory and let it rejoin the cluster,"
                + " or, if no other member has the data, restore a snapshot.");
    }

}
