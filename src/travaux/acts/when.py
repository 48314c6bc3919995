"""`When`: a date as people state it, kept as an interval of days with its words and precision.

Written forms (`When.parse`), all dates ISO 8601:

=============================================  ==========================================
``2021-09-09``                                 that day
``2021-10`` · ``2021`` · ``2021-Q3`` · ``2021-H1``  that month, year, quarter, half-year
``2021-10-21/2021-10-31 "late October"``       an interval, with the words of the source
``by 2023-12-01`` (or ``../2023-12-01``)       open start: not later than
``from 2021-09-10`` (or ``2021-09-10/..``)     open end: not earlier than
``2021-09-10T18:00+03:00``                     an instant, where a clock matters
=============================================  ==========================================

Both ends are inclusive days. `str()` gives the canonical form back.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache

from travaux.acts.fault import Refused, refused

OPEN_START, OPEN_END = date.min, date.max
_POINT = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|Q([1-4])|H([12])))?\Z", re.ASCII)
_FORM = re.compile(r'(?P<expr>(?:by |from )?[^"\s]+)(?:\s+"(?P<words>[^"\n]*)")?\Z')
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)\Z", re.ASCII)


class Past(Enum):
    """Whether something dated by a `When` has happened, asked as of a day."""

    NO = "no"
    PERHAPS = "perhaps"
    YES = "yes"


class When:
    """An interval of days `first`..`last`, both inclusive; `expr` is how it was written.

    `words` are those of the source. `clock` is the instant where one was given; then `first == last` is its
    day in its own zone. Immutable. (A plain class, since msgspec would read a dataclass as a JSON object.)
    """

    __slots__ = ("clock", "expr", "first", "last", "words")
    first: date
    last: date
    expr: str
    words: str
    clock: datetime | None

    def __init__(
        self, first: date, last: date, expr: str, words: str = "", clock: datetime | None = None
    ) -> None:
        values = {"first": first, "last": last, "expr": expr, "words": words, "clock": clock}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and (self.expr, self.words) == (other.expr, other.words)

    def __hash__(self) -> int:
        return hash((self.expr, self.words))

    def __repr__(self) -> str:
        return f"When({str(self)!r})"

    @staticmethod
    def parse(text: str) -> When | Refused:
        """Read any form of the table above; refuses with ``when.*`` and the text itself."""
        return _parse(text)

    @staticmethod
    def day(day: date) -> When:
        """The `When` that is exactly `day`."""
        return When(day, day, day.isoformat())

    @staticmethod
    def instant(clock: datetime) -> When:
        """The `When` of an instant; `clock` must carry a zone."""
        if clock.tzinfo is None:
            raise ValueError(clock)
        return When(clock.date(), clock.date(), clock.isoformat(timespec="minutes"), clock=clock)

    def __str__(self) -> str:
        return f'{self.expr} "{self.words}"' if self.words else self.expr

    @property
    def exact(self) -> bool:
        """True when it names one single day."""
        return self.first == self.last

    def past(self, day: date) -> Past:
        """Has it happened by the end of `day`? Inside the interval the honest answer is PERHAPS."""
        if self.last <= day:
            return Past.YES
        return Past.NO if self.first > day else Past.PERHAPS


@lru_cache(maxsize=65536)
def _parse(text: str) -> When | Refused:
    form = _FORM.match(text)
    if form is None:
        return refused("when.form", text=text)
    expr, words = form["expr"], form["words"] or ""
    if _INSTANT.match(expr):
        return _instant(expr, words)
    span = _span(expr)
    if span is None:
        return refused("when.form", text=text)
    first, last, canonical = span
    if first > last:
        return refused("when.order", text=text)
    return When(first, last, canonical, words)


def _instant(expr: str, words: str) -> When | Refused:
    try:
        clock = datetime.fromisoformat(expr)
    except ValueError:
        return refused("when.form", text=expr)
    return When(clock.date(), clock.date(), expr, words, clock)


def _span(expr: str) -> tuple[date, date, str] | None:
    """(first, last, canonical expression), or None where a part is no date."""
    if expr.startswith("by "):
        expr = f"../{expr[3:]}"
    elif expr.startswith("from "):
        expr = f"{expr[5:]}/.."
    left, slash, right = expr.partition("/")
    if not slash:
        point = _point(left)
        return None if point is None else (*point, left)
    start = (OPEN_START, OPEN_START) if left == ".." else _point(left)
    stop = (OPEN_END, OPEN_END) if right == ".." else _point(right)
    if start is None or stop is None or left == right == "..":
        return None
    return start[0], stop[1], _canonical(left, right)


def _canonical(left: str, right: str) -> str:
    if left == "..":
        return f"by {right}"
    return f"from {left}" if right == ".." else f"{left}/{right}"


def _point(text: str) -> tuple[date, date] | None:
    """The first and last day of a year, half, quarter, month or day."""
    match = _POINT.match(text)
    if match is None:
        return None
    year, month, day, quarter, half = (int(g) if g else 0 for g in match.groups())
    try:
        if day:
            return (date(year, month, day),) * 2
        if quarter:
            return _months(year, quarter * 3 - 2, quarter * 3)
        if half:
            return _months(year, half * 6 - 5, half * 6)
        return _months(year, month, month) if month else (date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def end_of(day: date) -> datetime:
    """The last moment of `day`, without a zone."""
    return datetime.combine(day, time.max)
