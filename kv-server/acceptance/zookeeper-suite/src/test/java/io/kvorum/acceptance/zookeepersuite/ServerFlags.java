/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeepersuite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What tests configure by system properties, because ZooKeeper's server would run in
 * their process, as flags for a process of its own.
 */
public final class ServerFlags {

    private static final String PREFIX = "--kv.server.zookeeper.";

    private static final String FOUR_LETTER_WORDS = "zookeeper.4lw.commands.whitelist";

    /** The words that ZooKeeper knows; it ignores others in its list. */
    private static final Set<String> KNOWN_WORDS = Set.of("conf", "cons", "crst", "dirs", "dump", "envi", "ruok",
            "srst", "srvr", "stat", "wchc", "wchp", "wchs", "mntr", "isro", "hash");

    private static final Pattern SERVER_SECTION = Pattern.compile("\\bServer\\s*\\{(.*?)\\}", Pattern.DOTALL);

    private static final Pattern SASL_USER = Pattern.compile("user_(\\w+)=\"([^\"]*)\"");

    private ServerFlags() {
    }

    /**
     * The flags for a server that is started now.
     * @param maxConnectionsPerAddress most connections of one address, or 0
     */
    public static String[] current(int maxConnectionsPerAddress) {
        List<String> flags = new ArrayList<>();
        if (maxConnectionsPerAddress > 0) {
            flags.add(PREFIX + "max-connections-per-address=" + maxConnectionsPerAddress);
        }
        fourLetterWords(System.getProperty(FOUR_LETTER_WORDS), flags);
        if (Boolean.getBoolean("zookeeper.enforceQuota")) {
            flags.add(PREFIX + "enforce-quota=true");
        }
        sasl(flags);
        return flags.toArray(String[]::new);
    }

    private static void fourLetterWords(@Nullable String list, List<String> flags) {
        if (list == null || list.equals("*")) {
            return;
        }
        Set<String> words = new TreeSet<>(List.of(list.split("[\\s,]+", -1)));
        words.retainAll(KNOWN_WORDS);
        words.add("srvr");
        if (Boolean.getBoolean("readonlymode.enabled")) {
            words.add("isro");
        }
        flags.add(PREFIX + "four-letter-words=" + String.join(",", words));
    }

    private static void sasl(List<String> flags) {
        String jaas = System.getProperty("java.security.auth.login.config");
        boolean wanted = System.getProperties()
            .stringPropertyNames()
            .stream()
            .anyMatch((name) -> name.startsWith("zookeeper.authProvider.")
                    && System.getProperty(name, "").endsWith("SASLAuthenticationProvider"));
        if (jaas == null || !wanted || !Files.exists(Path.of(jaas))) {
            return;
        }
        try {
            Matcher section = SERVER_SECTION.matcher(Files.readString(Path.of(jaas), StandardCharsets.UTF_8));
            if (!section.find()) {
                return;
            }
            Matcher user = SASL_USER.matcher(section.group(1));
            Set<String> users = new TreeSet<>();
            while (user.find()) {
                users.add(user.group(1));
                flags.add(PREFIX + "sasl.users." + user.group(1) + "=" + user.group(2));
            }
            String superUsers = System.getProperties()
                .stringPropertyNames()
                .stream()
                .filter((name) -> name.startsWith("zookeeper.superUser"))
                .map(System::getProperty)
                .filter(users::contains)
                .collect(Collectors.joining(","));
            if (!superUsers.isEmpty()) {
                flags.add(PREFIX + "sasl.super-users=" + superUsers);
            }
            if (!users.isEmpty() && Boolean.getBoolean("zookeeper.sessionRequireClientSASLAuth")) {
                flags.add(PREFIX + "sasl.required=true");
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
