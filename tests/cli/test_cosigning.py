"""A witness remembers the largest tree it cosigned, whatever becomes of the copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk  # noqa: F401 - a fixture
from travaux.secretariat import remembering

TABLED = """\
act: table
signer: north/delegation
instrument: {name}
type: programme
titles: {{en: A programme}}
on: 2031-02-01
"""
COSIGN = ("--by", "north/witness")


@pytest.fixture
def harbour(desk: Desk) -> Path:  # noqa: F811
    return desk.found()


def test_no_smaller_and_no_other_tree(desk: Desk, harbour: Path) -> None:  # noqa: F811
    old = shutil.copy(harbour, desk.folder / "old.travaux")
    other = shutil.copy(harbour, desk.folder / "other.travaux")
    desk.act(harbour, TABLED.format(name="dredging"))
    desk.run("cosign", str(harbour), *COSIGN)
    desk.run("cosign", str(harbour), *COSIGN)
    back = desk.run("cosign", str(old), *COSIGN, code=1).stderr
    assert "has cosigned 5 entries of this register, and this copy holds 4" in back
    desk.act(other, TABLED.format(name="lights"))
    assert "another history" in desk.run("cosign", str(other), *COSIGN, code=1).stderr
    desk.act(other, TABLED.format(name="buoys"))
    assert "another history" in desk.run("cosign", str(other), *COSIGN, code=1).stderr
    assert "0 of 6 entries" in desk.run("verify", str(other)).stderr
    desk.act(harbour, TABLED.format(name="quay"))
    desk.run("cosign", str(harbour), *COSIGN)
    desk.run("cosign", str(other), "--by", "south/witness")  # another key, which has seen nothing yet


def test_a_memory_that_cannot_be_used_signs_nothing(
    desk: Desk, harbour: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    file = desk.home / "cosigned.json"
    for text in ("{", "[]", '{"harbour.example/commission": {"x": {}}}', "\xff"):
        file.write_text(text, encoding="latin-1")
        assert "the memory" in desk.run("cosign", str(harbour), *COSIGN, code=1).stderr
    file.unlink()
    monkeypatch.setattr(remembering.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(5, "I/O error")))
    assert "I/O error" in desk.run("cosign", str(harbour), *COSIGN, code=1).stderr
    monkeypatch.undo()
    assert not file.exists()
