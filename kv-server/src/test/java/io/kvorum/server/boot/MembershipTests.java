/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.List;

import io.kvorum.server.common.MemberId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The expected ids were printed by etcd 3.4.23 for the same flags. */
class MembershipTests {

    private static final String THREE = "n1=http://127.0.0.1:23801,n2=http://127.0.0.1:23802,"
            + "n3=http://127.0.0.1:23803";

    @Test
    void idsWithoutAnyFlag() {
        Membership membership = Membership.parse("default=http://localhost:2380", "etcd-cluster", "default");
        assertThat(membership.self()).hasToString("8e9e05c52164694d");
        assertThat(Long.toHexString(membership.clusterId())).isEqualTo("cdf818194e3a8c32");
    }

    @Test
    void idsOfThreeMembers() {
        Membership membership = Membership.parse(THREE, "tok", "n1");
        assertThat(membership.self()).hasToString("4036b1db24775ea0");
        assertThat(Long.toHexString(membership.clusterId())).isEqualTo("64d937c925e41b58");
        assertThat(membership.members()).extracting(Membership.Founder::id)
            .extracting(MemberId::toString)
            .containsExactly("2737ecedbf2a9065", "4036b1db24775ea0", "80af5d65a6e2f603");
    }

    @Test
    void idsDoNotDependOnTheOrderOfUrls() {
        Membership membership = Membership.parse("n1=http://127.0.0.1:23804,n1=http://127.0.0.1:23801", "etcd-cluster",
                "n1");
        assertThat(membership.self()).hasToString("f310a973142779c3");
        assertThat(Long.toHexString(membership.clusterId())).isEqualTo("893e7c85de791953");
        assertThat(membership.selfEntry().peerUrls())
            .isEqualTo(List.of("http://127.0.0.1:23801", "http://127.0.0.1:23804"));
    }

    @Test
    void textFormReadsBack() {
        Membership membership = Membership.parse(THREE, "tok", "n2");
        assertThat(Membership.parse(membership.initialCluster(), "tok", "n2")).isEqualTo(membership);
    }

    @Test
    void ownNameMustBeAMember() {
        assertInvalid(() -> Membership.parse(THREE, "tok", "n4"),
                "--initial-cluster=" + THREE + " does not contain this member's --name=n4");
    }

    @Test
    void twoMembersMustNotShareAnAddress() {
        assertInvalid(() -> Membership.parse("a=http://h:1,b=http://h:1", "tok", "a"),
                "--initial-cluster: a and b share http://h:1");
    }

    @Test
    void entryWithoutName() {
        assertInvalid(() -> Membership.parse("http://h:1", "tok", "a"),
                "--initial-cluster: 'http://h:1' must look like name=http://host:port");
        assertInvalid(() -> Membership.parse("a=http://h:1,", "tok", "a"),
                "--initial-cluster: '' must look like name=http://host:port");
    }

    @Test
    void advertisedUrlsMustEqualTheEntry() {
        MemberProperties member = new MemberProperties("n1", "", "", "", "", "http://127.0.0.1:23801", "");
        ClusterProperties cluster = new ClusterProperties("http://127.0.0.1:9", THREE, "tok", "new", true);
        assertInvalid(() -> Membership.of(member, cluster), "--initial-cluster has n1=http://127.0.0.1:23801, "
                + "but --initial-advertise-peer-urls is http://127.0.0.1:9");
    }

    @Test
    void clusterOfOneNeedsNoInitialCluster() {
        MemberProperties member = new MemberProperties("n1", "", "", "", "", "http://127.0.0.1:23801", "");
        ClusterProperties cluster = new ClusterProperties("http://127.0.0.1:23801", "", "tok", "new", true);
        assertThat(Membership.of(member, cluster).initialCluster()).isEqualTo("n1=http://127.0.0.1:23801");
    }

    private static void assertInvalid(Runnable action, String message) {
        assertThatExceptionOfType(SettingException.class).isThrownBy(action::run).withMessage(message);
    }

}
