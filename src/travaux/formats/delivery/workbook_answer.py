"""The answer to a returned workbook: every row of it with a result and a reason, as a workbook of its own.

The returned file is never saved again: whatever else its author keeps in it stays untouched.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from travaux.formats.delivery.workbook import write_text

_HEADS = ("Row", "Measure", "Result", "Acts", "Reason")
_WIDTHS = (8, 30, 14, 30, 90)


def answer_xlsx(rows: Iterable[tuple[int, str, str, str, str]]) -> bytes:
    """The workbook of (row, measure, result, acts, reason), in that order."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Answer"
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        write_text(sheet, 1, column, head)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for n, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            write_text(sheet, n, column, str(value))
            sheet.cell(n, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
