/*
 * Copyright 2026 the Kvorum authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package io.kvorum.server.command;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kvorum.server.command.ZnodeOperation.Check;
import io.kvorum.server.command.ZnodeOperation.Create;
import io.kvorum.server.command.ZnodeOperation.Delete;
import io.kvorum.server.command.ZnodeOperation.SetAcl;
import io.kvorum.server.command.ZnodeOperation.SetData;
import io.kvorum.server.common.Bytes;

/** Encoding of the commands on the tree. Tags are part of the format: append only. */
final class TreeCodec {

    static final int OPEN_SESSION = 32;

    static final int RESUME_SESSION = 33;

    static final int CLOSE_SESSION = 34;

    static final int WRITE_ZNODES = 35;

    static final int EXPIRE_ZNODES = 36;

    static final int WRITE_ZNODES_AS = 37;

    private static final int CREATE = 1;

    private static final int DELETE = 2;

    private static final int SET_DATA = 3;

    private static final int CHECK = 4;

    private static final int CREATE_CONTAINER = 5;

    private static final int CREATE_TTL = 6;

    private static final int SET_ACL = 7;

    private TreeCodec() {
    }

    static void write(ByteWriter out, Command.TreeCommand<?> command) {
        if (command instanceof OpenSession open) {
            out.u8(OPEN_SESSION).fixed64(open.id()).bytes(open.passwordHash());
            out.varint(open.timeoutMillis()).fixed64(open.owner());
        }
        else if (command instanceof ResumeSession resume) {
            out.u8(RESUME_SESSION).fixed64(resume.id()).bytes(resume.passwordHash());
            out.varint(resume.timeoutMillis()).fixed64(resume.owner());
        }
        else if (command instanceof CloseSession close) {
            out.u8(CLOSE_SESSION).fixed64(close.id()).fixed64(close.owner());
        }
        else if (command instanceof WriteZnodes write) {
            out.u8(WRITE_ZNODES_AS).fixed64(write.session()).fixed64(write.owner()).varint(write.timeMillis());
            writeAuthority(out, write.authority());
            out.varint(write.requests().size());
            for (ZnodeRequest request : write.requests()) {
                out.varint(request.operations().size());
                request.operations().forEach((operation) -> writeOperation(out, operation));
            }
        }
        else if (command instanceof ExpireZnodes expire) {
            out.u8(EXPIRE_ZNODES).varint(expire.timeMillis()).varint(expire.neverUsedMillis());
            out.varint(expire.paths().size());
            expire.paths().forEach((path) -> out.bytes(Bytes.utf8(path)));
        }
    }

    static Command.TreeCommand<?> read(ByteReader in, int tag) {
        return switch (tag) {
            case OPEN_SESSION -> new OpenSession(in.fixed64(), in.bytes(), (int) in.varint(), in.fixed64());
            case RESUME_SESSION -> new ResumeSession(in.fixed64(), in.bytes(), (int) in.varint(), in.fixed64());
            case CLOSE_SESSION -> new CloseSession(in.fixed64(), in.fixed64());
            case WRITE_ZNODES -> new WriteZnodes(in.fixed64(), in.fixed64(), in.varint(), readRequests(in));
            case WRITE_ZNODES_AS ->
                new WriteZnodes(in.fixed64(), in.fixed64(), in.varint(), readAuthority(in), readRequests(in));
            case EXPIRE_ZNODES -> new ExpireZnodes(in.varint(), in.varint(), readPaths(in));
            default -> throw new IllegalStateException("command encoding: unknown tree command " + tag);
        };
    }

    static int sizeOf(WriteZnodes write) {
        int size = 64;
        for (ZnodeRequest request : write.requests()) {
            for (ZnodeOperation operation : request.operations()) {
                size += 64;
                Bytes data = (operation instanceof Create create) ? create.data()
                        : (operation instanceof SetData set) ? set.data() : null;
                size += (data != null) ? data.length() : 0;
            }
        }
        return size;
    }

    private static void writeOperation(ByteWriter out, ZnodeOperation operation) {
        if (operation instanceof Create create) {
            out.u8(tagOf(create.form())).bytes(Bytes.utf8(create.path()));
            writeData(out, create.data());
            writeAcl(out, create.acl());
            out.varint(create.flags());
            if (create.form() == Create.Form.TTL) {
                out.varint(create.ttlMillis());
            }
        }
        else if (operation instanceof Delete delete) {
            out.u8(DELETE).bytes(Bytes.utf8(delete.path())).varint(delete.version());
        }
        else if (operation instanceof SetData set) {
            out.u8(SET_DATA).bytes(Bytes.utf8(set.path()));
            writeData(out, set.data());
            out.varint(set.version());
        }
        else if (operation instanceof SetAcl set) {
            out.u8(SET_ACL).bytes(Bytes.utf8(set.path()));
            writeAcl(out, set.acl());
            out.varint(set.version());
        }
        else if (operation instanceof Check check) {
            out.u8(CHECK).bytes(Bytes.utf8(check.path())).varint(check.version());
        }
    }

    private static List<ZnodeRequest> readRequests(ByteReader in) {
        int count = in.count();
        List<ZnodeRequest> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int operations = in.count();
            List<ZnodeOperation> list = new ArrayList<>(operations);
            for (int j = 0; j < operations; j++) {
                list.add(readOperation(in));
            }
            requests.add(new ZnodeRequest(list));
        }
        return requests;
    }

    private static ZnodeOperation readOperation(ByteReader in) {
        int tag = in.u8();
        String path = in.bytes().toUtf8();
        return switch (tag) {
            case CREATE -> new Create(path, readData(in), readAcl(in), (int) in.varint());
            case CREATE_CONTAINER ->
                new Create(path, readData(in), readAcl(in), (int) in.varint(), Create.Form.CONTAINER, -1);
            case CREATE_TTL ->
                new Create(path, readData(in), readAcl(in), (int) in.varint(), Create.Form.TTL, in.varint());
            case DELETE -> new Delete(path, (int) in.varint());
            case SET_DATA -> new SetData(path, readData(in), (int) in.varint());
            case SET_ACL -> new SetAcl(path, readAcl(in), (int) in.varint());
            case CHECK -> new Check(path, (int) in.varint());
            default -> throw new IllegalStateException("command encoding: unknown tree operation " + tag);
        };
    }

    private static int tagOf(Create.Form form) {
        return switch (form) {
            case PLAIN -> CREATE;
            case CONTAINER -> CREATE_CONTAINER;
            case TTL -> CREATE_TTL;
        };
    }

    private static List<String> readPaths(ByteReader in) {
        int count = in.count();
        List<String> paths = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            paths.add(in.bytes().toUtf8());
        }
        return paths;
    }

    private static void writeData(ByteWriter out, @Nullable Bytes data) {
        out.bool(data != null);
        if (data != null) {
            out.bytes(data);
        }
    }

    private static @Nullable Bytes readData(ByteReader in) {
        return in.bool() ? in.bytes() : null;
    }

    private static void writeAuthority(ByteWriter out, Authority authority) {
        out.bool(authority.boundByQuotas()).varint(authority.ids().size());
        authority.ids().forEach((id) -> out.bytes(Bytes.utf8(id.scheme())).bytes(Bytes.utf8(id.id())));
    }

    private static Authority readAuthority(ByteReader in) {
        boolean boundByQuotas = in.bool();
        int count = in.count();
        List<ZnodeId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(new ZnodeId(in.bytes().toUtf8(), in.bytes().toUtf8()));
        }
        return new Authority(ids, boundByQuotas);
    }

    private static void writeAcl(ByteWriter out, List<ZnodeAcl> list) {
        out.varint(list.size());
        for (ZnodeAcl acl : list) {
            out.varint(acl.permissions()).bytes(Bytes.utf8(acl.scheme())).bytes(Bytes.utf8(acl.id()));
        }
    }

    private static List<ZnodeAcl> readAcl(ByteReader in) {
        int count = in.count();
        List<ZnodeAcl> acl = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            acl.add(new ZnodeAcl((int) in.varint(), in.bytes().toUtf8(), in.bytes().toUtf8()));
        }
        return acl;
    }

}
