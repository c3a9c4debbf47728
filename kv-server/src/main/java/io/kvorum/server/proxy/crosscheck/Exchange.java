/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.proxy.crosscheck;

import org.jspecify.annotations.Nullable;

/**
 * A request and the answers of both. Confined to the event loop of its client.
 */
final class Exchange {

    private final int xid;

    private final int type;

    private final String text;

    private final boolean checked;

    private byte @Nullable [] ours;

    private byte @Nullable [] theirs;

    Exchange(int xid, int type, String text, boolean checked) {
        this.xid = xid;
        this.type = type;
        this.text = text;
        this.checked = checked;
    }

    int xid() {
        return this.xid;
    }

    int type() {
        return this.type;
    }

    /** Takes the answer that the client gets. */
    void answered(byte[] bytes) {
        this.ours = bytes;
    }

    void checkedWith(byte[] bytes) {
        this.theirs = bytes;
    }

    boolean isComplete() {
        return this.ours != null && (this.theirs != null || !this.checked);
    }

    /** Compares both answers. */
    void compare(Report report) {
        byte[] own = this.ours;
        byte[] other = this.theirs;
        if (own == null || other == null) {
            report.unchecked();
            return;
        }
        if (this.type == RequestType.PING) {
            return;
        }
        String ownForm = NormalForm.ofAnswer(this.type, own);
        String otherForm = NormalForm.ofAnswer(this.type, other);
        if (ownForm.equals(otherForm)) {
            report.same();
        }
        else {
            report.different(this.text, ownForm, otherForm);
        }
    }

}
