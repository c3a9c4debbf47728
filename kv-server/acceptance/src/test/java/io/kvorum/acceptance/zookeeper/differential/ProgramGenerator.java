/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.acceptance.zookeeper.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.apache.zookeeper.ZooDefs;

/** Makes programs: the same seed, the same program. */
final class ProgramGenerator {

    private static final int MOST_PARTS = 4;

    private static final int MOST_PIPELINED = 6;

    private final Vocabulary words;

    ProgramGenerator(long seed) {
        this.words = new Vocabulary(new SplittableRandom(seed));
    }

    List<Step> program(int length) {
        return Stream
            .concat(Stream.of("~/a", "~/b", "~/a/a").filter((path) -> this.words.chance(70)).map(this::beginning),
                    Stream.generate(this::step))
            .limit(length)
            .toList();
    }

    private Step beginning(String path) {
        return new Step.Perform(0,
                List.of(Requests.create(Op.CREATE, path, this.words.data(), ZooDefs.Ids.OPEN_ACL_UNSAFE, 0)));
    }

    private Step step() {
        int session = this.words.below(Subject.SEATS);
        int kind = this.words.below(100);
        if (kind < 80) {
            return new Step.Perform(session, List.of(request()));
        }
        if (kind < 88) {
            return new Step.Perform(session, pipeline());
        }
        if (kind < 90) {
            return new Step.Perform(session, List.of(ending()));
        }
        if (kind < 92) {
            return new Step.Disconnect(session);
        }
        return new Step.Connect(session, this.words.oneOf(List.of(30_000, 30_000, 10_000, 1, 100_000, 0, -1)), how());
    }

    private Step.How how() {
        return this.words.chance(80) ? Step.How.PROPERLY
                : this.words.oneOf(List.of(Step.How.LIKE_AN_OLD_CLIENT, Step.How.FROM_THE_FUTURE));
    }

    /** What may end the connection comes last, so that no answer is lost on the way. */
    private List<Request> pipeline() {
        List<Request> requests = new ArrayList<>();
        for (int i = 2 + this.words.below(MOST_PIPELINED); i > 0; i--) {
            Request request = request();
            // ZooKeeper answers these at once, before what was sent earlier, or not.
            if (request.type() != Op.AUTH) {
                requests.add(request);
            }
        }
        return requests;
    }

    private Request ending() {
        return switch (this.words.below(6)) {
            case 0, 1 -> Requests.closeSession();
            case 2 -> Requests.check(this.words.path(), this.words.version());
            case 3 -> Requests.empty(0, 77, "unknown request");
            case 4 -> Requests.closeSession();
            default -> Requests.empty(0, -77, "unknown request below zero");
        };
    }

    private Request request() {
        int kind = this.words.below(100);
        if (kind < 40) {
            return write();
        }
        if (kind < 72) {
            return read();
        }
        if (kind < 82) {
            return multi();
        }
        return (kind < 96) ? watch() : rare();
    }

    private Request write() {
        int kind = this.words.below(10);
        if (kind < 5) {
            return create();
        }
        if (kind < 7) {
            return Requests.delete(this.words.path(), this.words.version());
        }
        return this.words.chance(15) ? setAcl()
                : Requests.setData(this.words.path(), this.words.data(), this.words.version());
    }

    /** Not of the root: what nobody may do there would stay for all programs behind. */
    private Request setAcl() {
        Request request = Requests.setAcl(this.words.path(), this.words.acl(), this.words.version());
        return request.isRoot() ? Requests.getAcl(request.path()) : request;
    }

    private Request create() {
        if (this.words.chance(12)) {
            return transientNode();
        }
        int flags = this.words.flags();
        String path = ((flags & 2) != 0) ? this.words.sequentialPath() : this.words.path();
        return Requests.create(this.words.chance(50) ? Op.CREATE : Op.CREATE_2, path, this.words.data(),
                this.words.acl(), flags);
    }

    /**
     * A container or a znode with a TTL, now and then with flags that it must not have.
     */
    private Request transientNode() {
        if (this.words.chance(50)) {
            return Requests.create(Op.CREATE_CONTAINER, this.words.path(), this.words.data(), this.words.acl(),
                    this.words.chance(70) ? 4 : this.words.flags());
        }
        int flags = this.words.chance(70) ? 5 + this.words.below(2) : this.words.flags();
        String path = (flags == 6) ? this.words.sequentialPath() : this.words.path();
        // Any other TTL of a znode without one ends ZooKeeper's process.
        long ttl = (flags >= 5) ? this.words.ttl() : 1;
        return Requests.createTtl(path, this.words.data(), this.words.acl(), flags, ttl);
    }

    private Request read() {
        String path = this.words.path();
        boolean watch = this.words.chance(45);
        return switch (this.words.below(11)) {
            case 9 -> otherRead(path);
            case 10 -> multiRead();
            case 0, 1 -> Requests.exists(path, watch);
            case 2, 3, 4 -> Requests.getData(path, watch);
            case 5 -> Requests.getAcl(path);
            case 6 -> Requests.getChildren(path, watch);
            default -> Requests.getChildren2(path, watch);
        };
    }

    private Request otherRead(String path) {
        Request number = Requests.allChildrenNumber(path);
        return switch (this.words.below(3)) {
            case 0 -> number.isRoot() ? Requests.whoAmI() : number;
            case 1 -> Requests.whoAmI();
            default -> Requests.getEphemerals(path);
        };
    }

    private Request multiRead() {
        List<Request> parts = new ArrayList<>();
        for (int i = this.words.below(MOST_PARTS + 1); i > 0; i--) {
            String path = this.words.path();
            Request part = this.words.chance(50) ? Requests.getData(path, this.words.chance(20))
                    : Requests.getChildren(path, this.words.chance(20));
            if (!part.isRoot()) {
                parts.add(this.words.chance(1) ? Requests.exists("~", false) : part);
            }
        }
        return Requests.multi(Op.MULTI_READ, parts);
    }

    private Request multi() {
        List<Request> parts = new ArrayList<>();
        for (int i = this.words.below(MOST_PARTS + 1); i > 0; i--) {
            Request part = this.words.chance(20) ? Requests.check(this.words.path(), this.words.version()) : write();
            if (!part.isRoot()) {
                parts.add(this.words.chance(1) ? oddPart() : part);
            }
        }
        return Requests.multi(Op.MULTI, parts);
    }

    /** Something that no multi may have in it. */
    private Request oddPart() {
        return switch (this.words.below(3)) {
            case 0 -> read();
            case 1 -> Requests.sync("~");
            default -> Requests.multi(Op.MULTI, List.of());
        };
    }

    private Request watch() {
        String path = this.words.path();
        return switch (this.words.below(8)) {
            case 0, 1 -> Requests.addWatch(path, this.words.chance(4) ? 2 : this.words.below(2));
            case 2 -> Requests.checkWatches(path, this.words.below(7));
            case 3 -> Requests.removeWatches(path, this.words.below(7));
            case 4, 5 -> Requests.setWatches(this.words.below(20), this.words.paths(3), this.words.paths(2),
                    this.words.paths(2));
            default -> Requests.setWatches2(this.words.below(20), this.words.paths(2), this.words.paths(2),
                    this.words.paths(2), this.words.paths(2), this.words.paths(2));
        };
    }

    private Request rare() {
        return switch (this.words.below(5)) {
            case 3, 4 -> Requests.auth("digest", this.words.oneOf(List.of("ann:secret", "ben:word", "ann", "ann:a:b")));
            case 0 -> Requests.ping();
            case 1 -> Requests.sync(this.words.path());
            default -> Requests.beheaded(this.words.chance(50) ? write() : read());
        };
    }

}
