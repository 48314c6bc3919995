"""An act that was acknowledged survives kill -9 of the process that took it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.record.world import founded, must
from travaux.record.log import Log
from travaux.record.verify import verify

WORKER = Path(__file__).parent / "worker.py"
KILLS = int(os.environ.get("TRAVAUX_KILLS", "200"))


def run_and_kill(path: Path | str, delay: float, *how: str) -> list[str]:
    """Start the worker, kill it `delay` seconds after it is ready; the ids it acknowledged in whole lines."""
    with subprocess.Popen([sys.executable, str(WORKER), str(path), *how], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        said = child.stdout.read().decode()
    return [line for line in said.split("\n")[:-1] if line]


def lost(path: Path | str, acknowledged: set[str]) -> set[str]:
    """The acknowledged acts that the reopened register does not hold; its root must be in order."""
    with must(Log.open(path, write=True)) as log:
        held = {entry.id for entry in log.entries()}
        last = must(log.receipt(log.size - 1))
        assert last.checkpoint.size == log.size
    return acknowledged - held


@pytest.mark.slow
def test_no_acknowledged_act_is_lost_by_kills(tmp_path: Path) -> None:
    path, chance, acknowledged = tmp_path / "r.travaux", random.Random(11), set()
    founded(path).close()
    for _ in range(KILLS):
        acknowledged.update(run_and_kill(path, chance.uniform(0.001, 0.05)))
        assert lost(path, acknowledged) == set()
    assert len(acknowledged) > KILLS
    assert must(verify(path)).unaltered


@pytest.mark.slow
def test_the_loop_would_see_an_acknowledgement_before_the_commit(tmp_path: Path) -> None:
    path, chance = tmp_path / "r.travaux", random.Random(12)
    founded(path).close()
    for _ in range(KILLS):
        if lost(path, set(run_and_kill(path, chance.uniform(0.001, 0.02), "early"))):
            return
    pytest.fail("no early acknowledgement was ever lost")


def test_one_kill_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.travaux"
    founded(path).close()
    acknowledged = set(run_and_kill(path, 0.1))
    assert acknowledged
    assert lost(path, acknowledged) == set()
