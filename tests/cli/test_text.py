"""``travaux text`` on a register of two ministries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, desk

__all__ = ["desk"]

ACTS = """\
act: table
signer: north/delegation
on: 2026-02-01
instrument: dredging
type: programme
titles: {en: Dredging programme}
---
act: propose
signer: north/delegation
on: 2026-02-02
instrument: dredging
unit: art-1
lang: en
words: The channel shall be dredged every year.
---
act: propose
signer: south/delegation
on: 2026-02-03
instrument: dredging
unit: art-1
lang: en
words: The channel should be dredged every year.
"""


@pytest.fixture
def harbour(desk: Desk) -> Path:
    register = desk.found()
    desk.act(register, ACTS)
    return register


def test_the_text_in_brackets_with_and_without_names(desk: Desk, harbour: Path) -> None:
    told = desk.run("text", str(harbour), "dredging").stdout
    assert told == "1  The channel [shall][should] be dredged every year.\n"
    told = desk.run("text", str(harbour), "dredging", "--rendering", "attributed").stdout
    assert "[shall (Ministry of the North)][should (Ministry of the South)]" in told


def test_as_of_a_day_and_for_one_party(desk: Desk, harbour: Path) -> None:
    told = desk.run("text", str(harbour), "dredging", "--as-of", "2026-02-02", "--rendering", "clean")
    assert told.stdout == "1  The channel shall be dredged every year.\n"
    assert "Clean is not agreed" in told.stderr
    told = desk.run("text", str(harbour), "dredging", "--rendering", "party", "--party", "south")
    assert told.stdout == "1  The channel should be dredged every year.\n"
    desk.run("text", str(harbour), "dredging", "--rendering", "party", code=2)


def test_clean_refuses_while_open(desk: Desk, harbour: Path) -> None:
    told = desk.run("text", str(harbour), "dredging", "--rendering", "clean", code=1)
    assert "unit 1" in told.stderr and "shall / should" in told.stderr


def test_tables_and_other_forms(desk: Desk, harbour: Path) -> None:
    told = desk.run("text", str(harbour), "dredging", "--rendering", "columns").stdout
    assert "[1: shall][should]" in told and "Ministry of the South" in told
    told = desk.run("text", str(harbour), "dredging", "--rendering", "progress").stdout
    assert "Open points" in told and "How it was counted" in told
    told = desk.run("text", str(harbour), "dredging", "--compare", "2026-02-02").stdout
    assert "added: “should”" in told
    page = json.loads(desk.run("text", str(harbour), "dredging", "--format", "json").stdout)
    assert page["format"] == "travaux-text-1" and page["title"] == "Dredging programme"
    assert desk.run("text", str(harbour), "dredging", "--format", "html").stdout.startswith("<!DOCTYPE html>")
    assert desk.run("text", str(harbour), "dredging", "--format", "svg").stdout.startswith("<svg")


def test_what_taking_an_option_would_change(desk: Desk, harbour: Path) -> None:
    page = json.loads(desk.run("text", str(harbour), "dredging", "--format", "json").stdout)
    bracket = next(p["place"]["id"] for p in page["units"][0]["pieces"] if "place" in p)
    told = desk.run("text", str(harbour), "dredging", "--taking", bracket, "should").stdout
    rows = [line.split() for line in told.splitlines() if line.startswith("Ministry")]
    assert rows[0][-2:] == ["shall", "should"]
    assert rows[1][-4:] == ["reads", "so", "already"] or "reads so already" in told
    desk.run("text", str(harbour), "dredging", "--taking", bracket, "might", code=1)
    desk.run("text", str(harbour), "dredging", "--taking", "nowhere", "might", code=1)


def test_the_notation_gives_each_wording_back(desk: Desk, harbour: Path) -> None:
    told = desk.run("text", str(harbour), "dredging", "--rendering", "notation", "--unit", "art-1").stdout
    file = desk.write("unit.txt", told)
    assert (
        desk.run("resolve", str(file), "--party", "north").stdout
        == "The channel shall be dredged every year."
    )
    assert "art-9" in desk.run("text", str(harbour), "dredging", "--unit", "art-9", code=1).stderr


def test_what_is_not_there_is_refused_with_what_is(desk: Desk, harbour: Path) -> None:
    assert "dredging" in desk.run("text", str(harbour), "fishing", code=1).stderr
    assert "en" in desk.run("text", str(harbour), "dredging", "--lang", "ru", code=1).stderr
    desk.run("text", str(harbour), "dredging", "--for", "nobody", code=1)
