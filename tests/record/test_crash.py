"""A PostgreSQL server that dies under load: kill -9 of what serves us, and of the server itself."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.record.test_kill import WORKER, lost
from tests.record.test_postgresql import own  # noqa: F401 - a fixture
from tests.record.world import founded, must
from tests.servers import Server
from travaux.record.log import Log
from travaux.record.verify import verify

CRASHES = int(os.environ.get("TRAVAUX_CRASHES", "12"))
TOLD = {"record.connection", "record.not_recorded", "record.unsettled", "record.unreachable", "record.reopen"}


def backends(server: Server) -> None:
    """The server loses what serves its clients in mid-statement, and recovers by itself."""
    assert server.kill_backends() >= 1


def whole(server: Server) -> None:
    """The server is gone in mid-statement, and somebody starts it again."""
    server.kill()
    server.again()


@dataclass
class Load:
    """Workers on one register, each until it is refused or killed; what they said."""

    url: str
    said: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    def under(self, server: Server, crash: Callable[[Server], None], delay: float, *how: str) -> None:
        """Run two workers, crash the server under them, let them go on for a while, then kill them.

        With `how` there is one, which is never overtaken.
        """
        pipe = subprocess.PIPE
        command = [sys.executable, str(WORKER), self.url, *(how or ("busy",))]
        children = [
            subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) for _ in range(1 if how else 2)
        ]
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        time.sleep(delay)
        crash(server)
        time.sleep(0.5)
        for child in children:
            child.kill()
            out, errors = child.communicate()
            self.said |= {line for line in out.split("\n")[:-1] if line}
            self.refused += [line for line in errors.split("\n") if line]
        server.wait()


def in_order(url: str) -> None:
    with must(Log.open(url)) as log:
        assert [e.index for e in log.entries()] == list(range(log.size))
    assert must(verify(url)).unaltered


def crashed(server: Server, crash: Callable[[Server], None], many: int) -> None:
    url, chance = server.url(), random.Random(21)
    founded(url).close()
    load = Load(url)
    for nth in range(many):
        before = len(load.said)
        load.under(server, crash, chance.uniform(0.05, 0.3))
        assert len(load.said) > before, f"run {nth} said nothing: {load.refused[-3:]}"
        assert lost(url, load.said) == set()
    assert {line.split(" ")[0] for line in load.refused} <= TOLD, load.refused
    in_order(url)


def test_a_crash_under_load_loses_nothing(own: Server) -> None:  # noqa: F811
    crashed(own, backends, 1)


@pytest.mark.slow
@pytest.mark.parametrize("crash", [backends, whole])
def test_no_crash_under_load_loses_anything(own: Server, crash: Callable[[Server], None]) -> None:  # noqa: F811
    crashed(own, crash, CRASHES)


@pytest.mark.slow
def test_the_crashes_would_show_an_acknowledgement_before_the_commit(own: Server) -> None:  # noqa: F811
    url, chance = own.url(), random.Random(22)
    founded(url).close()
    for _ in range(CRASHES * 4):
        load = Load(url)
        load.under(own, backends, chance.uniform(0.02, 0.1), "early")
        if lost(url, load.said):
            return
    pytest.fail("no early acknowledgement was ever lost")
