/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.boot;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One flag of etcd and what becomes of it here.
 *
 * @param name its name without dashes
 * @param type how its value is written
 * @param use what becomes of it
 * @param target the property that it sets, or the reason why it is ignored or refused
 * @param defaultValue what holds without the flag, as text for people; a refused flag
 * with this value asks for nothing and is accepted
 * @param help what it does
 */
record Flag(String name, FlagType type, Use use, String target, String defaultValue, String help) {

    static final String PROPERTY_PREFIX = "kv.server.";

    static final String ENVIRONMENT_PREFIX = "ETCD_";

    /** A flag that sets the property of the same name. */
    static Flag setting(String name, FlagType type, String defaultValue, String help) {
        return new Flag(name, type, Use.SETTING, PROPERTY_PREFIX + name, defaultValue, help);
    }

    static Flag ignored(String name, FlagType type, String reason) {
        return new Flag(name, type, Use.IGNORED, reason, "", "");
    }

    static Flag refused(String name, FlagType type, String harmlessValue, String reason) {
        return new Flag(name, type, Use.REFUSED, reason, harmlessValue, "");
    }

    boolean isSwitch() {
        return this.type == FlagType.SWITCH;
    }

    String environmentVariable() {
        return ENVIRONMENT_PREFIX + this.name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * Translates a value that was given for this flag.
     * @param value the value
     * @param source where it was given, for the message
     * @return the property's value, or {@code null} if there is nothing to set
     */
    @Nullable String accept(String value, String source) {
        String translated = translate(value, source);
        if (this.use == Use.REFUSED && !translated.equals(this.defaultValue)) {
            throw SettingException.usage(source + " is not supported: " + this.target);
        }
        return (this.use == Use.SETTING) ? translated : null;
    }

    private String translate(String value, String source) {
        try {
            return this.type.property(value);
        }
        catch (IllegalArgumentException ex) {
            throw SettingException.usage("invalid value for " + source + ": '" + value + "' " + ex.getMessage());
        }
    }

    /** What becomes of a flag. */
    enum Use {

        /** It sets a property. */
        SETTING,
        /** It is accepted with a warning, because doing without does no harm. */
        IGNORED,
        /** It stops the start, because ignoring it would be dangerous. */
        REFUSED

    }

}
