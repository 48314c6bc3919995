"""``travaux verify``: what it says of ids that differ, of folders and files that are no register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_register_life import TABLED

__all__ = ["desk"]


@pytest.fixture
def harbour(desk: Desk) -> Path:
    register = desk.found()
    desk.act(register, TABLED)
    return register


def test_a_folder_that_is_no_export_is_one_fault_and_nothing_is_remembered(desk: Desk, harbour: Path) -> None:
    before = (desk.home / "met.json").read_text()
    (desk.folder / "letters").mkdir()
    (desk.folder / "letters" / "a.txt").write_text("Dear colleague")
    told = desk.run("verify", "letters", code=1)
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert "no exported register" in told.stderr
    assert "no exported register" in desk.run("import", "letters", "x.travaux", code=1).stderr
    assert (desk.home / "met.json").read_text() == before


def test_both_founding_ids_are_shown_and_which_is_which(desk: Desk, harbour: Path) -> None:
    own = json.loads(desk.run("verify", str(harbour), "--format", "json").stdout)["register"]
    other = "ab" * 32
    told = desk.run("verify", str(harbour), "--founding", other, code=1)
    (row,) = [line for line in told.stdout.splitlines() if line.startswith("Founding id")]
    assert f"{own} (of this register; the one given is {other})" in row
    assert f"of this register is {own}" in told.stderr
    assert f"expected is {other}" in told.stderr


def test_a_damaged_register_is_to_be_restored_by_every_command(desk: Desk, harbour: Path) -> None:
    data = harbour.read_bytes()
    damaged = desk.write("damaged.travaux", data[: len(data) // 2])
    for command in ("verify", "brief", "log"):
        told = desk.run(command, str(damaged), code=1).stderr
        assert "mirror" in told
        assert "run “travaux verify”" not in told


def test_what_follows_is_marked_in_json_too(desk: Desk, harbour: Path) -> None:
    import apsw

    db = apsw.Connection(str(harbour))
    db.execute("DROP TRIGGER entry_stays")
    raw = db.execute("SELECT entry FROM entry WHERE idx = 4").get
    db.execute("UPDATE entry SET entry = ? WHERE idx = 4", (raw.replace(b"Dredging", b"dredging"),))
    db.close()
    faults = json.loads(desk.run("verify", str(harbour), "--format", "json", code=1).stdout)["faults"]
    assert (faults[0]["code"], faults[0]["follows"]) == ("record.leaf", None)
    assert {f["follows"] for f in faults[1:]} == {4}
