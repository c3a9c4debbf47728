/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.protocol.zookeeper.admin;

import java.util.Iterator;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes maps, collections, numbers, booleans and text as JSON with the line breaks that
 * ZooKeeper's admin server puts. Confined to one thread.
 */
final class Json {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder();

    private int depth;

    static String of(Map<String, ?> object) {
        Json json = new Json();
        json.object(object);
        return json.text.toString();
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            object(object);
        }
        else if (value instanceof Iterable<?> array) {
            array(array);
        }
        else if (value == null || value instanceof Number || value instanceof Boolean) {
            this.text.append(value);
        }
        else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> object) {
        if (object.isEmpty()) {
            this.text.append("{ }");
            return;
        }
        this.text.append('{');
        this.depth++;
        Iterator<? extends Map.Entry<?, ?>> entries = object.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine();
            string(String.valueOf(entry.getKey()));
            this.text.append(" : ");
            value(entry.getValue());
            if (entries.hasNext()) {
                this.text.append(',');
            }
        }
        this.depth--;
        newLine();
        this.text.append('}');
    }

    private void array(Iterable<?> array) {
        Iterator<?> values = array.iterator();
        this.text.append("[ ");
        while (values.hasNext()) {
            value(values.next());
            this.text.append(values.hasNext() ? ", " : " ");
        }
        this.text.append(']');
    }

    private void newLine() {
        this.text.append('\n').append("  ".repeat(this.depth));
    }

    private void string(String value) {
        this.text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> this.text.append("\\\"");
                case '\\' -> this.text.append("\\\\");
                case '\n' -> this.text.append("\\n");
                case '\r' -> this.text.append("\\r");
                case '\t' -> this.text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        this.text.append(String.format("\\u%04X", (int) c));
                    }
                    else {
                        this.text.append(c);
                    }
                }
            }
        }
        this.text.append('"');
    }

}
