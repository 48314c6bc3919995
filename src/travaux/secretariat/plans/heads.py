"""Where the headings of a table that nobody has described yet stand, and over how many rows."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence

from travaux.formats.plans import Sheet, Timed, read_deadline
from travaux.formats.plans.periods import JOINT, ascending, read_periods
from travaux.formats.plans.timed import Ways
from travaux.secretariat.plans.headings import LOOKED, headings_at
from travaux.secretariat.plans.vocabulary import SURE, plain_heading, role_of

_ANY_YEAR = Ways(year=2000)  # stands where headings name quarters or months only


def find_header(sheet: Sheet) -> tuple[int, int, int]:
    """(roles named, index of the first row of headings, how many rows they take)."""
    best = (0, 0, 1)
    for at in range(min(LOOKED, len(sheet.lines))):
        for rows in (1, 2, 3):
            if at + rows > len(sheet.lines) or not all(_goes_on(sheet, at + n) for n in range(rows - 1)):
                break
            headings = headings_at(sheet, at, rows)
            if len(headings) < 2 or any(len(h) > 160 for h in headings.values()):
                continue
            named = {r for h in headings.values() if (r := role_of(h))}
            sure = {p for h in headings.values() if SURE.match(p := plain_heading(h.rsplit(" / ", 1)[-1]))}
            score = len(named) + ("what" in named) + len(sure) + bool(period_runs(headings))
            if score > best[0] or (rows > 1 and score == best[0] and at == best[1]):
                best = (score, at, rows)
    if best[0] < 2:
        widest = max(
            range(min(LOOKED, len(sheet.lines))), key=lambda i: (min(len(sheet.lines[i].filled), 4), -i)
        )
        return 0, widest, 1
    return best


def _goes_on(sheet: Sheet, at: int) -> bool:
    """Whether the row below a row of headings is one too: under merged or empty ones, with short words."""
    line, below = sheet.lines[at], sheet.lines[at + 1]
    spanned = {
        c
        for row, first, last in sheet.spans
        if row == line.n
        for c in range(first, last + 1)
        if last - first < max(sheet.width - 1, 2)
    }
    merged_down = {c for c, cell in below.cells.items() if cell.spread}
    own = {c for c, cell in below.cells.items() if cell.text and not cell.spread}
    words = own - _periods_below(sheet, at, own)
    short = all(
        len(below.cells[c].text) < 60 and not isinstance(below.cells[c].value, int | float) for c in words
    )
    under = own <= spanned or (bool(own) and not any(line.text(c) for c in own - spanned))
    reading = any(
        isinstance(read_deadline(below.cells[c].value), Timed) and below.cells[c].text not in ("-",)
        for c in words
    )
    return (
        bool(own)
        and short
        and not reading
        and (bool(spanned & own) or bool(merged_down) or len(own) >= 2)
        and under
    )


def _periods_below(sheet: Sheet, at: int, own: set[int]) -> set[int]:
    """The columns in which the row below holds periods in order, as under the heading of a timeline."""
    headings = {c: h for c, h in headings_at(sheet, at, 2).items() if c in own}
    return {c for run in period_runs(headings) for c in run}


def period_runs(headings: Table[int, str], year: int = 0) -> list[list[int]]:
    """Runs of at least two neighbouring columns headed by periods, each after the one before it."""
    ways = Ways(year=year) if year else _ANY_YEAR
    columns = range(1, max(headings, default=0) + 1)
    first = read_periods([headings.get(c, "") for c in columns], ways)
    groups: list[list[int]] = [[]]
    for column, period in zip(columns, first, strict=True):
        looks = period is not None or _is_day(headings.get(column, ""))
        groups[-1].append(column) if looks else groups.append([])
    runs: list[list[int]] = []
    for group in groups:
        runs += _ascending(group, headings, ways)
    return [r for r in runs if len(r) > 1]


def _is_day(heading: str) -> bool:
    """Whether a heading is a spreadsheet's own day, as text."""
    last = heading.rpartition(JOINT)[2]
    return len(last) == 10 and last[:4].isdigit() and last[4] == last[7] == "-"


def _ascending(group: Sequence[int], headings: Table[int, str], ways: Ways) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    read = read_periods([headings.get(c, "") for c in group], ways)
    before = None
    for column, period in zip(group, read, strict=True):
        if period is None or (before is not None and not ascending((before, period))):
            runs.append([])
        if period is not None:
            runs[-1].append(column)
        before = period
    return runs
