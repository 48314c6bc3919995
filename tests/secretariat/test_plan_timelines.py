"""Deadlines drawn under periods, and years beside their quarters: certain, asked about, never invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.plans.houses import delimited, xlsx
from tests.secretariat.layouts.drawn import BLUE, GREEN, filled
from tests.secretariat.layouts.gold import shown
from travaux.acts.fault import Refused
from travaux.formats.plans import PlanFile, Unsure, read_plan
from travaux.formats.plans.periods import read_periods
from travaux.formats.plans.timed import Ways
from travaux.formats.plans.together import read_together
from travaux.secretariat.plans.headings import lay
from travaux.secretariat.plans.mapping import Columns, Mapping, Plan, Timeline, Where
from travaux.secretariat.plans.rows import Reading, read_rows

QUARTERS = ("Q1 2031", "Q2 2031", "Q3 2031", "Q4 2031", "Q1 2032")
HEAD = ("No", "Action", *QUARTERS)
Change = Callable[[Any, Worksheet], None]


def plan(rows: Sequence[Sequence[Any]], change: Change | None = None, **timeline: Any) -> Reading | Refused:
    """Rows under five quarters, read with a mapping that names the timeline."""
    file = read_plan("plan.xlsx", xlsx((HEAD, *rows), change))
    assert isinstance(file, PlanFile), file
    mapping = Mapping(
        table=Where(header=1), columns=Columns(number="No", what="Action"),
        timeline=Timeline(first=QUARTERS[0], last=QUARTERS[-1], **timeline),
    )  # fmt: skip
    laid = lay(file, mapping)
    return laid if isinstance(laid, Refused) else read_rows(file, laid, mapping)


def first(
    rows: Sequence[Sequence[Any]], change: Change | None = None, **timeline: Any
) -> tuple[str, list[str]]:
    """The deadline of the first row as read, and the codes of what is asked or refused."""
    reading = plan(rows, change, **timeline)
    assert isinstance(reading, Reading), reading
    row = reading.rows[0]
    return shown(row.due), [f.code for f in (*row.questions, *row.faults)]


@pytest.mark.parametrize("mark", ["x", "X", "х", "✓", "■", 1, "1", "•", "+"])
def test_a_mark_of_any_usual_sort_is_certain(mark: object) -> None:
    assert first([(1, "Dredge", None, mark, mark, None, None)]) == ("2031-Q2/2031-Q3", [])


def test_the_evidence_is_the_range_and_the_headings() -> None:
    reading = plan([(1, "Dredge", None, "x", "x", None, None)])
    assert isinstance(reading, Reading)
    due = reading.rows[0].due
    assert due.address == "D2:E2"
    assert due.when and due.when.words == "Q2 2031 – Q3 2031 (D2:E2)"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("x", None, "x", None, None), "import_plan.gap"),
        (("x", "■", None, None, None), "import_plan.two_marks"),
        (("P", "P", None, None, None), "import_plan.unread_mark"),
        (("see note", None, None, None, None), "import_plan.unread_mark"),
    ],
)
def test_marks_that_may_mean_two_things_are_asked_about(cells: tuple[Any, ...], code: str) -> None:
    assert first([(1, "Dredge", *cells)]) == ("", [code])


def test_a_row_without_marks_has_no_deadline_and_no_question() -> None:
    assert first([(1, "Dredge", None, "-", "0", None, None)]) == ("", [])


def test_ones_beside_other_figures_are_no_marks() -> None:
    rows = [(1, "Dredge", 1, None, None, None, None), (2, "Light", 12, None, 3, None, None)]
    reading = plan(rows)
    assert isinstance(reading, Reading)
    assert [f.code for f in reading.questions] == ["import_plan.unread_mark"] * 2


def test_the_mapping_settles_marks_gaps_and_periods() -> None:
    assert first([(1, "Dredge", "P", "L", None, None, None)], marks=("P",), idle=("l",)) == ("2031-Q1", [])
    assert first([(1, "Dredge", "x", None, "x", None, None)], gaps="span") == ("2031-Q1/2031-Q3", [])
    renamed = {"Q1 2032": "2032-H1"}
    assert first([(1, "Dredge", None, None, None, "x", "x")], periods=renamed) == ("2031-Q4/2032-H1", [])


ROWS = [(n, f"Measure {n}") for n in range(1, 5)]


def test_a_colour_that_stands_nowhere_else_is_certain_and_two_are_asked_about() -> None:
    def change(_: Any, sheet: Worksheet) -> None:
        filled(sheet, "D2:E2")
        filled(sheet, "D3")
        filled(sheet, "E3", GREEN)

    reading = plan(ROWS, change)
    assert isinstance(reading, Reading)
    assert [shown(r.due) for r in reading.rows] == ["2031-Q2/2031-Q3", "", "", ""]
    assert [(f.code, str(f.place)) for f in reading.questions] == [
        ("import_plan.two_marks", "plan.xlsx:Plan!D3:E3")
    ]


@pytest.mark.parametrize("elsewhere", ["B4", "A8", "D2:D5"])
def test_a_colour_that_a_legend_a_band_or_another_column_bears_is_asked_about(elsewhere: str) -> None:
    """A legend has its swatch under the table, a band fills a column, a stress colours the words."""

    def change(_: Any, sheet: Worksheet) -> None:
        sheet["B8"] = "done last year"
        filled(sheet, "D2:E2")
        filled(sheet, elsewhere)

    assert first(ROWS, change) == ("", ["import_plan.doubtful_colour"])
    assert first(ROWS, change, marks=("colour 4F81BD",)) == ("2031-Q2/2031-Q3", [])


def test_merged_cells_count_as_the_span_they_cover_in_every_row_they_reach() -> None:
    def change(_: Any, sheet: Worksheet) -> None:
        sheet["D2"] = "x"
        sheet.merge_cells("D2:F3")
        filled(sheet, "C4")
        sheet.merge_cells("C4:D4")

    reading = plan(ROWS, change)
    assert isinstance(reading, Reading)
    assert [shown(r.due) for r in reading.rows] == [
        "2031-Q2/2031-Q4", "2031-Q2/2031-Q4", "2031-Q1/2031-Q2", "",
    ]  # fmt: skip


def test_tints_hatching_and_old_palettes_are_colours() -> None:
    def change(_: Any, sheet: Worksheet) -> None:
        sheet["C2"].fill = PatternFill("solid", fgColor=Color(theme=4))
        sheet["D2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.4))
        sheet["D3"].fill = PatternFill("solid", fgColor=Color(theme=0, tint=-0.25))
        sheet["E4"].fill = PatternFill("solid", fgColor=Color(indexed=44))
        sheet["F5"].fill = PatternFill("lightUp", fgColor="FF000000")

    reading = plan(ROWS, change)
    assert isinstance(reading, Reading)
    assert [shown(r.due) for r in reading.rows] == ["", "2031-Q2", "2031-Q3", "2031-Q4"]
    assert [f.code for f in reading.questions] == ["import_plan.two_marks"]


def test_colours_of_a_rule_are_asked_about() -> None:
    def change(_: Any, sheet: Worksheet) -> None:
        sheet.conditional_formatting.add("C2:G3", CellIsRule("equal", ["2"], fill=BLUE))

    reading = plan(ROWS, change)
    assert isinstance(reading, Reading)
    assert [str(f.place) for f in reading.questions if f.code == "import_plan.painted"] == [
        "plan.xlsx:Plan!C2:G2", "plan.xlsx:Plan!C3:G3",
    ]  # fmt: skip


def test_a_timeline_that_goes_on_beyond_the_mapping_is_read_to_its_end() -> None:
    def more(_: Any, sheet: Worksheet) -> None:
        sheet["H1"], sheet["H2"], sheet["I1"] = "Q2 2032", "x", "Notes"

    assert first([(1, "Dredge", None, None, None, None, "x")], more) == ("2032-Q1/2032-Q2", [])


def test_headings_that_are_no_periods_or_out_of_order_are_refused() -> None:
    def odd(_: Any, sheet: Worksheet) -> None:
        sheet["E1"] = "Total"

    def back(_: Any, sheet: Worksheet) -> None:
        sheet["E1"] = "Q1 2030"

    for change, code in ((odd, "import_plan.no_period"), (back, "import_plan.periods_order")):
        reading = plan(ROWS, change)
        assert isinstance(reading, Refused)
        assert [f.code for f in reading.faults] == [code]


@given(st.lists(st.booleans(), min_size=5, max_size=5))
@settings(max_examples=40, deadline=None)
def test_marks_without_a_gap_are_their_span_and_with_one_a_question(marked: list[bool]) -> None:
    cells = ["x" if m else None for m in marked]
    due, asked = first([(1, "Dredge", *cells)])
    at = [n for n, m in enumerate(marked) if m]
    if at and at[-1] - at[0] + 1 > len(at):
        assert (due, asked) == ("", ["import_plan.gap"])
        return
    names = [f"{q[3:]}-{q[:2]}" for q in QUARTERS]
    assert asked == []
    assert due == ("" if not at else names[at[0]] if len(at) == 1 else f"{names[at[0]]}/{names[at[-1]]}")


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (["2031 / Q1", "2031 / Q2"], ["2031-Q1", "2031-Q2"]),
        (["2031 год / I кв.", "2032 год / I кв."], ["2031-Q1", "2032-Q1"]),
        ([f"2031 / {m}" for m in "JFMAMJJASOND"], [f"2031-{n:02}" for n in range(1, 13)]),
        ([f"2031 / {n}" for n in ("I", "II", "III", "IV")], [f"2031-Q{n}" for n in range(1, 5)]),
        (["2031-01-01", "2031-02-01", "2031-03-01"], ["2031-01", "2031-02", "2031-03"]),
        (["2031-01-06", "2031-01-13", "2031-01-20"],
         ["2031-01-06/2031-01-12", "2031-01-13/2031-01-19", "2031-01-20/2031-01-26"]),
        (["Timeline / 2031", "Timeline / 2032"], ["2031", "2032"]),
        (["Calendrier 2031 / T1", "Calendrier 2031 / T2"], ["2031-Q1", "2031-Q2"]),
        (["2031/32 / Q1", "2031/32 / Q2"], [None, None]),
        (["Q1", "Total"], [None, None]),
        (["2031 / J", "2031 / F"], [None, None]),
    ],
)  # fmt: skip
def test_headings_as_periods(headings: list[str], periods: list[str | None]) -> None:
    assert [p.expr if p else None for p in read_periods(headings)] == periods


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ([("Year", 2031), ("Quarter", "II")], "2031-Q2"),
        ([("Quarter", 3), ("Year", "2031")], "2031-Q3"),
        ([("Quarter", "I-III"), ("Year", 2031)], "2031-Q1/2031-Q3"),
        ([("Month", "March"), ("Year", 2031)], "2031-03"),
        ([("Month", 11), ("Year", 2031)], "2031-11"),
        ([("Месяц", "XI"), ("Год", 2031)], "2031-11"),
        ([("Day", 5), ("Month", 11), ("Year", 2031)], "2031-11-05"),
        ([("Полугодие", "II"), ("Год", "2031 г.")], "2031-H2"),
        ([("Year", 2031), ("Quarter", "-")], "2031"),
        ([("Year", 2031), ("Quarter", "Q3 2031")], "2031-Q3"),
        ([("Year", 2031), ("Quarter", "end of Q3")], "by 2031-Q3"),
    ],
)
def test_a_year_and_its_part_are_read_together(cells: list[tuple[str, object]], due: str) -> None:
    read = read_together(cells)
    assert not isinstance(read, Unsure), read
    assert read.due and read.due.expr == due


@pytest.mark.parametrize(
    "cells",
    [
        [("Quarter", "II")],
        [("Quarter", 2)],
        [("Year", 2031), ("Quarter", 5)],
        [("Year", 2031), ("Phase", 2)],
        [("Year", 2031), ("Quarter", "Q3 2032")],
        [("Start year", 2031), ("Year", 2032), ("Quarter", 1)],
        [("Year", "2031-2033"), ("Quarter", "Q2")],
        [("Year", 2031), ("Quarter", "Q2, Q4")],
        [("Year", 2031), ("Month", 13)],
    ],
)
def test_what_does_not_fit_together_is_asked_about(cells: list[tuple[str, object]]) -> None:
    assert isinstance(read_together(cells), Unsure)


def test_a_bare_quarter_takes_the_year_of_the_plan() -> None:
    read = read_together([("Quarter", 2)], Ways(year=2031))
    assert not isinstance(read, Unsure)
    assert read.due and read.due.expr == "2031-Q2"


def test_columns_read_together_answer_to_their_range_and_to_their_words() -> None:
    rows = (("No", "Action", "Quarter", "Year"), ("1", "Dredge", "5", "2031"), ("2", "Light", "6", "2031"))
    file = read_plan("plan.csv", delimited(rows))
    assert isinstance(file, PlanFile)
    columns = Columns(number="No", what="Action", deadline=("Quarter", "Year"))
    asked = Mapping(plan=Plan(id="p"), columns=columns)
    answered = Mapping(columns=columns, answers={"C2:D2": "2031-Q4", "6 2031": "none"})
    for mapping, dues in ((asked, ["", ""]), (answered, ["2031-Q4", "none"])):
        laid = lay(file, mapping)
        assert not isinstance(laid, Refused)
        assert [shown(r.due) for r in read_rows(file, laid, mapping).rows] == dues


def test_a_date_that_is_written_and_one_that_is_drawn_have_to_agree() -> None:
    def read(date: str) -> tuple[str, list[str]]:
        rows = (("No", "Action", "Deadline", *QUARTERS), (1, "Dredge", date, "x", "x", None, None, None))
        file = read_plan("plan.xlsx", xlsx(rows))
        assert isinstance(file, PlanFile)
        mapping = Mapping(
            columns=Columns(what="Action", deadline="Deadline"),
            timeline=Timeline(first=QUARTERS[0], last=QUARTERS[-1]),
        )
        laid = lay(file, mapping)
        assert not isinstance(laid, Refused)
        row = read_rows(file, laid, mapping).rows[0]
        return shown(row.due), [f.code for f in row.questions]

    assert read("15 June 2031") == ("2031-06-15", [])
    assert read("15 August 2031") == ("", ["import_plan.two_deadlines"])
