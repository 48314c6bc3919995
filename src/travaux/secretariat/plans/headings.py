"""Where the table of a sheet begins: its rows of headings, and which column stands under which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Final

import msgspec
from openpyxl.utils import column_index_from_string, get_column_letter

from travaux.acts.fault import Fault, Place, Refused, refused_all
from travaux.acts.when import When
from travaux.formats.plans.bodies import alike
from travaux.formats.plans.cells import Line, PlanFile, Sheet
from travaux.formats.plans.periods import JOINT, ascending, read_periods
from travaux.formats.plans.timed import Ways
from travaux.secretariat.plans.mapping import Mapping, names_of

_LETTER: Final = re.compile(r"[A-Z]{1,2}\Z")
LOOKED: Final = 80  # rows from the top in which headings are looked for


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet whose headings were found: the columns of each role, and the rows below the headings.

    `headings` are the texts of all columns; `line` is the number of the first row of headings. `periods`
    are those of the columns of the role ``timeline``.
    """

    sheet: Sheet
    columns: Table[str, tuple[int, ...]]
    headings: Table[int, str]
    line: int
    body: Sequence[Line]
    periods: Table[int, When] = field(default_factory=dict)

    def column(self, role: str) -> int:
        """The first column of a role, 0 where there is none."""
        return next(iter(self.columns.get(role, ())), 0)


def headings_at(sheet: Sheet, at: int, rows: int) -> dict[int, str]:
    """The heading of each column in `rows` rows from the one with index `at`, its parts joined.

    A heading merged over several columns belongs to each; one without a merge reaches to the next one only
    where the row below goes on under it.
    """
    parts: dict[int, list[str]] = {}
    lines = sheet.lines[at : at + rows]
    for depth, line in enumerate(lines):
        texts = {c: one_line(cell.text) for c, cell in line.cells.items() if cell.text and not cell.spread}
        for row, first, last in sheet.spans:
            if row == line.n and first in texts:
                texts.update(dict.fromkeys(range(first, last + 1), texts[first]))
        if depth + 1 < len(lines):
            texts |= dict(_reaching(texts, lines[depth + 1]))
        for column, text in texts.items():
            parts.setdefault(column, []).append(text)
    return {c: JOINT.join(dict.fromkeys(p)) for c, p in sorted(parts.items())}


def _reaching(texts: Table[int, str], below: Line) -> Iterator[tuple[int, str]]:
    """Headings that stand over columns without one of their own, as in files that know no merged cells."""
    last = ""
    for column in range(1, max(below.cells, default=0) + 1):
        last = texts.get(column, last)
        if column not in texts and last and below.text(column) and below.text(column - 1):
            yield column, last


def one_line(text: str) -> str:
    """A heading on one line."""
    return " ".join(text.split())


def lay(file: PlanFile, mapping: Mapping) -> list[Laid] | Refused:
    """Every sheet that the mapping speaks of, with its columns found by heading, wherever they moved.

    Refused, by sheet: a heading of the mapping that is not there, or stands there twice; no such sheet.
    """
    named = set(mapping.table.sheets)
    sheets = [s for s in file.sheets if s.lines and (s.name in named if named else not s.hidden)]
    faults = [
        Fault("import_plan.no_sheet", Place(file.name), {"sheet": n})
        for n in mapping.table.sheets
        if n and n not in {s.name for s in file.sheets}
    ]
    made: list[Laid] = []
    lost: list[Fault] = []
    for sheet in sheets:
        found = _laid(file, sheet, mapping)
        if isinstance(found, Laid):
            made.append(found)
        elif named or len(sheets) == 1:
            faults += found.faults
        else:
            lost += found.faults
    if not made:
        faults = faults or lost or [Fault("import_plan.no_rows", Place(file.name))]
    return refused_all(faults) or made


def roles(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """Role -> the columns the mapping names for it; a party's own as ``lead@PARTY``."""
    held: dict[str, str | list[str]] = msgspec.to_builtins(mapping.columns)
    found = {r: names_of(tuple(v) if isinstance(v, list) else v) for r, v in held.items()}
    for side in mapping.side:
        found |= {f"{r}@{side.party}": names_of(getattr(side, r)) for r in ("lead", "also", "status")}
    found["timeline"] = names_of(tuple(dict.fromkeys((mapping.timeline.first, mapping.timeline.last))))
    return {r: names for r, names in found.items() if names}


def ways_of(mapping: Mapping) -> Ways:
    """How the source writes dates, as far as its mapping says."""
    dates = mapping.dates
    return Ways(dates.order, mapping.plan.year, dates.financial_year, dates.serials)


def _laid(file: PlanFile, sheet: Sheet, mapping: Mapping) -> Laid | Refused:
    wanted = roles(mapping)
    at = _header(sheet, mapping, [n for names in wanted.values() for n in names])
    headings = headings_at(sheet, at, mapping.table.rows) if at is not None else {}
    columns: dict[str, tuple[int, ...]] = {}
    faults: list[Fault] = []
    for role, names in wanted.items():
        found = [(name, _column(name, headings)) for name in names]
        columns[role] = tuple(c[0] for _, c in found if c)
        place = Place(file.place(sheet, str(sheet.lines[at or 0].n)))
        faults += [
            Fault("import_plan.heading_gone", place, {"heading": n, "role": role}) for n, c in found if not c
        ]
        faults += [
            Fault(
                "import_plan.heading_twice",
                place,
                {"heading": n, "columns": ", ".join(map(get_column_letter, c))},
            )
            for n, c in found
            if len(c) > 1
        ]
    if faults or at is None:
        return refused_all(faults) or Refused((Fault("import_plan.no_rows", Place(file.name)),))
    body = sheet.lines[at + mapping.table.rows :]
    line = sheet.lines[at].n
    heads = file.place(sheet, str(line + mapping.table.rows - 1))
    periods = _periods(columns.get("timeline", ()), headings, mapping, heads)
    if isinstance(periods, Refused):
        return periods
    if periods:
        columns["timeline"] = tuple(periods)
    return Laid(sheet, columns, headings, line, body, periods)


def _periods(
    ends: tuple[int, ...], headings: Table[int, str], mapping: Mapping, row: str
) -> dict[int, When] | Refused:
    """The period of each column of the timeline. Refused: a heading that is none, or out of order."""
    columns = _grown(range(min(ends), max(ends) + 1), headings, mapping) if ends else range(0)
    given = {alike(k): v for k, v in mapping.timeline.periods.items()}
    read = read_periods([headings.get(c, "") for c in columns], ways_of(mapping))
    found: dict[int, When] = {}
    for column, period in zip(columns, read, strict=True):
        heading = headings.get(column, "")
        said = given.get(alike(heading)) or given.get(alike(get_column_letter(column)))
        made = When.parse(said) if said else period
        if not isinstance(made, When):
            letter = get_column_letter(column)
            place = Place(re.sub(r"(\d+)\Z", rf"{letter}\1", row))
            return Refused((Fault("import_plan.no_period", place, {"heading": heading or "-"}),))
        found[column] = made
    if not ascending(list(found.values())):
        return Refused((Fault("import_plan.periods_order", Place(row), {}),))
    return found


def _grown(columns: range, headings: Table[int, str], mapping: Mapping) -> range:
    """The columns, with those beside them that are headed by the periods before and after: a later edition
    goes on for longer, and no mark there may be lost."""
    every = range(1, max(headings, default=0) + 1)
    read = dict(zip(every, read_periods([headings.get(c, "") for c in every], ways_of(mapping)), strict=True))
    first, last = columns.start, columns.stop - 1
    while (a := read.get(last)) and (b := read.get(last + 1)) and ascending((a, b)):
        last += 1
    while (b := read.get(first)) and (a := read.get(first - 1)) and ascending((a, b)):
        first -= 1
    return range(first, last + 1)


def _column(name: str, headings: Table[int, str]) -> tuple[int, ...]:
    """The columns a name means: those with that heading, else that letter."""
    found = tuple(c for c, h in headings.items() if alike(h) == alike(name))
    if found or not _LETTER.match(name):
        return found
    return (column_index_from_string(name),)


def _header(sheet: Sheet, mapping: Mapping, names: Sequence[str]) -> int | None:
    """The index of the row where most of the headings stand: the one named, or wherever they went."""
    by_heading = [n for n in names if not _LETTER.match(n)]
    hint = next((i for i, line in enumerate(sheet.lines) if line.n == mapping.table.header), None)
    if not by_heading:
        return hint if hint is not None else 0
    order = [*([hint] if hint is not None else []), *range(min(LOOKED, len(sheet.lines)))]
    scored = [
        (sum(bool(_column(n, headings_at(sheet, i, mapping.table.rows))) for n in by_heading), -k, i)
        for k, i in enumerate(order)
    ]
    best = max(scored, default=(0, 0, 0))
    return best[2] if best[0] else hint
