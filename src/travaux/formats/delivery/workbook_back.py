"""A workbook that came back: which cells a person changed, read without ever saving the file again.

Each changed cell is a `Change` with its address; what cannot be read is a fault with the address, never
skipped. Rows may be sorted, filtered or hidden; a row is known by its token, else by its measure's id. New
rows and unknown headings are faults: a person has to say what they mean.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from travaux.acts.collector import collector_resting
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.delivery.workbook import BASE, SHEET, filled, heading

LARGEST = 20_000_000  # bytes
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that a person filled in or changed: for which `measure`, which `field`, from what to what.

    `token` is that of the row as it was written, `address` the cell in the returned file (``K12``).
    """

    measure: str
    token: str
    field: str
    old: str
    new: str
    address: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook read back: for which register and reader it was made, its changes, and what was odd.

    `rows` are the measures found, with the number of the row in the file.
    """

    register: str
    reader: str
    changes: tuple[Change, ...]
    odd: tuple[Fault, ...]
    rows: Mapping[str, int]


@collector_resting()
def read_back(data: bytes, where: str) -> Returned | Refused:
    """What changed in a returned workbook. Refused: no workbook, one without our hidden sheet, too large."""
    if len(data) > LARGEST:
        return refused("plan.large", Place(where), size=len(data), most=LARGEST)
    try:
        book = load_workbook(io.BytesIO(data), data_only=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError) as error:
        return refused("plan.no_workbook", Place(where), detail=str(error) or type(error).__name__)
    if SHEET not in book.sheetnames or BASE not in book.sheetnames:
        return refused("plan.not_ours", Place(where))
    sheet, base = book[SHEET], book[BASE]
    written = _written(base)
    if written is None or sheet.max_row > MOST_ROWS:
        return refused("plan.not_ours", Place(where))
    head, rows = written
    return _Reading(where, sheet, head, rows).read()


def _written(base: Worksheet) -> tuple[dict[str, Any], dict[str, dict[str, str]]] | None:
    try:
        head = json.loads(str(base.cell(1, 1).value))
        rows = [json.loads(str(base.cell(n, 1).value)) for n in range(2, base.max_row + 1)]
        return head, {row["token"]: row for row in rows}
    except (ValueError, KeyError, TypeError):
        return None


class _Reading:
    """One pass over the sheet; faults are collected, so that all of them are told at once."""

    def __init__(
        self, where: str, sheet: Worksheet, head: Mapping[str, Any], written: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.where, self.sheet, self.head, self.written = where, sheet, head, written
        self.fields: Sequence[str] = head["fields"]
        self.odd: list[Fault] = []
        self.rows: dict[str, int] = {}
        self.by_id = {token.partition("~")[0]: token for token in written}

    def read(self) -> Returned | Refused:
        columns = self._columns()
        changes = [c for n in range(2, self.sheet.max_row + 1) for c in self._row(n, columns)]
        lost = [m for m in self.by_id if m not in self.rows]
        self.odd += [Fault("plan.row_gone", Place(self.where), {"measure": m}) for m in sorted(lost)]
        return Returned(
            self.head["register"], self.head["reader"], tuple(changes), tuple(self.odd), self.rows
        )

    def _columns(self) -> dict[str, int]:
        """Field -> column, by position where the heading is as written, else by the heading itself."""
        found: dict[str, int] = {}
        heads = {self._plain(1, c): c for c in range(1, self.sheet.max_column + 1)}
        for field, wanted in zip(self.fields, self._headings(), strict=True):
            if wanted in heads:
                found[field] = heads.pop(wanted)
            elif field == "token" or field in filled(self.fields):
                self._fault(1, self.fields.index(field) + 1, "plan.heading_gone", heading=wanted)
        for other, column in heads.items():
            if other:
                self._fault(1, column, "plan.heading_unknown", heading=other)
        return found

    def _headings(self) -> Iterator[str]:
        """The headings as they were written; they follow from the fields."""
        names = self.head.get("names", {})
        return (heading(field, names) for field in self.fields)

    def _row(self, n: int, columns: Mapping[str, int]) -> Iterator[Change]:
        if not any(self._plain(n, c) for c in columns.values()):
            return
        token = self._token(n, columns)
        if token is None:
            return
        measure = token.partition("~")[0]
        if measure in self.rows:
            self._fault(n, 1, "plan.row_twice", measure=measure, row=self.rows[measure])
            return
        self.rows[measure] = n
        base = self.written[token]
        for field in filled(self.fields):
            if field not in columns:
                continue
            cell = self.sheet.cell(n, columns[field])
            value = self._value(cell, n, columns[field], field)
            if value is not None and value != base.get(field, ""):
                yield Change(measure, token, field, base.get(field, ""), value, _address(cell))

    def _token(self, n: int, columns: Mapping[str, int]) -> str | None:
        """The token of a row: its own, else that of its measure's id; a row without either is asked about."""
        own = self._plain(n, columns["token"]) if "token" in columns else ""
        if own in self.written:
            return own
        measure = self._plain(n, columns["id"]) if "id" in columns else ""
        if measure in self.by_id:
            self._fault(n, columns.get("token", 1), "plan.token_lost", measure=measure)
            return self.by_id[measure]
        self._fault(n, columns.get("id", 1), "plan.row_unknown", measure=measure or "-")
        return None

    def _value(self, cell: Cell | MergedCell, n: int, column: int, field: str) -> str | None:
        """The text of a cell; None, with a fault, where it holds what cannot be taken over."""
        if isinstance(cell, MergedCell):
            self._fault(n, column, "plan.merged")
            return None
        if cell.data_type == "f":
            self._fault(n, column, "plan.formula")
            return None
        if cell.data_type == "e":
            self._fault(n, column, "plan.error", value=cell.value)
            return None
        value = cell.value
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if value is not None and not isinstance(value, str) and field == "ask_date":
            self._fault(n, column, "plan.no_date", value=value)
            return None
        return "" if value is None else str(value).strip()

    def _plain(self, n: int, column: int) -> str:
        value = self.sheet.cell(n, column).value
        return "" if value is None else str(value).strip()

    def _fault(self, n: int, column: int, code: str, **values: object) -> None:
        address = _address(self.sheet.cell(n, column))
        self.odd.append(Fault(code, Place(f"{self.where}:{address}"), values))


def _address(cell: Cell | MergedCell) -> str:
    return str(cell.coordinate)
