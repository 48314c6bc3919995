"""Lengths of time on the calendar: ISO 8601 durations of years, months, weeks and days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from travaux.acts.when import OPEN_END, OPEN_START, When

_SPAN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?\Z")


def later(day: date, span: str) -> date:
    """`day` and `span` after it: years and months first, then weeks and days.

    A day that the month does not have becomes its last one (31 January and a month is 28 or 29 February). The
    end of the calendar is never passed. `span` has the form that the acts check.
    """
    parts = _SPAN.match(span)
    if parts is None:
        raise ValueError(span)
    years, months, weeks, days = (int(p) if p else 0 for p in parts.groups())
    month = day.month - 1 + months
    year, month = day.year + years + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    moved = date(year, month, min(day.day, monthrange(year, month)[1]))
    rest = weeks * 7 + days
    return date.max if rest > (date.max - moved).days else moved + timedelta(days=rest)


def shifted(when: When, span: str) -> When:
    """An interval with both ends moved by `span`; open ends stay open, the words of its source are gone."""
    first = when.first if when.first == OPEN_START else later(when.first, span)
    last = when.last if when.last == OPEN_END else later(when.last, span)
    if first == last:
        return When.day(first)
    left = ".." if first == OPEN_START else first.isoformat()
    right = ".." if last == OPEN_END else last.isoformat()
    made = When.parse(f"{left}/{right}")
    if not isinstance(made, When):
        raise ValueError(f"{left}/{right}")
    return made


def months_between(first: date, last: date) -> float:
    """How many months lie between two days, parts of a month by its own length; negative if backwards."""
    if last < first:
        return -months_between(last, first)
    whole = (last.year - first.year) * 12 + last.month - first.month
    anchor = later(first, f"P{whole}M") if whole else first
    if anchor > last:
        whole -= 1
        anchor = later(first, f"P{whole}M") if whole else first
    return whole + (last - anchor).days / monthrange(anchor.year, anchor.month)[1]
