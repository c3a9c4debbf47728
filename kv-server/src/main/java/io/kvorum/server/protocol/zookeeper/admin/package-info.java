/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What operators ask a ZooKeeper port: four-letter words and the commands of the admin
 * server, with the fields that ZooKeeper's tools read. Statistics are written by event
 * loops and read by any thread; commands run on a thread of their own.
 */
@NullMarked
package io.kvorum.server.protocol.zookeeper.admin;

import org.jspecify.annotations.NullMarked;
