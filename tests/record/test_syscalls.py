"""Any call to the system may fail, or be the last: what was acknowledged stays, the rest is said in words.

Each run of the worker has one call on the register's files fail (EIO, ENOSPC) or is killed at it. Then its
files are opened as they lie there, and as a power cut may have left them: a failed sync saved nothing.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from random import Random
from typing import Any

import pytest

from tests.record.disk import held
from tests.record.powercut import Told, acts_of, base, command, ends, judged, register_wrong
from tests.record.tracing import (
    Cut,
    Made,
    Opened,
    Removed,
    Renamed,
    Run,
    Synced,
    Wrote,
    places_of,
    run_traced,
)
from travaux.record import sqlite

STORE = ("pwrite64", "fsync", "fdatasync", "openat", "unlink", "ftruncate")
FILES = ("write", "fsync", "rename", "openat", "unlink", "mkdir", "unlinkat")
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")
ACTS = 2


def faults(
    folder: Path,
    how: tuple[str, ...],
    calls: tuple[str, ...] = STORE,
    every: int = 1,
    kinds: tuple[str, ...] = FAULTS,
) -> Iterator[tuple[str, Run, Path]]:
    """A run for `every` so-and-so-many'th fault at a call, each in a copy of `folder` of its own."""
    first = Path(shutil.copytree(folder, folder.with_name("first")))
    trace = run_traced(command(first, ACTS, how), first)
    assert trace.code == 0, trace.errors
    places = places_of(trace.trace, first, calls, "ready\n")
    names = [f"{call}:{kind}:when={nth}" for call, nth in places for kind in kinds]
    for at, name in enumerate(names[::every]):
        copy = Path(shutil.copytree(folder, folder.with_name(f"copy-{at:05d}")))
        yield name, run_traced(command(copy, ACTS, how), copy, name), copy
        shutil.rmtree(copy)


def wrong(run: Run, folder: Path, before: Path) -> str:
    """What is wrong with a run that met a fault, "" where nothing is."""
    told = Told(acts_of(held(before)))
    for words in run.said:
        told.hear(words)
    if run.code == 0 and len(run.said) < 1 + ACTS:
        return "it ended as if all were done"
    if run.code not in (0, -9) and (run.code != 1 or run.errors.count("\n") != 1 or ": " not in run.errors):
        return f"no sentence: exit code {run.code}, {run.errors!r}"
    if retried(run, folder):
        return "a sync that had failed was tried again"
    images, _ = ends(held(before), run, folder, 1, Random(5))
    found = register_wrong(folder, told)
    return found or next(filter(None, (f"power cut: {w}" for i in images if (w := judged(i, told)))), "")


def retried(run: Run, folder: Path) -> bool:
    """True where a file was synced after its sync had failed, with nothing written to it in between."""
    failed: set[str] = set()
    for step in run.steps(folder):
        match step:
            case Synced(path) if path in failed:
                return True
            case Synced(path, False):
                failed.add(path)
            case Wrote(path) | Cut(path):
                failed.discard(path)
            case Opened(path, create=True) | Made(path) | Removed(path) | Renamed(path):
                failed.discard(str(PurePosixPath(path).parent).removeprefix("."))
            case _:
                continue
    return False


def met(
    tmp_path: Path, how: tuple[str, ...], patch: pytest.MonkeyPatch, **which: Any
) -> tuple[dict[str, str], Counter[int]]:
    """What is wrong by fault, and how often the worker ended in which way."""
    if "delete" in how:
        patch.setattr(sqlite, "WAL_SINCE", (99,))
    folder, found, codes = base(tmp_path / "base"), {}, Counter[int]()
    for name, run, copy in faults(folder, how, **which):
        codes[run.code] += 1
        if problem := wrong(run, copy, folder):
            found[name] = problem
    return found, codes


QUICK = {"kinds": ("error=EIO", "signal=KILL")}
RUNS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "write-ahead log": ((), {}),
    "rollback journal": (("delete",), QUICK),
    "published": (("publish",), QUICK | {"calls": FILES}),
}


@pytest.mark.parametrize(
    ("name", "every"), [("write-ahead log", 34), ("rollback journal", 47), ("published", 83)]
)
def test_a_call_that_fails_costs_no_act(
    name: str, every: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how, which = RUNS[name]
    found, codes = met(tmp_path, how, monkeypatch, every=every, **which)
    assert found == {}
    assert codes.total() >= 3


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_no_call_that_fails_costs_an_act(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    how, which = RUNS[name]
    found, codes = met(tmp_path, how, monkeypatch, **which)
    print(name, codes)  # noqa: T201 - shown with -s
    assert found == {}
    assert codes[1] > 10
    assert codes[-9] > 10
    assert set(codes) <= {0, 1, -9}


def test_a_store_that_does_not_hear_a_failed_sync_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = met(tmp_path, ("deaf",), monkeypatch, calls=("fdatasync",), kinds=("error=EIO",))
    assert any("lost" in problem for problem in found.values()), found


def test_a_sync_that_is_tried_again_is_found(tmp_path: Path) -> None:
    def run(*steps: str) -> Run:
        return Run((), "", 0, "\n".join(steps).replace("@", "".join(f"\\x{b:02x}" for b in b"/f/a")))

    failed, good = "fsync(3<@>) = -1 EIO (Input/output error) (INJECTED)", "fsync(3<@>) = 0"
    written = 'pwrite64(3<@>, "\\x00", 1, 0) = 1'
    opened = 'openat(AT_FDCWD, "@", O_RDWR|O_CREAT, 0600) = 3<@>'
    assert retried(run(opened, failed, good), Path("/f"))
    assert retried(run(opened, failed, failed), Path("/f"))
    assert not retried(run(opened, failed, written, good), Path("/f"))
    assert not retried(run(opened, good, good), Path("/f"))
