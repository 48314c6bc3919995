"""The answer to a returned workbook: every row of it with a result and a reason, as a workbook of its own.

The returned file is never saved again: whatever else its author keeps in it stays untouched.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from travaux.formats.delivery.workbook import BOLD, PLAIN, Texts

_HEADS = ("Row", "Measure", "Result", "Acts", "Reason")
_WIDTHS = (8, 30, 14, 30, 90)


def answer_xlsx(rows: Iterable[tuple[int, str, str, str, str]]) -> bytes:
    """The workbook of (row, measure, result, acts, reason), in that order."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Answer")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    Texts(sheet, [BOLD] * len(_HEADS)).append(_HEADS)
    texts = Texts(sheet, [PLAIN] * len(_HEADS))
    for row in rows:
        texts.append([str(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
