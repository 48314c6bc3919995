"""Cells of the workbook: texts and nothing else, whatever they begin with; the ones to fill in are marked."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from tests.views.delivered import board_of, played
from travaux.formats.delivery.workbook import SHEET, measures_xlsx
from travaux.views.delivered.board import board_values

HELD: dict[str, Any] = {**board_values(board_of(played())), "reader": "arvia"}


def sheet_of(what: str) -> Any:
    """The sheet of a board whose measures are called so."""
    rows = [{**row, "what": what} for row in HELD["rows"]]
    return load_workbook(io.BytesIO(measures_xlsx(msgspec.json.encode({**HELD, "rows": rows}))))[SHEET]


@pytest.mark.parametrize("what", ["=1+1", "#N/A", "12", "2031-01-01", " edge ", "+1", "x" * 40_000])
def test_a_text_stays_a_text(what: str) -> None:
    cell = sheet_of(what)["D2"]
    assert cell.value == what[:32767]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    assert sheet_of("a\x0bb\x00")["D2"].value == "ab"


def test_cells_to_fill_in_are_shaded_even_when_empty_and_others_are_not() -> None:
    sheet = sheet_of("x")
    for column in sheet.iter_cols(min_row=1):
        pen = str(column[0].value).startswith("✎")
        assert column[0].font.bold
        for cell in column[1:]:
            assert (cell.fill.fgColor.rgb == "00FFF4CC") == pen
