"""The nightly check: ``travaux verify REGISTER MIRROR…``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import CONSTITUTION, Desk, desk
from tests.cli.test_mirror import TABLED

__all__ = ["desk"]


@pytest.fixture
def harbour(desk: Desk) -> Path:
    register = desk.found()
    desk.act(register, TABLED.format(name="dredging"))
    return register


def test_mirrors_of_every_sort_that_show_the_same(desk: Desk, harbour: Path) -> None:
    desk.run("export", str(harbour), "public")
    desk.run("export", str(harbour), "site", "--for", "south")
    desk.run("mirror", "site", "south.travaux")
    desk.act(harbour, TABLED.format(name="lights"))
    desk.run("backup", str(harbour), "copy.travaux")
    told = desk.run("verify", str(harbour), "south.travaux", "public", "copy.travaux").stdout
    rows = [line.split(None, 1)[1] for line in told.splitlines() if line.startswith("Mirror")]
    assert rows == [
        "south.travaux: 5 entries, 1 behind: the same", "public: 5 entries, 1 behind: the same",
        "copy.travaux: 6 entries: the same",
    ]  # fmt: skip


def test_another_history_is_named_with_its_first_entry(desk: Desk, harbour: Path) -> None:
    shutil.copy(harbour, desk.folder / "drawer.travaux")
    for register, name in ((harbour, "lights"), (desk.folder / "drawer.travaux", "buoys")):
        desk.act(register, TABLED.format(name=name))
        desk.act(register, TABLED.format(name=f"{name}-2"))
    told = desk.run("verify", str(harbour), "drawer.travaux", code=1)
    assert "drawer.travaux: 7 entries: NO" in told.stdout
    (line,) = [row for row in told.stderr.splitlines() if row.startswith("fault")]
    assert line.startswith(
        "fault  mirror: drawer.travaux: it shows another history than the register: entry 5"
    )


def test_a_register_that_went_back_is_seen_beside_its_mirror(desk: Desk, harbour: Path) -> None:
    shutil.copy(harbour, desk.folder / "old.travaux")
    desk.act(harbour, TABLED.format(name="lights"))
    told = desk.run("verify", "old.travaux", str(harbour), code=1)
    assert "6 entries, the register 5: 1 are lost there" in told.stderr
    assert "import from this mirror" in told.stderr


def test_a_mirror_that_is_damaged_or_gone_is_a_fault_of_that_mirror(desk: Desk, harbour: Path) -> None:
    desk.run("export", str(harbour), "site", "--for", "south")
    bundle = desk.folder / "site" / "tile" / "entries" / "000.p" / "5"
    data = bytearray(bundle.read_bytes())
    data[-200] ^= 1
    bundle.write_bytes(bytes(data))
    told = desk.run("verify", str(harbour), "site", "nowhere.travaux", code=1)
    assert "Unaltered   yes" in told.stdout
    assert "fault  mirror site: tree: " in told.stderr
    assert "fault  mirror: nowhere.travaux: " in told.stderr
    assert "site: 5 entries: NO" in told.stdout
    assert "cannot be compared" in told.stdout


def test_a_mirror_of_another_register_is_no_mirror(desk: Desk, harbour: Path) -> None:
    other = desk.found("other.travaux", CONSTITUTION.replace("harbour.", "bay."))
    told = desk.run("verify", str(harbour), str(other), code=1).stderr
    assert "entry 0 is not the same" in told


def test_the_answer_for_programs_has_a_schema(desk: Desk, harbour: Path) -> None:
    from tests.docs.test_schemas import faults

    desk.run("backup", str(harbour), "copy.travaux")
    told = json.loads(desk.run("verify", str(harbour), "copy.travaux", "--format", "json").stdout)
    assert faults("verify", told) == []
    assert told["mirrors"] == [
        {"where": "copy.travaux", "size": 5, "common": 5, "same": True, "first_other": None, "faults": []}
    ]
    told = json.loads(desk.run("verify", str(harbour), "no", "--format", "json", code=1).stdout)
    assert faults("verify", told) == []
    assert "mirrors" not in json.loads(desk.run("verify", str(harbour), "--format", "json").stdout)
