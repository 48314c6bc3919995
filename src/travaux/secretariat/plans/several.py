"""Deadlines that take several columns of a table nobody has described yet: drawn under periods, or a year
beside its quarter, half or month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from typing import Final

from openpyxl.utils import get_column_letter

from travaux.formats.plans import Line, Sheet, Timed
from travaux.formats.plans.periods import JOINT, read_periods
from travaux.formats.plans.timed import Ways
from travaux.formats.plans.together import read_together, unit_of
from travaux.messages import say
from travaux.secretariat.plans.headings import Laid
from travaux.secretariat.plans.heads import period_runs
from travaux.secretariat.plans.mapping import Mapping
from travaux.secretariat.plans.timeline import Timeline
from travaux.secretariat.plans.vocabulary import HEADINGS, NEVER, plain_heading

_FIGURED: Final = ("target", "baseline", "indicator")
_PART: Final = ("quarter", "half", "month")
_SHORT: Final = 3  # characters: letters of a legend under periods
_YEAR: Final = re.compile(r"(?<![\d/–—-])((?:19|20|21)\d\d)(?! ?[/–—-] ?\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Run:
    """Columns headed by periods: whether deadlines are drawn there, and the reason in words. `year` is the
    one year of the title that their headings lack, 0 where they name their own; `yearless` where they lack
    one and none is found."""

    columns: tuple[int, ...]
    drawn: bool
    why: str
    year: int = 0
    yearless: bool = False


def drawn_runs(
    sheet: Sheet, line: int, headings: Table[int, str], body: Sequence[Line], above: str
) -> Iterator[Run]:
    """The runs of columns headed by periods, each told from what stands below it: marks, or other things."""
    for columns in period_runs(headings):
        names = [headings[c] for c in columns]
        bare = not all(read_periods(names))
        years = set(_YEAR.findall(above)) if bare else set()
        year = int(years.pop()) if len(years) == 1 else 0
        periods = read_periods(names, Ways(year=year or 2000))
        what = _widest(body, columns)
        laid = Laid(
            sheet, {"timeline": tuple(columns), "what": (what,)}, headings, line, body,
            {c: p for c, p in zip(columns, periods, strict=True) if p},
        )  # fmt: skip
        yield replace(_told(laid, names), year=year, yearless=bare and not year)


def _told(laid: Laid, names: Sequence[str]) -> Run:
    columns = laid.columns["timeline"]
    timeline = Timeline(laid, Mapping())
    counted = timeline.marked()
    unread = {k: n for k, n in counted.items() if k.startswith("“")}
    signs = sum(counted.values()) - sum(unread.values())
    letters = sum(n for k, n in unread.items() if len(k) <= _SHORT + 2)
    money = any(
        NEVER.match(p) or any(HEADINGS[r].match(p) for r in _FIGURED)
        for n in names for p in map(plain_heading, n.split(JOINT)[:-1])
    )  # fmt: skip
    sure = signs - counted.get("1", 0) - counted.get("colour", 0)
    drawn = not timeline.figures and signs + letters > sum(unread.values()) - letters
    drawn = drawn and (not money or sure > 0)
    values = {
        "first": get_column_letter(columns[0]), "last": get_column_letter(columns[-1]), "from": names[0],
        "to": names[-1], "marks": ", ".join(f"{k} {n}" for k, n in counted.items()) or "-",
    }  # fmt: skip
    painted = bool(laid.sheet.painted) and not counted
    why = "import_plan.why_timeline" if drawn or painted else "import_plan.why_no_timeline"
    return Run(columns, drawn or painted, say(why, values))


def _widest(body: Sequence[Line], columns: Sequence[int]) -> int:
    """The column with most text: rows that have some there are measures."""
    lengths: dict[int, int] = {}
    for line in body:
        for c, cell in line.cells.items():
            if c not in columns and cell.text and not cell.spread:
                lengths[c] = lengths.get(c, 0) + len(cell.text)
    return max(lengths, key=lambda c: lengths[c], default=1)


def beside_years(headings: Table[int, str], body: Sequence[Line]) -> dict[str, tuple[int, ...]]:
    """``deadline`` and ``start`` where each is a year in one column and a part of it in others."""
    units = {c: u for c, h in headings.items() if (u := unit_of(h)) and len(h.rpartition(JOINT)[2]) < 40}
    years = [c for c, u in units.items() if u == "year"]
    found: dict[str, tuple[int, ...]] = {}
    for part in (c for c, u in units.items() if u in _PART):
        stem = _stem(headings[part])
        same = [y for y in years if _stem(headings[y]) == stem] or (years if len(years) == 1 else [])
        year = min(same, key=lambda y: abs(y - part), default=0)
        days = [c for c, u in units.items() if u == "day" and _stem(headings[c]) == stem]
        columns = tuple(sorted({part, year, *days})) if year else ()
        role = "start" if HEADINGS["start"].match(f" {stem} ") else "deadline"
        if columns and role not in found and _reads(columns, headings, body):
            found[role] = columns
    return found


def _stem(heading: str) -> str:
    """A heading without the word for what it counts: “end quarter” and “end year” are of one date."""
    words = [w for w in re.split(r"[\s/_.,()]+", plain_heading(heading)) if w]
    return " ".join(w for w in words if not unit_of(w))


def _reads(columns: Sequence[int], headings: Table[int, str], body: Sequence[Line]) -> bool:
    """Whether most rows that fill all the columns read as a deadline."""
    rows = [[(headings[c], line.cells[c].value) for c in columns if line.text(c)] for line in body[:300]]
    full = [r for r in rows if len(r) == len(columns)]
    good = sum(isinstance(read_together(r), Timed) for r in full)
    return bool(full) and good * 10 >= len(full) * 6
