"""A table file as cells: each with its value, its text, and the address a person finds it by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from travaux.acts.fault import Fault

_PLACES = re.compile(r"0\.(0+)(?:_\)|;.*)?\Z")
_MARKS = re.compile(r"(?<=[\w).%])\s?(?:\*+|[¹²³⁰⁴-⁹]+|\[\d{1,2}\])\Z")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something, or is coloured.

    `address` is as a spreadsheet names it (``C14``). `text` is the value as text, spaces at its ends gone.
    `spread` is the address of the merged cell above that it shows. `fault` says why its value cannot be
    taken. `fill` is its colour, `struck` that it is crossed out, `link` the address it leads to.
    """

    value: object
    text: str
    address: str
    spread: str = ""
    fill: str = ""
    struck: bool = False
    link: str = ""
    fault: str = ""

    @property
    def unmarked(self) -> str:
        """The text without marks of footnotes at its end."""
        return _MARKS.sub("", self.text) if isinstance(self.value, str) else self.text


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number in the file, its cells by column (from 1), and its characters in the file's text."""

    n: int
    cells: Mapping[int, Cell]
    start: int = 0
    end: int = 0
    hidden: bool = False

    def text(self, column: int) -> str:
        """The text in a column, "" where there is none."""
        cell = self.cells.get(column)
        return cell.text if cell else ""

    @property
    def filled(self) -> list[Cell]:
        """The cells that hold text of their own, from the left."""
        return [c for _, c in sorted(self.cells.items()) if c.text and not c.spread]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows in order, and the ranges merged to the right (row, first and last column).

    `painted` are ranges (first and last row, first and last column) that a rule of the workbook colours.
    """

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False
    spans: tuple[tuple[int, int, int], ...] = ()
    painted: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """The number of its last column."""
        return max((max(line.cells, default=0) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file of tables: its bytes, its sheets, and its text, in which anchors count characters.

    `sort` is xlsx or csv. `notes` say what was odd about it.
    """

    name: str
    data: bytes
    sort: str
    sheets: tuple[Sheet, ...]
    text: str
    notes: tuple[Fault, ...] = field(default=())

    def place(self, sheet: Sheet, address: str) -> str:
        """Where a cell is: ``plan.xlsx:Sheet!C14``, or ``plan.csv:C14``."""
        return f"{self.name}:{sheet.name}!{address}" if sheet.name else f"{self.name}:{address}"


def text_of(value: object, number_format: str = "") -> str:
    """A value as a person reads it in the sheet: whole numbers without a point, days without a clock."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            midnight = value.time() == time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case int() | float():
            return _number(value, number_format)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip(" \t\r\n\xa0\ufeff\u200b")


def _number(value: int | float, number_format: str) -> str:
    places = _PLACES.match(number_format)
    if places:
        return f"{value:.{len(places[1])}f}"
    if number_format.endswith("%"):
        return f"{round(value * 100, 6):g} %"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def with_text(sheets: Iterable[Sheet]) -> tuple[tuple[Sheet, ...], str]:
    """The sheets with each row's place in one text: a line a row, tabs between the cells."""
    parts: list[str] = []
    at = 0
    done = []
    for sheet in sheets:
        head = f"# {sheet.name}\n"
        parts.append(head)
        at += len(head)
        lines = []
        for line in sheet.lines:
            words = "\t".join(" ".join(line.text(c).split()) for c in range(1, max(line.cells) + 1))
            lines.append(Line(line.n, line.cells, at, at + len(words), line.hidden))
            parts.append(f"{words}\n")
            at += len(words) + 1
        done.append(replace(sheet, lines=tuple(lines)))
    return tuple(done), "".join(parts)
