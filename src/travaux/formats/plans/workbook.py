"""Excel workbooks as people publish them: merged and hidden cells, formulas, colours, dates of every make."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.plans.cells import Cell, Line, PlanFile, Sheet, text_of, with_text

MOST_UNPACKED: Final = 400_000_000  # bytes
MOST_CELLS: Final = 2_000_000
MOST_SPREAD: Final = 500  # rows that one merged cell is shown in
# What openpyxl raises for files that are no sound workbooks; the detail is told.
_UNSOUND: Final = (
    BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, TypeError, AttributeError,
    IndexError, SyntaxError, NotImplementedError, RuntimeError,
    zlib.error, struct.error, ArithmeticError, AssertionError,
)  # fmt: skip
_NO_FILL: Final = ("00000000", "FFFFFFFF", "00FFFFFF")


def read_workbook(name: str, data: bytes) -> PlanFile | Refused:
    """The sheets of a workbook, hidden ones marked; formulas by the value kept with them.

    Refused: a file that is no workbook or unpacks to too much.
    """
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            sort = _other_sort(packed.namelist())
            drawn = _has_shapes(packed)
        if size > MOST_UNPACKED:
            return refused("import_plan.large", Place(name), size=size, most=MOST_UNPACKED)
        if sort:
            return refused("import_plan.other_file", Place(name), sort=sort)
        book = load_workbook(io.BytesIO(data), rich_text=False)
        kept = load_workbook(io.BytesIO(data), data_only=True) if _has_formulas(book) else None
        made = [_sheet(s, kept[s.title] if kept else None) for s in book.worksheets]
    except _UNSOUND as error:
        return refused("import_plan.no_workbook", Place(name), detail=str(error) or type(error).__name__)
    sheets, text = with_text(made)
    notes = [
        Fault("import_plan.hidden_sheet", Place(name), {"sheet": s.name})
        for s in sheets
        if s.hidden and s.lines
    ]
    notes += [
        Fault(
            "import_plan.hidden_rows",
            Place(f"{name}:{s.name}"),
            {"rows": ", ".join(rows[:12]), "n": len(rows)},
        )
        for s in sheets
        if not s.hidden and (rows := [str(line.n) for line in s.lines if line.hidden])
    ]
    notes += [Fault("import_plan.shapes", Place(name))] if drawn else []
    return PlanFile(name, data, "xlsx", sheets, text, tuple(notes))


def _has_shapes(packed: ZipFile) -> bool:
    """Whether bars or arrows lie over the cells: drawn shapes and lines, which are in no cell."""
    parts = [n for n in packed.namelist() if n.startswith("xl/drawings/drawing") and n.endswith(".xml")]
    shapes = (b"<xdr:sp ", b"<xdr:sp>", b"<xdr:cxnSp")
    return any(any(s in packed.read(n) for s in shapes) for n in parts[:50])


def _other_sort(names: list[str]) -> str:
    if "word/document.xml" in names:
        return "Word"
    return "OpenDocument" if "mimetype" in names and "xl/workbook.xml" not in names else ""


def _has_formulas(book: Any) -> bool:
    return any(c.data_type == "f" for s in book.worksheets for c in s._cells.values())


def _sheet(sheet: Worksheet, kept: Any) -> Sheet:
    """One sheet; only the cells that the file holds are looked at, however far its formats reach."""
    rows: dict[int, dict[int, Cell]] = {}
    held: dict[tuple[int, int], Any] = sheet._cells
    if len(held) > MOST_CELLS:
        raise ValueError(f"{len(held)} cells")  # noqa: TRY003 - told as the detail of the refusal
    for (n, column), cell in held.items():
        made = _cell(cell, kept)
        if made is not None:
            rows.setdefault(n, {})[column] = made
    spans = []
    for merged in sheet.merged_cells.ranges:
        top = rows.get(merged.min_row, {}).get(merged.min_col)
        if merged.max_col > merged.min_col:
            last = min(merged.max_row, merged.min_row + MOST_SPREAD)
            spans += [(n, merged.min_col, merged.max_col) for n in range(merged.min_row, last + 1)]
        if top and (top.text or top.fill):
            _spread(rows, top, merged)
    lines = tuple(
        Line(n, cells, hidden=bool(sheet.row_dimensions[n].hidden) if n in sheet.row_dimensions else False)
        for n, cells in sorted(rows.items())
        if any(c.text for c in cells.values())
    )
    return Sheet(sheet.title, lines, sheet.sheet_state != "visible", tuple(spans), _painted(sheet))


def _painted(sheet: Worksheet) -> tuple[tuple[int, int, int, int], ...]:
    """The ranges whose colours come from a rule, which only a spreadsheet works out."""
    return tuple(
        (r.min_row, r.max_row, r.min_col, r.max_col)
        for rule in sheet.conditional_formatting
        for r in rule.sqref.ranges
    )


def _spread(rows: dict[int, dict[int, Cell]], top: Cell, merged: Any) -> None:
    """Show the value of a merged cell in each row below that it reaches to."""
    for n in range(merged.min_row + 1, min(merged.max_row, merged.min_row + MOST_SPREAD) + 1):
        address = f"{get_column_letter(merged.min_col)}{n}"
        if n in rows:
            rows[n][merged.min_col] = Cell(top.value, top.text, address, top.address, top.fill, top.struck)


def _cell(cell: Any, kept: Any) -> Cell | None:
    """The cell as we keep it; None where it is empty and has no colour."""
    value, fault = cell.value, ""
    if cell.data_type == "f":
        value = kept[cell.coordinate].value if kept else None
        fault = "import_plan.formula" if value is None else ""
    if cell.data_type == "e" or (
        isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A"))
    ):
        fault = "import_plan.error_value"
    style = cell.has_style
    fill = _fill(cell) if style else ""
    if value is None and not fill and not fault:
        return None
    shown = text_of(value, str(cell.number_format)) or ("=" if fault else "")
    return Cell(
        value, shown, cell.coordinate, fill=fill, fault=fault,
        struck=bool(style and value is not None and cell.font and cell.font.strike),
        link=str(cell.hyperlink.target or "") if getattr(cell, "hyperlink", None) else "",
    )  # fmt: skip


def _fill(cell: Any) -> str:
    """The colour of a filled cell with its hatching, "" for none or white. Tints of a theme are colours."""
    sort = getattr(cell.fill, "fill_type", None)
    if sort in (None, "none"):
        return ""
    colour = _colour(getattr(cell.fill, "fgColor", None))
    return colour if sort == "solid" else f"{sort} {colour}".strip()


def _colour(colour: Any) -> str:
    if colour is None:
        return ""
    if colour.type == "indexed":
        known = COLOR_INDEX[colour.indexed] if colour.indexed < len(COLOR_INDEX) else ""
        return "" if known in _NO_FILL or not known else known[-6:]
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return "" if colour.rgb in _NO_FILL else colour.rgb[-6:]
    if colour.type != "theme" or not (colour.theme or colour.tint):
        return ""
    tint = f" {round(100 * colour.tint):+d} %" if colour.tint else ""
    return f"theme {colour.theme}{tint}"
