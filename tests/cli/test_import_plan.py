"""Published plans through the command: guessed, mapped, recorded, and one edition beside another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.desk import Desk, desk
from tests.formats.plans.houses import (
    HOUSES,
    belarusian_csv,
    delimited,
    ministry_ru,
    open_government,
    reform_matrix,
    strategy_sheets,
    two_parties,
    xlsx,
)

__all__ = ["desk"]
BY = ("--by", "north/delegation", "--date", "2031-01-15")
SECOND = (
    ("I. Налоговая политика",),
    (
        "1.",
        "Подготовить  проект договора о «косвенных» налогах.",
        "Министерство финансов, Минэкономики",
        "01.07.2031",
        "",
    ),
    ("2.", "Согласовать перечень товаров", "Министерство финансов (отв.), МИД", "IV квартал 2031 г.", ""),
    (
        "3.",
        "Обеспечить обмен данными и сведениями",
        "Минюст совместно с Министерством финансов",
        "постоянно",
        "",
    ),
    ("5.", "Представить доклад", "Государственный таможенный комитет", "ежегодно до 15 мая", ""),
    ("6.", "Построить мост", "ГТК", "2032", ""),
)


def attempt(desk: Desk, *args: str) -> Result:
    """A run that may end with 0 or 1: what it says counts."""
    try:
        return desk.run(*args)
    except AssertionError:
        return desk.run(*args, code=1)


def mapping(desk: Desk, register: Path, file: Path, **values: str) -> Path:
    """The guess for a file, written out and completed as a person would."""
    target = desk.folder / f"{file.stem}.toml"
    attempt(
        desk, "import-plan", str(register), str(file), "--write-mapping", str(target), "--date", "2031-01-15"
    )
    text = target.read_text(encoding="utf-8").replace('source = ""', 'source = "Commission"')
    text = text.replace("[party]\n", '[party]\nfixed = ["north"]\n') if "fixed" not in text else text
    for table, lines in values.items():
        text = text.replace(f"[{table}]\n", f"[{table}]\n{lines}\n")
    target.write_text(text, encoding="utf-8")
    return target


def board(desk: Desk, register: Path, day: str = "2031-07-01") -> list[dict[str, Any]]:
    page = json.loads(desk.run("measures", str(register), "--as-of", day, "--format", "json").stdout)
    rows: list[dict[str, Any]] = page["rows"]
    return rows


def read(desk: Desk, register: Path, file: Path, *more: str) -> dict[str, Any]:
    told = attempt(desk, "import-plan", str(register), str(file), "--format", "json", *BY[2:], *more)
    page: dict[str, Any] = json.loads(told.stdout)
    return page


@pytest.fixture
def register(desk: Desk) -> Path:
    return desk.found()


@pytest.fixture
def imported(desk: Desk, register: Path) -> Path:
    """The register after the first edition of the ministry's plan."""
    file = desk.write("ministry.xlsx", ministry_ru())
    how = mapping(desk, register, file, plan='from = "2031-01-01"')
    desk.run("import-plan", str(register), str(file), "--mapping", str(how), "--record", *BY)
    return register


@pytest.mark.parametrize("name", HOUSES)
def test_every_house_style_gets_a_guess_with_reasons_and_records_nothing(
    desk: Desk, register: Path, name: str
) -> None:
    file = desk.write(name, HOUSES[name]())
    told = attempt(desk, "import-plan", str(register), str(file), *BY[2:])
    attempt(desk, "import-plan", str(register), str(file), "--write-mapping", "m.toml", *BY[2:])
    assert "columns.what" in told.stderr
    again = attempt(desk, "import-plan", str(register), str(file), "--mapping", "m.toml", *BY[2:])
    assert again.stdout == told.stdout
    refused = desk.run("import-plan", str(register), str(file), "--record", *BY, code=1)
    assert "nothing is recorded on a guess" in refused.stderr
    assert board(desk, register) == []


def test_recorded_acts_stand_on_their_rows(desk: Desk, imported: Path) -> None:
    rows = board(desk, imported)
    found = {r["number"]: r for r in rows}
    assert [r["what"] for r in rows if r["number"] == "2"] == ["Согласовать перечень товаров"]
    assert found["2"]["due"].startswith("2031-Q2")
    assert (found["3"]["due_when"], found["4"]["due"]) == ("all the time", "2031-05-15")
    assert found["5"]["waits_for"]
    assert found["1"]["cells"][0]["lead"] == "Минфин"
    assert found["3"]["cells"][0]["also"] == ["Министерство юстиции"]
    assert "Commission" in found["1"]["sources"]
    assert "Unaltered   yes" in desk.run("verify", str(imported)).stdout


def test_the_mapping_is_kept_and_the_same_edition_adds_nothing(desk: Desk, imported: Path) -> None:
    told = desk.run("import-plan", str(imported), "ministry.xlsx", "--record", *BY)
    assert "kept with the register" in told.stderr
    assert "nothing new to record" in told.stderr
    assert read(desk, imported, desk.folder / "ministry.xlsx")["compared"]["changes"] == []


def test_a_second_edition_says_what_changed_without_a_decision(desk: Desk, imported: Path) -> None:
    file = desk.write("second.xlsx", ministry_ru(SECOND))
    page = read(desk, imported, file, "--compare", "ministry.xlsx")
    found = {(c["sort"], c["number"]): c for c in page["compared"]["changes"]}
    assert set(found) == {
        ("moved", "2"),
        ("reworded", "3"),
        ("lead", "3"),
        ("dropped", "5"),
        ("added", "6"),
    }
    assert found["moved", "2"]["days"] == 184
    assert all(c["decided"] == [] for c in page["compared"]["changes"])
    assert page["compared"]["form"]["body"] >= 1
    assert page["compared"]["form"]["date"] >= 1
    against_register = read(desk, imported, file)["compared"]["changes"]
    assert {(c["sort"], c["number"]) for c in against_register} == set(found)
    desk.run("import-plan", str(imported), str(file), "--record", *BY[:2], "--date", "2031-06-15")
    rows = board(desk, imported)
    moved = {r["number"]: len(r["dates"]) for r in rows if r["obligation"] == "in_force"}
    assert moved["2"] == 2
    assert moved["1"] == 1
    assert read(desk, imported, file)["measures"] == []


def test_a_date_that_was_decided_is_no_change_without_a_decision(desk: Desk, register: Path) -> None:
    first = desk.write(
        "one.csv", delimited((("No", "Action", "Deadline"), ("1", "Dredge the channel", "2099-06-30")))
    )
    how = mapping(desk, register, first)
    desk.run(
        "import-plan",
        str(register),
        str(first),
        "--mapping",
        str(how),
        "--record",
        *BY[:2],
        "--date",
        "2026-01-15",
    )
    name = board(desk, register, "2026-11-01")[0]["id"]
    desk.run(
        "extend", str(register), name, "ask", "--to", "2099-12-31", "--why", "ice", "--by", "north/delegation"
    )
    desk.run("extend", str(register), name, "grant", "--by", "south/delegation", "--with", "north/delegation")
    second = desk.write(
        "two.csv", delimited((("No", "Action", "Deadline"), ("1", "Dredge the channel", "31.12.2099")))
    )
    (change,) = read(desk, register, second, "--compare", "one.csv")["compared"]["changes"]
    assert change["sort"] == "moved"
    assert len(change["decided"]) == 2
    assert read(desk, register, second)["compared"]["changes"] == []


def test_each_party_with_columns_of_its_own(desk: Desk, register: Path) -> None:
    file = desk.write("two.xlsx", two_parties())
    how = mapping(desk, register, file)
    assert "[[side]]" in how.read_text(encoding="utf-8")
    how.write_text(how.read_text(encoding="utf-8").replace('fixed = ["north"]\n', ""), encoding="utf-8")
    desk.run("import-plan", str(register), str(file), "--mapping", str(how), "--record", *BY)
    rows = board(desk, register)
    cells = {(r["number"], c["party"]): (c["lead"], c["claims"][0]["code"]) for r in rows for c in r["cells"]}
    assert cells == {
        ("1", "north"): ("Border Service", "done"),
        ("1", "south"): ("Customs Office", "under_way"),
        ("2", "north"): ("Transport Ministry", "under_way"),
        ("2", "south"): ("Road Agency", "not_started"),
    }


def test_nothing_is_recorded_while_a_cell_is_refused_or_asked_about(desk: Desk, register: Path) -> None:
    file = desk.write("matrix.xlsx", reform_matrix())
    how = mapping(desk, register, file)
    told = desk.run("import-plan", str(register), str(file), "--mapping", str(how), "--record", *BY, code=1)
    for address, what in (("D6", "coloured"), ("B7", "crossed out"), ("D8", "formula")):
        assert any(
            f"matrix.xlsx:Plan!{address}:" in line and what in line for line in told.stderr.splitlines()
        )
    assert "passed over: 1 total (9)" in told.stderr
    assert "hidden sheet “Old”" in told.stderr
    assert board(desk, register) == []


def test_answers_in_the_mapping_settle_questions(desk: Desk, register: Path) -> None:
    file = desk.write("matrix.xlsx", reform_matrix())
    how = mapping(desk, register, file, answers='"D6" = "none"\n"Plan!D8" = "2031-06-30"')
    page = read(desk, register, file, "--mapping", str(how))
    state = {
        m["number"]: (m["deadline"]["value"], [f["code"] for f in (*m["faults"], *m["questions"])])
        for m in page["measures"]
    }
    assert state["3"] == ("none", [])
    assert state["5"] == ("2031-06-30", [])
    assert state["4"][1] == ["import_plan.struck"]


def test_a_row_that_is_merged_belongs_to_the_one_above(desk: Desk, register: Path) -> None:
    file = desk.write("matrix.xlsx", reform_matrix())
    page = read(desk, register, file)
    first = page["measures"][0]
    assert first["bodies"] == [{"party": "", "lead": "Ministry of Finance", "also": ["Parliament"]}]


@pytest.mark.parametrize(
    ("rows", "address", "what"),
    [
        (
            (("1", "Do it", "2031"), ("1", "Do that", "2032")),
            "3",
            "the number 1 stands 2 times, first at plan.csv:2",
        ),
        ((("1", "Do it", "2031"), ("", "", "2032")), "B3", "neither a number nor a text"),
        ((("1", "Do it", "2031"), ("2", "", "2032")), "B3", "the measure 2 has no text"),
        ((("1", "Do it", "30 February 2031"), ("2", "Do that", "2032")), "C2", "no day of the calendar"),
        (
            (("1", "Do it", "2031"), ("2", "Do that", "whenever it suits")),
            "C3",
            "no deadline that can be read",
        ),
    ],
)
def test_a_bad_cell_is_refused_by_its_address(
    desk: Desk, register: Path, rows: tuple[tuple[str, ...], ...], address: str, what: str
) -> None:
    file = desk.write("plan.csv", delimited((("No", "Action", "Deadline"), *rows)))
    told = desk.run("import-plan", str(register), str(file), *BY[2:], code=1)
    assert any(line.startswith(f"plan.csv:{address}: ") and what in line for line in told.stderr.splitlines())


def test_headings_may_move_and_a_lost_one_is_named(desk: Desk, imported: Path) -> None:
    def change(_: Any, sheet: Worksheet) -> None:
        sheet.title = "План"

    head = ("Срок исполнения", "№ п/п", "Ответственный исполнитель", "Наименование мероприятия", "Примечание")
    moved = desk.write(
        "moved.xlsx", xlsx((("План",), head, ("2032", "7", "МИД", "Открыть посольство", "")), change)
    )
    (row,) = read(desk, imported, moved)["measures"]
    assert (row["number"], row["what"], row["deadline"]["value"]) == ("7", "Открыть посольство", "2032")
    lost = desk.write(
        "lost.xlsx", xlsx((("План",), ("Когда", *head[1:]), ("2032", "7", "МИД", "Открыть", "")), change)
    )
    told = desk.run("import-plan", str(imported), str(lost), "--mapping", "ministry.toml", *BY[2:], code=1)
    assert "no column is headed “Срок исполнения”" in told.stderr


def test_sheets_of_chapters_and_a_legend(desk: Desk, register: Path) -> None:
    file = desk.write("strategy.xlsx", strategy_sheets())
    page = read(desk, register, file)
    assert [m["number"] for m in page["measures"]] == ["F1", "F2", "T1", "T2"]
    assert page["measures"][2]["bodies"] == [
        {"party": "", "lead": "Ministry of Trade", "also": ["Ministry of Finance"]}
    ]


def test_headings_in_two_rows_and_unknown_statuses(desk: Desk, register: Path) -> None:
    page = read(desk, register, desk.write("og.xlsx", open_government()))
    found = {m["number"]: m for m in page["measures"]}
    assert found["1.10"]["deadline"]["value"] == "2032-12-31"
    assert found["1.1"]["claims"] == [{"party": "", "claim": "under_way", "words": "In progress"}]
    assert [q["code"] for q in found["2.1"]["questions"]][:1] == ["import_plan.status"]
    assert found["2.1"]["deadline"]["value"] == "recurring 2031-Q1 P3M"


def test_acts_in_their_notation_can_be_submitted(desk: Desk, register: Path) -> None:
    file = desk.write("be.csv", belarusian_csv())
    how = mapping(desk, register, file)
    text = desk.run(
        "import-plan", str(register), str(file), "--mapping", str(how), "--cite", "--format", "acts", *BY[2:]
    ).stdout
    assert text.count("act: undertake") == 3
    desk.run("act", str(register), str(desk.write("these.acts", text)), "--by", "north/delegation")


def test_performed_undertakings_are_signed_by_the_parties(desk: Desk, register: Path) -> None:
    file = desk.write("be.csv", belarusian_csv())
    how = mapping(desk, register, file)
    run = ("import-plan", str(register), str(file), "--mapping", str(how), "--record", "--performed", *BY)
    desk.run(*run, "--with", "south/delegation")
    listed = json.loads(desk.run("log", str(register), "--format", "json").stdout)
    assert "undertake" in json.dumps(listed)


@pytest.mark.parametrize(
    "text", ["not toml [", 'format = "other/1"', 'colour = "red"', '[plan]\nfrom = "2031-02-30"']
)
def test_a_bad_mapping_is_refused(desk: Desk, register: Path, text: str) -> None:
    file = desk.write("be.csv", belarusian_csv())
    how = desk.write("bad.toml", text)
    told = desk.run("import-plan", str(register), str(file), "--mapping", str(how), code=1)
    assert "bad.toml: the mapping cannot be read" in told.stderr
