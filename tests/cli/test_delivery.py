"""Measures through the commands: reported, answered, extended, sent out as a workbook and taken back."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.desk import Desk, desk

__all__ = ["desk"]

PLAN = """\
act: undertake
signer: north/delegation
with: [south/delegation]
measure: dredge
parties: [north]
what: "=dredge the channel"
due: 2099-12-31
on: 2026-01-10
---
act: undertake
signer: south/delegation
with: [north/delegation]
measure: lights
parties: [south]
what: light the channel
due: 2099-06-30
on: 2026-01-10
"""


@pytest.fixture
def plan(desk: Desk) -> Path:
    register = desk.found()
    desk.act(register, PLAN)
    return register


def board(desk: Desk, register: Path) -> dict[str, dict[str, object]]:
    page = json.loads(desk.run("measures", str(register), "--format", "json").stdout)
    return {row["id"]: row for row in page["rows"]}


def test_report_answer_and_how_they_stand(desk: Desk, plan: Path) -> None:
    told = desk.run(
        "report",
        str(plan),
        "dredge",
        "done",
        "--by",
        "north/delegation",
        "--evidence",
        "survey=https://example.org/s",
    ).stdout
    desk.run(
        "answer", str(plan), told.split()[0], "disputes", "--reason", "not-shown", "--by", "south/delegation"
    )
    row = board(desk, plan)["dredge"]
    assert row["group"] == "disputed"
    text = desk.run("measures", str(plan), "--list", "disputed").stdout
    assert "Ministry of the South disputes: not shown" in text
    assert "light the channel" not in text
    refused = desk.run("report", str(plan), "dredge", "done", "--by", "south/delegation", code=1)
    assert "owed by" in refused.stderr


def test_extend_asks_and_the_other_side_with_the_first_decides(desk: Desk, plan: Path) -> None:
    desk.run(
        "extend", str(plan), "dredge", "ask", "--to", "2100-12-31", "--why", "ice", "--by", "north/delegation"
    )
    assert board(desk, plan)["dredge"]["due"] == "2099-12-31"
    desk.run("extend", str(plan), "dredge", "grant", "--by", "south/delegation", "--with", "north/delegation")
    row = board(desk, plan)["dredge"]
    assert (row["due"], len(row["dates"])) == ("2100-12-31", 2)  # type: ignore[arg-type]
    desk.run("extend", str(plan), "dredge", "grant", "--by", "south/delegation", code=1)
    desk.run(
        "extend",
        str(plan),
        "dredge",
        "ask",
        "--to",
        "31 February",
        "--why",
        "x",
        "--by",
        "north/delegation",
        code=1,
    )
    desk.run("extend", str(plan), "dredge", "ask", "--by", "north/delegation", code=2)


@pytest.mark.parametrize("form", ["csv", "ics", "atom", "svg", "json"])
def test_every_form_is_written_once_and_never_over_a_file(desk: Desk, plan: Path, form: str) -> None:
    desk.run("measures", str(plan), "--format", form, "--output", "out")
    assert (desk.folder / "out").stat().st_size > 100
    assert "out" in desk.run("measures", str(plan), "--format", form, "--output", "out", code=1).stderr


def workbook(desk: Desk, plan: Path, name: str = "plan.xlsx") -> Path:
    desk.run("plan", str(plan), "--excel", name, "--for", "north")
    return desk.folder / name


def fill(path: Path, cells: dict[tuple[str, str], object], target: str = "filled.xlsx") -> Path:
    """Put values into cells by (measure, heading) and save under another name."""
    book = load_workbook(path)
    sheet = book["Measures"]
    assert isinstance(sheet, Worksheet)
    heads = {str(c.value): c.column for c in sheet[1]}
    rows = {str(sheet.cell(n, heads["Measure"]).value): n for n in range(2, sheet.max_row + 1)}
    for (measure, heading), value in cells.items():
        sheet.cell(rows[measure], heads[heading]).value = value  # type: ignore[assignment]
    book.save(path.with_name(target))
    return path.with_name(target)


def test_the_workbook_holds_texts_and_no_formula(desk: Desk, plan: Path) -> None:
    sheet = load_workbook(workbook(desk, plan))["Measures"]
    values = [c for row in sheet.iter_rows() for c in row if c.value is not None]
    assert any(str(c.value).startswith("=dredge") for c in values)
    assert all(c.data_type == "s" for c in values)
    assert sheet.column_dimensions["A"].hidden


def test_the_same_register_gives_the_same_workbook(desk: Desk, plan: Path) -> None:
    assert workbook(desk, plan).read_bytes() == workbook(desk, plan, "again.xlsx").read_bytes()


def test_nothing_changed_nothing_proposed(desk: Desk, plan: Path) -> None:
    told = desk.run("plan-in", str(plan), str(workbook(desk, plan)), "--by", "north/delegation")
    assert "2 rows, 0 changed" in told.stderr


def test_filled_in_cells_become_acts_once_confirmed(desk: Desk, plan: Path) -> None:
    path = fill(
        workbook(desk, plan), {("dredge", "✎ Our claim"): "under_way", ("dredge", "✎ In our words"): "half"}
    )
    before = path.read_bytes()
    told = desk.run("plan-in", str(plan), str(path), "--by", "north/delegation")
    assert "dredge  proposed: report" in told.stdout
    assert board(desk, plan)["dredge"]["group"] == "no_report"
    desk.run("plan-in", str(plan), str(path), "--by", "north/delegation", "--record", "--answer", "back.xlsx")
    assert board(desk, plan)["dredge"]["group"] == "under_way"
    assert path.read_bytes() == before
    answer = load_workbook(desk.folder / "back.xlsx")["Answer"]
    results = {str(answer.cell(n, 2).value): answer.cell(n, 3).value for n in range(2, answer.max_row + 1)}
    assert results == {"dredge": "recorded", "lights": "unchanged"}


def test_a_cell_changed_on_both_sides_is_refused_by_address(desk: Desk, plan: Path) -> None:
    path = fill(workbook(desk, plan), {("dredge", "✎ Our claim"): "done"})
    desk.run("report", str(plan), "dredge", "not-started", "--by", "north/delegation")
    refused = desk.run("plan-in", str(plan), str(path), "--by", "north/delegation", "--record", code=1)
    assert "filled.xlsx:K" in refused.stderr
    assert "not_started" in refused.stderr
    assert board(desk, plan)["dredge"]["cells"][0]["claims"][0]["code"] == "not_started"  # type: ignore[index]


def test_one_refused_row_and_nothing_is_recorded(desk: Desk, plan: Path) -> None:
    cells = {
        ("dredge", "✎ Our claim"): "done",
        ("lights", "✎ Our answer to Ministry of the South"): "accepts",
    }
    path = fill(workbook(desk, plan), cells)
    refused = desk.run("plan-in", str(plan), str(path), "--by", "north/delegation", "--record", code=1)
    assert "has reported nothing" in refused.stderr
    assert board(desk, plan)["dredge"]["group"] == "no_report"


@pytest.mark.parametrize(("value", "word"), [("=1+1", "formula"), ("finished", "no claim"), (42, "no claim")])
def test_a_value_that_cannot_be_taken_is_refused_by_address(
    desk: Desk, plan: Path, value: object, word: str
) -> None:
    path = fill(workbook(desk, plan), {("dredge", "✎ Our claim"): value})
    done = desk.run(
        "plan-in", str(plan), str(path), "--by", "north/delegation", code=0 if word == "formula" else 1
    )
    assert word in done.stderr
    assert "filled.xlsx:K" in done.stderr


def test_rows_sorted_tokens_lost_rows_added_and_twice(desk: Desk, plan: Path) -> None:
    path = workbook(desk, plan)
    book = load_workbook(path)
    sheet = book["Measures"]
    sheet.cell(2, 1).value = "gone"
    sheet.insert_rows(2)
    sheet.cell(2, 2).value = "new-one"
    sheet.append([c.value for c in sheet[3]])
    sheet.cell(1, 30).value = "My notes"
    book.save(desk.folder / "odd.xlsx")
    told = desk.run("plan-in", str(plan), "odd.xlsx", "--by", "north/delegation").stderr
    for word in ("no measure that was written", "taken for", "stands in row", "My notes"):
        assert word in told


def test_a_workbook_for_another_party_or_register_is_refused(desk: Desk, plan: Path) -> None:
    path = workbook(desk, plan)
    assert "south" in desk.run("plan-in", str(plan), str(path), "--by", "south/delegation", code=1).stderr
    for data in (b"", b"PK\x03\x04 nonsense", b"\x00" * 100):
        bad = desk.write("bad.xlsx", data)
        assert (
            "bad.xlsx" in desk.run("plan-in", str(plan), str(bad), "--by", "north/delegation", code=1).stderr
        )
    other = io.BytesIO()
    book = load_workbook(path)
    del book["base"]
    book.save(other)
    bad = desk.write("bad.xlsx", other.getvalue())
    assert "sheets" in desk.run("plan-in", str(plan), str(bad), "--by", "north/delegation", code=1).stderr


@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not here")
def test_a_file_saved_again_by_libreoffice_is_still_read(desk: Desk, plan: Path) -> None:
    path = fill(
        workbook(desk, plan),
        {("dredge", "✎ Our claim"): "done_in_part", ("dredge", "✎ In our words"): "=half"},
    )
    out = desk.folder / "again"
    apart = f"-env:UserInstallation=file://{desk.folder}/lo"
    command = ["libreoffice", apart, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = desk.run("plan-in", str(plan), str(out / path.name), "--by", "north/delegation", "--record")
    assert "dredge  recorded: report" in told.stdout


def test_the_minister_s_page_in_every_form(desk: Desk, plan: Path) -> None:
    assert "Ministry of the North" in desk.run("minister", str(plan), "--party", "north").stdout
    assert desk.run("minister", str(plan), "--party", "north", "--format", "pdf").stdout_bytes.startswith(
        b"%PDF-"
    )
    assert "<!DOCTYPE html>" in desk.run("minister", str(plan), "--party", "north", "--format", "html").stdout
    assert (
        json.loads(desk.run("minister", str(plan), "--party", "north", "--format", "json").stdout)["party"]
        == "north"
    )
    desk.run("minister", str(plan), "--party", "mars", code=1)
