/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.List;

/**
 * What whoever asks for a write may do, as far as the tree does not decide it.
 *
 * @param ids who they have shown to be
 * @param boundByQuotas whether hard quotas stop them
 */
public record Authority(List<ZnodeId> ids, boolean boundByQuotas) {

    /** Somebody of whom nothing is known. */
    public static final Authority NOBODY = new Authority(List.of(), false);

    /** Copies the list. */
    public Authority {
        ids = List.copyOf(ids);
    }

}
