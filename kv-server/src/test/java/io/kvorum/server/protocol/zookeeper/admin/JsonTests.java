/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTests {

    @Test
    void isBrokenIntoLinesAsZookeeperDoes() {
        Report report = new Report().with("number", 1)
            .with("mean", 4.7143)
            .with("flag", true)
            .with("nothing", null)
            .with("list", List.of("a", 2))
            .with("none", List.of())
            .with("empty", Map.of())
            .with("objects", List.of(new Report().with("id", 7).values()))
            .with("object", Map.of(5L, List.of("/e")));
        assertThat(Json.of(report.values())).isEqualTo("""
                {
                  "number" : 1,
                  "mean" : 4.7143,
                  "flag" : true,
                  "nothing" : null,
                  "list" : [ "a", 2 ],
                  "none" : [ ],
                  "empty" : { },
                  "objects" : [ {
                    "id" : 7
                  } ],
                  "object" : {
                    "5" : [ "/e" ]
                  }
                }""");
    }

    @Test
    void textIsEscaped() {
        assertThat(Json.of(Map.of("a\"b", "line\nquote\" back\\slash \u0001 tab\t é")))
            .isEqualTo("{\n  \"a\\\"b\" : \"line\\nquote\\\" back\\\\slash \\u0001 tab\\t é\"\n}");
    }

}
