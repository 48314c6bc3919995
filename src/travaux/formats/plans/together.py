"""A deadline in several columns: a year beside a quarter, half, month or day, read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from travaux.formats.plans.cells import text_of
from travaux.formats.plans.deadlines import read_deadline
from travaux.formats.plans.timed import PLAIN, Timed, Unsure, Ways, due_of
from travaux.formats.plans.words import NONE, settled

_UNITS: Final = tuple(
    (unit, re.compile(rf"(?:^|[^\w])(?:{words})(?:$|[^\w])"))
    for unit, words in (
        ("quarter", r"quarters?|qtr|q|квартал\w*|кв|trimestre|trim|quartal\w*|кварталы"),
        ("half", r"half|half-?year|semester|semestre|halbjahr|полугоди\w+|паўгоддз\w+"),
        ("month", r"months?|месяц\w*|месяц|mois|monat\w*|mes(?:es)?|mês|місяць|месяцы"),
        ("day", r"days?|день|дзень|число|jour|tag|día|dia"),
        ("year", r"years?|год|года|годы|рік|рок|année|an|jahr|año|ano|rok|yr"),
    )
)
_ORDER: Final = ("day", "month", "quarter", "half", "", "year")
_ROMAN: Final = {
    r: n for n, r in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_COUNT: Final = re.compile(r"(?<![\w])(?:\d{1,2}|[ivx]{1,4})(?![\w])")
_ONLY_COUNTS: Final = re.compile(
    r"(?:\d{1,2}|[ivx]{1,4})(?:(?:\s?[-,;/]\s?|\sи\s|\sand\s)(?:\d{1,2}|[ivx]{1,4}))*\Z"
)
_ANY_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_LETTER: Final = {"quarter": "q", "half": "h"}
_MOST: Final = {"quarter": 4, "half": 2, "month": 12, "day": 31}
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)


def unit_of(heading: str) -> str:
    """What a heading counts (year, half, quarter, month, day) by its last part that says so, "" for none."""
    for part in reversed(heading.split(" / ")):
        plain = settled(part.replace("_", " "))
        found = next((unit for unit, words in _UNITS if words.search(plain)), "")
        if found:
            return found
    return ""


def read_together(cells: Sequence[tuple[str, object]], ways: Ways = PLAIN) -> Timed | Unsure:
    """What cells of one row say together; each is (heading of its column, value), empty ones left out.

    A year completes the quarter, half, month or day beside it. Asked: a part without a year, two years that
    differ, a bare number whose heading does not say what it counts. The words of all cells are kept.
    """
    words = " ".join(text_of(value) for _, value in cells)
    read = _together(cells, ways)
    if isinstance(read, Unsure) or read.due is None:
        return read
    due = due_of(read.due.expr, words)
    return Timed(read.sort, due, read.every, read.day, read.offset, read.event)


def _together(cells: Sequence[tuple[str, object]], ways: Ways) -> Timed | Unsure:
    said = [(h, v) for h, v in cells if settled(text_of(v)) not in NONE]
    if len(said) < 2 and not any(_counts(h, v) for h, v in said):
        return read_deadline(said[0][1] if said else "-", ways)
    years = {_bare_year(v) for _, v in said} - {0}
    parts = [(h, v) for h, v in said if not _bare_year(v)]
    whole = [v for _, v in parts if isinstance(v, date | datetime) or _ANY_YEAR.search(text_of(v))]
    if len(years) > 1 or len(whole) > 1 or (whole and len(parts) > 1):
        return Unsure("import_plan.several_dates", tuple(map(str, sorted(years))))
    if whole:
        return _whole(whole[0], years, ways)
    spoken = list(_spoken(parts))
    if "" in spoken:
        return Unsure("import_plan.uncounted")
    year = next(iter(years), 0)
    return read_deadline(" ".join((*spoken, *([str(year)] if year else []))), ways)


def _whole(value: object, years: set[int], ways: Ways) -> Timed | Unsure:
    """A cell that has a year of its own, beside a cell for the year: they have to agree."""
    read = read_deadline(value, ways)
    if isinstance(read, Timed) and years and (read.due is None or years != {read.due.last.year}):
        return Unsure("import_plan.several_dates", tuple(map(str, sorted(years))))
    return read


def _bare_year(value: object) -> int:
    """The year that is all a cell says, 0 where it says anything else."""
    text = settled(text_of(value))
    return int(text) if re.fullmatch(r"(?:19|20|21)\d\d", text) else 0


def _counts(heading: str, value: object) -> bool:
    return unit_of(heading) in _MOST and bool(_ONLY_COUNTS.match(settled(text_of(value))))


def _spoken(parts: Sequence[tuple[str, object]]) -> Iterator[str]:
    """Each part as it would be said before a year, the smallest first; "" where a number counts nothing."""
    held = sorted(((unit_of(h), settled(text_of(v))) for h, v in parts), key=lambda p: _ORDER.index(p[0]))
    for unit, text in held:
        yield spoken(unit, text) if _ONLY_COUNTS.match(text) else text


def spoken(unit: str, text: str) -> str:
    """Numbers of a unit as words of a date: (quarter, "ii-iii") is “q2-q3”; "" where one is out of range."""
    most = _MOST.get(unit, 0)
    wrong = False

    def said(match: re.Match[str]) -> str:
        nonlocal wrong
        n = int(match[0]) if match[0].isdigit() else _ROMAN.get(match[0], 0)
        wrong |= not 1 <= n <= most
        return (
            match[0]
            if wrong or unit == "day"
            else _MONTHS[n - 1]
            if unit == "month"
            else f"{_LETTER[unit]}{n}"
        )

    made = _COUNT.sub(said, text)
    return "" if wrong else made
