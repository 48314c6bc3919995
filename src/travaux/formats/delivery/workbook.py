"""Measures as an Excel workbook for one reader, to be filled in and sent back.

Sheet ``Measures`` has one row a measure. A hidden first column holds the row's token: its id and the hash of
what the register said when it was written. Cells to fill in are marked in their heading (✎). A hidden sheet
``base`` keeps what was written into them, so that a returned file is compared three ways (`workbook_back`).
Texts are typed as texts: none becomes a formula.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from travaux.acts.collector import collector_resting
from travaux.acts.when import When

Sheet = Any  # a sheet of a write-only workbook; the published types of openpyxl do not have its columns
SHEET: Final = "Measures"
BASE: Final = "base"
PEN: Final = "✎"
CLAIMS: Final = ("not_started", "under_way", "done", "done_in_part", "will_not_be_done", "not_ours")
ANSWERS: Final = ("accepts", "disputes", "needs_evidence")
TOLD: Final = ("id", "number", "what", "programme", "due", "first_due", "state", "owed_by", "others")
FILLED: Final = ("claim", "claim_words", "evidence", "ask_date", "ask_reason")
_HEADS: Final = {
    "token": "Token (do not change)", "id": "Measure", "number": "No.", "what": "What", "programme": "Under",
    "due": "Due", "first_due": "First due", "state": "State", "owed_by": "Owed by",
    "others": "The others say",
    "claim": f"{PEN} Our claim", "claim_words": f"{PEN} In our words", "evidence": f"{PEN} Evidence",
    "ask_date": f"{PEN} Other date asked for", "ask_reason": f"{PEN} Why",
    "answer": f"{PEN} Our answer to {{party}}", "answer_why": f"{PEN} Why ({{party}})",
}  # fmt: skip
_WIDTHS: Final = {"what": 60, "others": 50, "claim_words": 40, "evidence": 30, "ask_reason": 40}
_UNWRITABLE: Final = {n: None for n in range(32) if chr(n) not in "\t\n"}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@collector_resting()
def measures_xlsx(board: bytes) -> bytes:
    """The workbook of a board, for the reader it was made for (``reader``: a party's id, or "public").

    The public one has nothing to fill in. The same board gives the same bytes.
    """
    held: dict[str, Any] = json.loads(board)
    fields = fields_of(held)
    book = Workbook(write_only=True)
    values = [values_of(held, row, fields) for row in held["rows"]]
    _write(book.create_sheet(SHEET), fields, values, held)
    base = book.create_sheet(BASE)
    base.sheet_state = "hidden"
    head = {
        "register": held["register_id"],
        "reader": held["reader"],
        "fields": fields,
        "names": _names(held),
    }
    kept = ("token", *filled(fields))
    texts = Texts(base, [Look()])
    for written in (head, *({k: found[k] for k in kept} for found in values)):
        texts.append([json.dumps(written, ensure_ascii=False)])
    stamp = datetime.fromisoformat(held["as_of"])
    book.properties.created = book.properties.modified = stamp
    out = io.BytesIO()
    book.save(out)
    return _same(out.getvalue(), stamp)


def fields_of(held: Mapping[str, Any]) -> list[str]:
    """The columns: what is told, then what the reader may fill in.

    A party fills in its own claims and requests, and an answer to each other party that owes.
    """
    reader = held["reader"]
    if reader == "public":
        return ["token", *TOLD]
    owing = dict.fromkeys(c["party"] for row in held["rows"] for c in row["cells"])
    answers = [f"{kind}:{p}" for p in owing if p != reader for kind in ("answer", "answer_why")]
    return ["token", *TOLD, *(FILLED if reader in owing else ()), *answers]


def filled(fields: Sequence[str]) -> list[str]:
    """Those of the columns that are to be filled in."""
    return [f for f in fields if f != "token" and f not in TOLD]


def values_of(held: Mapping[str, Any], row: Mapping[str, Any], fields: Sequence[str]) -> dict[str, str]:
    """What stands in each column of a measure's row, as text."""
    cells = {c["party"]: c for c in row["cells"]}
    own = cells.get(held["reader"])
    claim = own["claims"][-1] if own and own["claims"] else None
    values = {
        "id": row["id"], "number": row["number"], "what": row["what"], "programme": row["programme_name"],
        "due": _day(row["due"]) or row["due_when"],
        "first_due": _day(row["dates"][0]["on"]) or row["dates"][0]["when"],
        "state": row["group_word"] + (f", {row['overdue_days']} d" if row["overdue_days"] else ""),
        "owed_by": ", ".join(c["name"] for c in row["cells"]),
        "others": "\n".join(_others(held["reader"], row)),
        "claim": claim["code"] if claim else "", "claim_words": claim["words"] if claim else "",
        "evidence": "; ".join(e["what"] for e in claim["evidence"]) if claim else "",
        "ask_date": "", "ask_reason": "",
    }  # fmt: skip
    for party, cell in cells.items():
        said = next((r["said"] for r in cell["replies"] if r["party"] == held["reader"]), None)
        values[f"answer:{party}"] = said["code"] if said else ""
        values[f"answer_why:{party}"] = (said["words"] or said["reason"]) if said else ""
    shown = {f: values.get(f, "") for f in fields if f != "token"}
    return {"token": token_of(row), **shown}


def token_of(row: Mapping[str, Any]) -> str:
    """The id of a measure and the hash of everything that acts have said of it."""
    said = [row["acts"], [d["acts"] for d in row["dates"]], row["obligation"]]
    for cell in row["cells"]:
        said.append([c["act"] for c in cell["claims"]])
        said.append([r["said"]["act"] for r in cell["replies"] if r["said"]])
    return f"{row['id']}~{sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]}"


def heading(field: str, names: Mapping[str, str]) -> str:
    """The heading of a column; `names` are those of the parties."""
    kind, _, party = field.partition(":")
    return _HEADS[kind].format(party=names.get(party, party))


def _names(held: Mapping[str, Any]) -> dict[str, str]:
    return {c["party"]: c["name"] for row in held["rows"] for c in row["cells"]}


def _others(reader: str, row: Mapping[str, Any]) -> Iterator[str]:
    """What the other parties claim and answer, one line a party."""
    for cell in row["cells"]:
        if cell["party"] != reader and cell["claims"]:
            yield f"{cell['name']}: " + "; ".join(f"{c['word']} ({c['when']})" for c in cell["claims"])
        for reply in cell["replies"]:
            if reply["party"] != reader and reply["said"]:
                said = reply["said"]
                yield f"{reply['name']}: {said['word']}, {said['words'] or said['reason']}"


def _write(
    sheet: Sheet,
    fields: Sequence[str],
    values: Sequence[Mapping[str, str]],
    held: Mapping[str, Any],
) -> None:
    kinds = [field.partition(":")[0] for field in fields]
    for column, kind in enumerate(kinds, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(kind, 18)
        choices = CLAIMS if kind == "claim" else ANSWERS if kind == "answer" else ()
        if choices and values:
            _choose(sheet, column, len(values), choices)
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = "C2"
    names, open_fields = _names(held), set(filled(fields))
    Texts(sheet, [BOLD] * len(fields)).append([heading(field, names) for field in fields])
    texts = Texts(sheet, [PEN_LOOK if field in open_fields else PLAIN for field in fields])
    for row in values:
        texts.append([row[field] for field in fields])


def _choose(sheet: Sheet, column: int, rows: int, choices: Sequence[str]) -> None:
    letter = get_column_letter(column)
    listed = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    listed.add(f"{letter}2:{letter}{rows + 1}")
    sheet.data_validations.append(listed)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; one with a `shade` is to be filled in, and is drawn when empty too."""

    bold: bool = False
    wrap: bool = False
    shade: str = ""


BOLD: Final = Look(bold=True)
PLAIN: Final = Look(wrap=True)
PEN_LOOK: Final = Look(wrap=True, shade="FFF4CC")


class _Text(Cell):
    """A cell whose style is known by its number: openpyxl would look it up for every cell it writes."""

    __slots__ = ("number",)
    number: int
    has_style = True

    @property
    def style_id(self) -> int:
        return self.number

    def __repr__(self) -> str:
        return "<Text>"  # openpyxl makes one for each cell that it is given, and drops it


class Texts:
    """Lines of one sheet whose cells hold text and nothing else, whatever it begins with.

    Each column has one cell, which is written again and again: a write-only sheet is done with a line as
    soon as it is given. An empty text has no cell, or an empty one where the look has a shade.
    """

    def __init__(self, sheet: Sheet, looks: Sequence[Look]) -> None:
        self._sheet = sheet
        numbers = {look: _number(sheet, look) for look in dict.fromkeys(looks)}
        self._cells = [_text(sheet, numbers[look]) for look in looks]
        self._empty = [_text(sheet, numbers[look]) if look.shade else None for look in looks]

    def append(self, line: Sequence[str]) -> None:
        """A line of texts; characters that a workbook cannot hold are left out."""
        self._sheet.append([
            _filled(cell, value) if value else empty
            for cell, empty, value in zip(self._cells, self._empty, line, strict=True)
        ])  # fmt: skip


def _filled(cell: _Text, value: str) -> _Text:
    cell.value = value.translate(_UNWRITABLE) or None
    cell.data_type = "s"
    return cell


def _text(sheet: Sheet, number: int) -> _Text:
    made = _Text(sheet, row=1, column=1)
    made.number = number
    return made


def _number(sheet: Sheet, look: Look) -> int:
    """The number of a look among the styles of the workbook."""
    first = WriteOnlyCell(sheet, "")
    first.font = Font(bold=look.bold)
    first.alignment = Alignment(wrap_text=look.wrap, vertical="top")
    if look.shade:
        first.fill = PatternFill("solid", fgColor=look.shade)
    first.quotePrefix = True
    return int(first.style_id)


def _day(text: str) -> str:
    """A date as ISO day where it is one exact day; "" for periods, open dates and none."""
    made = When.parse(text) if text else None
    if not isinstance(made, When) or made.last == date.max:
        return ""
    return made.last.isoformat() if made.exact or text.startswith("by ") else ""


def _same(data: bytes, stamp: datetime) -> bytes:
    """The same package with the time of its parts fixed, so that the same content is the same bytes."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _stamped(part, stamp)
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()


def _stamped(core: bytes, stamp: datetime) -> bytes:
    """openpyxl writes the time of saving into the properties; the board's day stands there instead."""
    day = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day, core)
