"""What was acknowledged or published outlives a power cut; and the simulator would see it if not.

The short forms cut a run of two or three acts; the slow lane cuts longer ones and draws more of each state.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.record.powercut import Outcome, base, cut, traced
from travaux.record import sqlite

GOOD = {
    "write-ahead log": ("small",),
    "rollback journal": ("delete",),
    "published": ("publish",),
    "published, rollback journal": ("publish", "delete"),
    "founding": ("create",),
    "founding, rollback journal": ("create", "delete"),
}
BAD = {
    "the write-ahead log is not synced at a commit": (("normal",), {"lost"}),
    "the end of a journal is not synced": (("delete", "full"), {"lost"}),
    "published before the commit": (("publish", "early"), {"ahead"}),
    "names of files are not synced": (("publish", "no-folder-sync"), {"older", "torn"}),
    "files are not synced": (("publish", "no-file-sync"), {"torn"}),
}


def simulated(
    folder: Path, acts: int, how: tuple[str, ...], drawn: int, patch: pytest.MonkeyPatch, most: int = 0
) -> Outcome:
    if "delete" in how:
        patch.setattr(sqlite, "WAL_SINCE", (99,))
    if "create" in how:
        folder.mkdir()
    else:
        base(folder)
    before, run = traced(folder, acts, *how)
    assert run.code == 0, run.errors
    return cut(before, run, folder, drawn, Random(7), most)


@pytest.mark.parametrize("name", ["write-ahead log", "rollback journal", "published", "founding"])
def test_a_power_cut_loses_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = simulated(tmp_path / "f", 1 if name == "published" else 2, GOOD[name], 1, monkeypatch)
    assert outcome.states > 50
    assert outcome.bad == []


@pytest.mark.parametrize("name", BAD)
def test_the_simulator_sees_a_store_that_is_wrong(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how, kinds = BAD[name]
    outcome = simulated(tmp_path / "f", 2, how, 1, monkeypatch, most=1)
    assert outcome.bad
    assert set(outcome.kinds) <= kinds, outcome


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
def test_no_power_cut_loses_anything(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = 4 if "publish" in GOOD[name] else 16
    outcome = simulated(tmp_path / "f", acts, GOOD[name], 6, monkeypatch)
    print(name, outcome)  # noqa: T201 - shown with -s
    assert outcome.states > 500
    assert outcome.bad == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_the_simulator_sees_every_sort_of_wrong_state(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how, kinds = BAD[name]
    outcome = simulated(tmp_path / "f", 3, how, 4, monkeypatch)
    print(name, outcome)  # noqa: T201
    assert set(outcome.kinds) == kinds, outcome
    assert len(outcome.bad) < outcome.states
