/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.store;

/**
 * An image is a head, blocks and padding.
 *
 * <p>
 * Head: {@link #MAGIC}, {@link #VERSION}, the state. Block: section (1 byte), length of
 * the content (4), CRC32C of the content (4), content: whole entries of that section, in
 * key order. The block of section {@link #END} closes the image: number of entries of
 * each section before it, and the CRC32C of the checksums of all blocks, so that a
 * missing block is noticed. Zero bytes follow up to a multiple of {@link #PADDING}. All
 * numbers are big-endian; entries are encoded as in the pages of the store.
 */
final class ImageFormat {

    static final long MAGIC = 0x4B564F52554D494DL; // KVORUMIM

    static final int VERSION = 1;

    /** Tools know a snapshot with its hash behind it by the size modulo this. */
    static final int PADDING = 512;

    /** Content of a block, beside one entry that may be larger. */
    static final int BLOCK_BYTES = 128 * 1024;

    /** No entry, and so no block, comes near this. */
    static final int MAX_BLOCK_BYTES = 256 * 1024 * 1024;

    /** Magic, version and length of the state. */
    static final long HEAD_BYTES = 16;

    /** Section, length and checksum. */
    static final long BLOCK_HEAD_BYTES = 9;

    static final int LOG = 0;

    static final int INDEX = 1;

    static final int DEAD = 2;

    static final int LEASES = 3;

    static final int ROWS = 4;

    /** Number of sections, and the mark of the last block. */
    static final int END = 5;

    private ImageFormat() {
    }

}
