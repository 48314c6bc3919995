"""What commands refuse: each refusal says what, where, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk
from tests.cli.test_register_life import TABLED
from travaux.record.sqlite import SqliteStore
from travaux.record.store import StoreError

__all__ = ["desk"]


@pytest.fixture
def harbour(desk: Desk) -> Path:
    return desk.found()


def long(words: str = "a") -> str:
    return f"act: state\nsigner: north/delegation\non: 2031-02-01\nwords: {'very ' * 4000}{words}\n"


def test_an_act_too_long_is_refused_at_its_place_tried_or_not(desk: Desk, harbour: Path) -> None:
    batch = f"{TABLED}---\n{long()}---\n{long('b')}"
    told = desk.act(harbour, batch, code=1).stderr
    tried = desk.run("act", str(harbour), "these.acts", "--dry-run", code=1).stderr
    for said in (told, tried):
        lines = said.splitlines()
        assert [line.split("these.acts:")[1].split(":")[0] for line in lines] == ["8", "13"]
        assert all("at most 16384" in line for line in lines)
    assert "these.acts:1: " in desk.act(harbour, long(), code=1).stderr


def test_the_length_foreseen_is_that_of_the_entry(desk: Desk, harbour: Path) -> None:
    told = desk.act(harbour, f"{long()}with: [south/delegation]\n", code=1).stderr
    tried = desk.run("act", str(harbour), "these.acts", "--dry-run", code=1).stderr
    assert told.split("these.acts")[1] == tried.split("these.acts")[1]


def test_what_is_attached_and_is_no_entry_is_named(desk: Desk, harbour: Path) -> None:
    path = desk.write("letter.txt", "Dear colleague")
    assert desk.run("act", str(harbour), str(path), "--attach", code=1).stderr.startswith(f"{path}: ")
    desk.run("act", str(harbour), str(desk.write("a.acts", TABLED)), "--prepare", "a.note")
    unsigned = desk.folder / "a.note"
    unsigned.write_text(unsigned.read_text() + "\n")
    assert desk.run("act", str(harbour), str(unsigned), "--attach", code=1).stderr.startswith(f"{unsigned}: ")


def test_a_register_is_not_founded_by_an_act_of_a_file(desk: Desk, harbour: Path) -> None:
    told = desk.act(harbour, f"{TABLED}---\nact: found\nname: Other\n", code=1).stderr
    assert "these.acts:8: " in told
    assert "travaux found" in told
    assert told.count("\n") == 1


def test_a_name_that_is_none_names_its_option(desk: Desk, harbour: Path) -> None:
    path = str(desk.write("a.acts", TABLED))
    told = desk.run("act", str(harbour), path, "--by", "bad name", code=1).stderr
    assert told.startswith("--by “bad name”")
    wrong = desk.act(harbour, TABLED.replace("north/delegation", "bad name"), code=1).stderr
    assert "these.acts:1: “bad name” cannot name a key" in wrong


@pytest.mark.parametrize("why", ["", "  "])
def test_a_correction_without_a_reason_names_its_option(desk: Desk, harbour: Path, why: str) -> None:
    desk.act(harbour, TABLED)
    act = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)[-1]["id"]
    assert desk.run("correct", str(harbour), act, "--why", why, code=1).stderr.startswith("--why is empty")


def test_keys_of_an_unknown_register_are_none(desk: Desk, harbour: Path) -> None:
    told = desk.run("key", "list", "harbour.example/other", code=1)
    assert "“harbour.example/other”" in told.stderr
    assert "harbour.example/commission" in told.stderr
    assert told.stdout == ""
    assert "north/delegation" in desk.run("key", "list", "harbour.example/commission").stdout


def test_the_log_about_a_thing_that_nothing_names(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, TABLED)
    told = desk.run("log", str(harbour), "--about", "dredgin", code=1)
    assert "“dredgin”" in told.stderr
    assert "“dredging”" in told.stderr
    assert "“dredging”" in desk.run("log", str(harbour), "--about", "Dredging Programme", code=1).stderr
    assert "is named" not in desk.run("log", str(harbour), "--about", "xyzzy", code=1).stderr
    assert "Dredging" in desk.run("log", str(harbour), "--about", "dredging").stdout


def test_what_a_reader_may_not_see_is_not_suggested(desk: Desk, harbour: Path) -> None:
    desk.act(harbour, f"{TABLED}audience: parties\n")
    assert "“dredging”" not in desk.run("log", str(harbour), "--about", "dredgin", code=1).stderr
    party = desk.run("log", str(harbour), "--about", "dredgin", "--for", "south", code=1)
    assert "“dredging”" in party.stderr


def test_a_log_that_is_piped_has_one_line_an_act(
    desk: Desk, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.act(harbour, TABLED.replace("Dredging programme", "Programme of dredging " + "and surveys " * 30))
    lines = desk.run("log", str(harbour)).stdout.splitlines()
    acts = json.loads(desk.run("log", str(harbour), "--format", "json").stdout)
    assert len(lines) == 1 + len(acts)
    assert all(line == line.rstrip() for line in lines)
    assert lines[-1].startswith(acts[-1]["id"][:12])


def test_a_backup_that_finds_no_room_says_that_no_copy_was_written(
    desk: Desk, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: SqliteStore, path: str) -> None:
        Path(path).write_bytes(b"half")
        raise StoreError("record.disk_full", path, detail="database or disk is full")

    monkeypatch.setattr(SqliteStore, "backup", full)
    told = desk.run("backup", str(harbour), "copy.travaux", code=1).stderr
    assert told.startswith("copy.travaux: the copy was not written: the disk is full")
    assert not list(desk.folder.glob("copy*"))


def test_a_backup_to_no_folder_says_so(desk: Desk, harbour: Path) -> None:
    assert "the copy was not written" in desk.run("backup", str(harbour), "none/copy.travaux", code=1).stderr
