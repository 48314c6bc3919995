"""Whole commands as a person meets them: ``--help``, and the brief of a register of 10,000 acts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.register import bodies
from bench.row import Row
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import decode_body
from travaux.secretariat.constitution import constitution_of
from travaux.secretariat.door import Secretariat
from travaux.secretariat.founding import found, rules_of
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.submitting import Submission, submit

ACTS, BATCH = 10_000, 1_000
_CONSTITUTION = {
    "name": "Ferry line", "kind": "observed", "origin": "ferry.example/bench", "rules": "union-state",
    "party": [{"id": "arvia", "name": "Arvia"}, {"id": "tolia", "name": "Tolia"}],
    "keeper": {"id": "desk", "name": "Desk"},
}  # fmt: skip


def rows() -> Iterator[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "bench.travaux"
        _fill(register, Home(Path(folder) / "home"))
        for name, command, limit in (
            ("travaux --help, whole process", ["--help"], 0.25),
            ("brief of 10,000 acts, whole process", ["brief", str(register), "--as-of", "2034-01-01"], 0.7),
        ):
            seconds = statistics.median(_timed(command, folder) for _ in range(5))
            yield Row(name, seconds, limit, seconds / limit, f"≤ {limit} s", "s", seconds <= limit)


def _fill(register: Path, home: Home) -> None:
    """An observed register with the mixed acts of `bench.register`, those that the rules allow."""
    constitution = _good(constitution_of(_CONSTITUTION))
    keys = Keyring(home, constitution.origin, lambda _: b"bench")
    _good(found(constitution, _good(rules_of(constitution, register.parent)), register, keys, b"bench", 1))
    acts = [decode_body(kind, body) for kind, body in bodies(2 * ACTS)][1:]
    with _good(Secretariat.open(register, write=True)) as office:
        allowed = []
        trial = office.procedure.rehearsal()
        for act in acts:
            if len(allowed) < ACTS and not isinstance(act, Refused) and not trial.speak_against(act, "desk"):
                allowed.append(Submission(act, "desk/keeper"))
                trial.suppose(act, "desk/keeper", "desk")
        for at in range(0, len(allowed), BATCH):
            _good(submit(office, allowed[at : at + BATCH], keys))


def _timed(command: list[str], folder: str) -> float:
    program = Path(sys.executable).with_name("travaux")
    environment = {**os.environ, "TRAVAUX_HOME": f"{folder}/home"}
    start = perf_counter()
    subprocess.run([program, *command], check=True, capture_output=True, env=environment)
    return perf_counter() - start


def _good(made: Any) -> Any:
    if isinstance(made, Refused):
        raise TypeError([f.line() for f in made.faults][:3])
    return made
