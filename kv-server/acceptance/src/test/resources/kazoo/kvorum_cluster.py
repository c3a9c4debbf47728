# Copyright 2026 the Kvorum authors.
# SPDX-License-Identifier: Apache-2.0
"""A plugin of pytest: gives kazoo's own tests a cluster of kv-server.

The command that starts each member is in KVORUM_MEMBERS, a JSON list of
{"command": [...], "log": path, "port": ZooKeeper port, "health": url}.
"""
import atexit
import json
import os
import subprocess
import time
import urllib.request

import pytest
from kazoo.testing import harness

START_SECONDS = 60


class Member:
    """What kazoo's harness knows of a server: where it is, and how to stop it and to run it again."""

    def __init__(self, spec):
        self.spec = spec
        self.process = None

    @property
    def address(self):
        return "127.0.0.1:%d" % self.client_port

    @property
    def client_port(self):
        return self.spec["port"]

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    def launch(self):
        if not self.running:
            with open(self.spec["log"], "ab") as log:
                self.process = subprocess.Popen(self.spec["command"], stdout=log, stderr=log)

    def run(self):
        self.launch()
        self.await_healthy()

    def await_healthy(self):
        deadline = time.monotonic() + START_SECONDS
        while not self.healthy():
            if time.monotonic() > deadline:
                raise AssertionError("no healthy member after %d s, see %s" % (START_SECONDS, self.spec["log"]))
            time.sleep(0.05)

    def healthy(self):
        try:
            with urllib.request.urlopen(self.spec["health"], timeout=2) as response:
                return b'"true"' in response.read()
        except OSError:
            return False

    def stop(self):
        if self.running:
            self.process.kill()
            self.process.wait()


class Cluster(list):
    """All members."""

    def start(self):
        for member in self:
            member.launch()
        for member in self:
            member.await_healthy()

    def stop(self):
        for member in self:
            member.stop()

    def terminate(self):
        self.stop()

    def reset(self):
        pass


CLUSTER = Cluster(Member(spec) for spec in json.loads(os.environ["KVORUM_MEMBERS"]))
atexit.register(CLUSTER.stop)
harness.get_global_cluster = lambda: CLUSTER


def left_out():
    """Tests that do not run, and why: left-out.txt has a test and a reason on each line."""
    reasons = {}
    with open(os.path.join(os.path.dirname(__file__), "left-out.txt")) as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                name, reason = line.split(None, 1)
                reasons[name] = reason.strip()
    return reasons


def pytest_collection_modifyitems(items):
    reasons = left_out()
    known = set()
    for item in items:
        name = item.nodeid.split("/")[-1]
        for part in (name, name.rsplit("::", 1)[0], name.split("::")[0]):
            known.add(part)
            if part in reasons:
                item.add_marker(pytest.mark.skip(reason=reasons[part]))
    if os.environ.get("KVORUM_ALL_OF_KAZOO") and not set(reasons) <= known:
        raise pytest.UsageError("reasons for tests that are not there: %s" % sorted(set(reasons) - known))
