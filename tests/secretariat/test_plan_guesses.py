"""What is guessed of deadlines that take several columns: marks are told from figures, and reasons given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.plans.houses import delimited, xlsx
from tests.secretariat.layouts.drawn import filled
from tests.secretariat.test_plan_timelines import HEAD, ROWS
from travaux.acts.fault import Refused
from travaux.formats.plans import PlanFile, read_plan
from travaux.secretariat.plans.guessing import Guess, guess
from travaux.secretariat.plans.headings import lay
from travaux.secretariat.plans.mapping import Timeline
from travaux.secretariat.plans.rows import read_rows


def test_a_sheet_that_is_not_read_may_be_a_legend() -> None:
    def change(book: Any, sheet: Worksheet) -> None:
        filled(sheet, "D2:E2")
        key = book.create_sheet("Key")
        key["B1"] = "done"
        filled(key, "A1")

    file = read_plan("plan.xlsx", xlsx((HEAD, *ROWS), change))
    assert isinstance(file, PlanFile)
    made = guess(file, {})
    assert isinstance(made, Guess)
    laid = lay(file, made.mapping)
    assert not isinstance(laid, Refused)
    assert [f.code for f in read_rows(file, laid, made.mapping).questions] == ["import_plan.doubtful_colour"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("No", "Action", "2031", "2032"), (1, "Do it", 100, None), (2, "Do that", None, 1)), "no marks"),
        ((("No", "Action", "2031", "2032"), (1, "Do it", "20%", "100%")), "no marks"),
        ((("No", "Action", "Q1 2031", "Q2 2031"), (1, "Do it", "draft", "adopted")), "no marks"),
        ((("No", "Action", "Q1 2031", "Q2 2031"), (1, "Do it", "x", None)), "hold marks (x 1)"),
    ],
)
def test_only_columns_that_hold_marks_are_guessed_to_be_a_timeline(
    rows: Sequence[Sequence[Any]], words: str
) -> None:
    file = read_plan("plan.xlsx", xlsx(rows))
    assert isinstance(file, PlanFile)
    made = guess(file, {})
    assert isinstance(made, Guess)
    assert (made.mapping.timeline == Timeline()) == (words == "no marks")
    assert any(words in why for why in made.reasons.values())


def test_ones_under_the_heading_of_targets_are_no_marks() -> None:
    rows = (("No", "Action", "Target", None), (None, None, 2031, 2032), (1, "Do it", 0, 1))
    file = read_plan("plan.xlsx", xlsx(rows, lambda _, sheet: sheet.merge_cells("C1:D1")))
    assert isinstance(file, PlanFile)
    made = guess(file, {})
    assert isinstance(made, Guess)
    assert made.mapping.timeline == Timeline()
    assert "hold no marks" in made.reasons["columns"]


def test_periods_without_a_year_take_the_one_of_the_title_or_are_refused() -> None:
    head = ("No", "Action", "Q1", "Q2")
    for title, year, refused in (("Plan 2031", 2031, False), ("Plan 2031-2032", 0, True)):
        file = read_plan("plan.xlsx", xlsx(((title,), head, (1, "Do it", "x", None))))
        assert isinstance(file, PlanFile)
        made = guess(file, {})
        assert isinstance(made, Guess)
        assert made.mapping.plan.year == year
        assert isinstance(lay(file, made.mapping), Refused) == refused
        assert any("which year" in what for what in made.lacking) == refused


def test_an_end_before_the_beginning_is_asked_about() -> None:
    rows = (
        ("No", "Action", "Start month", "End month", "Year"),
        ("1", "Dredge", "November", "February", "2031"),
    )
    file = read_plan("plan.csv", delimited(rows))
    assert isinstance(file, PlanFile)
    made = guess(file, {})
    assert isinstance(made, Guess)
    assert made.mapping.columns.deadline == ("End month", "Year")
    laid = lay(file, made.mapping)
    assert not isinstance(laid, Refused)
    assert [f.code for f in read_rows(file, laid, made.mapping).questions] == ["import_plan.ends_before"]
