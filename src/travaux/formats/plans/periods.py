"""Headings of columns that are periods: months, quarters, halves, years or weeks, in one row or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Final

from travaux.acts.when import When
from travaux.formats.plans.points import point, span
from travaux.formats.plans.timed import PLAIN, Ways
from travaux.formats.plans.together import spoken, unit_of
from travaux.formats.plans.words import settled

JOINT: Final = " / "
_LONE_YEAR: Final = re.compile(r"(?<![\d/–—-])((?:19|20|21)\d\d)(?! ?[/–—-] ?\d)(?!\d)")
_INITIALS: Final = ("jfmamjjasond", "яфмамииасонд", "эфмамджиасонд", "jfmamjjasond")
_ROMAN: Final = ("i", "ii", "iii", "iv")


def read_periods(headings: Sequence[str], ways: Ways = PLAIN) -> list[When | None]:
    """The period of each heading, the parts of several rows joined by “ / ”; None where it is none.

    “2031 / Q1” takes its year from the part before, “Q1” alone from `ways`. Numbers and initials are months
    or quarters only in a full run under one year; days are the month, quarter or week that begins with them
    only where the whole run does.
    """
    found: list[str | None] = []
    for above, group in groupby(headings, key=lambda h: h.rpartition(JOINT)[0]):
        lasts = [h.rpartition(JOINT)[2] for h in group]
        found += _run(above, lasts, ways)
    made = [span(f) if f else None for f in found]
    days = [w.first for w in made if w and w.exact]
    return list(_begun(days)) if days and len(days) == len(made) else made


def ascending(periods: Sequence[When]) -> bool:
    """Whether each period begins after the one before it has ended."""
    return all(b.first > a.last for a, b in pairwise(periods))


def joined(first: When, last: When) -> str:
    """The expression from the beginning of one period to the end of another."""
    if first == last:
        return first.expr
    return f"{first.expr.split('/')[0]}/{last.expr.split('/')[-1]}"


def _run(above: str, lasts: Sequence[str], ways: Ways) -> list[str | None]:
    """The headings under one and the same heading above."""
    year = _year_above(above) or ways.year
    known = Ways(ways.order, year, ways.fiscal)
    plain = [settled(last) for last in lasts]
    units = _units_of_run(plain) if year else ""
    if units == "month":
        return [f"{year}-{n:02}" for n in range(1, 13)]
    if units == "quarter":
        return [f"{year}-Q{n}" for n in range(1, 5)]
    return [_one(above, text, known) for text in plain]


def _units_of_run(plain: Sequence[str]) -> str:
    """month for 1 to 12 or the initials of all months, quarter for 1 to 4 or I to IV."""
    if len(plain) == 12 and (
        [p.lstrip("0") for p in plain] == [str(n) for n in range(1, 13)] or "".join(plain) in _INITIALS
    ):
        return "month"
    if len(plain) == 4 and (list(plain) == ["1", "2", "3", "4"] or tuple(plain) == _ROMAN):
        return "quarter"
    return ""


def _one(above: str, text: str, ways: Ways) -> str | None:
    read = point(text, ways)
    if read is None and above and (unit := unit_of(above)) not in ("", "year", "day"):
        read = point(f"{spoken(unit, text)} {ways.year}", ways) if ways.year else None
    return read if isinstance(read, str) else None


def _year_above(above: str) -> int:
    """The one year that the headings above name, 0 where there is none, or a financial year."""
    for part in reversed(above.split(JOINT)):
        found = set(_LONE_YEAR.findall(part))
        if len(found) == 1:
            return int(found.pop())
    return 0


def _begun(days: Sequence[date]) -> Sequence[When | None]:
    """Days that are each the first of a period: the step from one to the next says of which."""
    steps = {_months(a, b) for a, b in pairwise(days)}
    firsts = all(d.day == 1 for d in days)
    if firsts and steps == {1}:
        return [span(f"{d:%Y-%m}") for d in days]
    if firsts and steps == {3} and all(d.month % 3 == 1 for d in days):
        return [span(f"{d.year}-Q{d.month // 3 + 1}") for d in days]
    if firsts and steps == {12} and all(d.month == 1 for d in days):
        return [span(str(d.year)) for d in days]
    if len(days) > 2 and all(b - a == timedelta(days=7) for a, b in pairwise(days)):
        return [span(f"{d}/{d + timedelta(days=6)}") for d in days]
    return [None] * len(days)


def _months(a: date, b: date) -> int:
    return (b.year - a.year) * 12 + b.month - a.month
