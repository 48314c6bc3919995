"""One point of a calendar as people write it: a day, month, quarter, half or year, as our own expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from travaux.acts.when import When
from travaux.formats.plans.timed import Unsure, Ways
from travaux.formats.plans.words import ORDINALS, month_pattern, months

Point = str | Unsure | None
_Match = re.Match[str]

_QUARTER: Final = (
    r"(?:quarter|quarters|quart|qtr|q|квартал[аеу]?|кварталы|кварталов|кв|квартале|trimestre|trim|quartal|"
    r"quartals|t|кварталам)"
)
_HALF: Final = (
    r"(?:half|half-year|halfyear|полугоди[еяю]|полугодии|п/г|semester|semestre|halbjahr|halbjahrs|"
    r"паўгоддзе|h|s)"
)
_ORDINAL: Final = "(" + "|".join(sorted((re.escape(o) for o in ORDINALS), key=len, reverse=True)) + ")"
_SUFFIX: Final = r"(?:-?(?:й|го|м|ом|ый|е|ое|er|e|nd|rd|th|st|°|º|\.))?"
_OF: Final = r"(?:,? ?(?:of the|of|de l'année|de|du|des|del|year|/|-|,)?\s?)"
_YEAR: Final = r"((?:19|20|21)\d\d)"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("MONTH", f"({month_pattern()})") + r"\Z")


def point(text: str, ways: Ways) -> Point:
    """The expression (``2031-07-01``, ``2031-Q2``) of a point; a question, or None where it is no point."""
    for rule, reading in _rules():
        match = rule.match(text)
        if match and (read := reading(match, ways)) is not None:
            return read
    return None


_made: list[tuple[re.Pattern[str], Callable[[_Match, Ways], Point]]] = []


def _rules() -> list[tuple[re.Pattern[str], Callable[[_Match, Ways], Point]]]:
    if not _made:
        _made.extend((_rule(p), r) for p, r in _TABLE)
    return _made


def _day(year: int, month: int, day: int) -> Point:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Unsure("import_plan.no_such_day", wrong=True)


def _long(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _iso(m: _Match, _: Ways) -> Point:
    return _day(int(m[1]), int(m[2]), int(m[3]))


def _numeric(m: _Match, ways: Ways) -> Point:
    """31.12.2031 is day first; with a slash or dash the order has to be known or to show."""
    one, two, year = int(m[1]), int(m[3]), _long(m[4])
    if m[2] == ".":
        return _day(year, two, one)
    if one > 12 or two > 12 or one == two:
        return _day(year, one, two) if two > 12 else _day(year, two, one)
    if ways.order:
        return _day(year, two, one) if ways.order == "dmy" else _day(year, one, two)
    both = (_day(year, two, one), _day(year, one, two))
    return Unsure("import_plan.ambiguous_day", tuple(b for b in both if isinstance(b, str)))


def _month_year(m: _Match, _: Ways) -> Point:
    return _month(int(m[2]), int(m[1]))


def _year_month(m: _Match, ways: Ways) -> Point:
    year, month = int(m[1]), int(m[2])
    if not 1 <= month <= 12:
        return _fiscal(m, ways)
    if (year + 1) % 100 == month:
        return Unsure("import_plan.fiscal_year", (f"{year}-{month:02}", f"{year}/{year + 1}"))
    return f"{year}-{month:02}"


def _month(year: int, month: int) -> Point:
    return f"{year}-{month:02}" if 1 <= month <= 12 else Unsure("import_plan.no_such_day", wrong=True)


def _fiscal(m: _Match, ways: Ways) -> Point:
    """2031/32: a financial year, whose first month a person has to say once; 2031-34: four years."""
    first, last = int(m[1]), int(m[1][:2] + m[2]) if len(m[2]) == 2 else int(m[2])
    if last != first + 1:
        return f"{first}/{last}" if last > first else Unsure("import_plan.no_such_day", wrong=True)
    return _financial(first, ways, (f"{first}/{last}",))


def _named_fiscal(m: _Match, ways: Ways) -> Point:
    """FY2031: named by the year it ends in; which days those are has to be said, unless it is both years."""
    year = _long(m[1])
    if m[2]:
        return _financial(year, ways, (f"{year}/{year + 1}",))
    return Unsure("import_plan.fiscal_year", (str(year),))


def _financial(first: int, ways: Ways, offered: tuple[str, ...]) -> Point:
    if not ways.fiscal:
        return Unsure("import_plan.fiscal_year", offered)
    start = date(first, ways.fiscal, 1)
    stop = date(first + 1, ways.fiscal, 1) - timedelta(days=1)
    return f"{start}/{stop}"


def _quarter(m: _Match, _: Ways) -> Point:
    return f"{m[2]}-Q{ORDINALS[m[1]]}"


def _quarter_after(m: _Match, _: Ways) -> Point:
    return f"{m[1]}-Q{ORDINALS[m[2]]}"


def _half(m: _Match, _: Ways) -> Point:
    n = ORDINALS[m[1]]
    return f"{m[2]}-H{n}" if n < 3 else None


def _half_after(m: _Match, _: Ways) -> Point:
    n = ORDINALS[m[2]]
    return f"{m[1]}-H{n}" if n < 3 else None


def _second_half(m: _Match, _: Ways) -> Point:
    return f"{m[1]}-H2"


def _words_day(m: _Match, _: Ways) -> Point:
    return _day(_long(m[3]), months()[m[2]], int(m[1]))


def _american(m: _Match, _: Ways) -> Point:
    return _day(int(m[3]), months()[m[1]], int(m[2]))


def _words_month(m: _Match, _: Ways) -> Point:
    return f"{m[2]}-{months()[m[1]]:02}"


def _year_words(m: _Match, _: Ways) -> Point:
    return f"{m[1]}-{months()[m[2]]:02}"


def _short_month(m: _Match, _: Ways) -> Point:
    """Jun-31: June 2031, or 31 June if there is such a day: then it is asked."""
    month, number = months()[m[1]], int(m[2])
    as_month = f"{2000 + number}-{month:02}"
    if number <= 31 and not isinstance(_day(2000, month, max(number, 1)), Unsure) and "'" not in m[0]:
        return Unsure("import_plan.month_or_day", (as_month,))
    return as_month


def _no_year(m: _Match, ways: Ways) -> Point:
    day, month = (int(m[1]), months()[m[2]]) if m[1].isdigit() else (int(m[2]), months()[m[1]])
    if ways.year or isinstance(_day(2028, month, day), Unsure):
        return _day(ways.year or 2028, month, day)
    return Unsure("import_plan.no_year")


def _month_alone(m: _Match, ways: Ways) -> Point:
    return _month(ways.year, months()[m[1]]) if ways.year else Unsure("import_plan.no_year")


def _quarter_alone(m: _Match, ways: Ways) -> Point:
    return f"{ways.year}-Q{ORDINALS[m[1]]}" if ways.year else Unsure("import_plan.no_year")


def _half_alone(m: _Match, ways: Ways) -> Point:
    if ORDINALS[m[1]] > 2:
        return None
    return f"{ways.year}-H{ORDINALS[m[1]]}" if ways.year else Unsure("import_plan.no_year")


def _year(m: _Match, _: Ways) -> Point:
    return m[1]


_D: Final = r"(\d{1,2})(?:st|nd|rd|th|er|º|°|\.|-?го|-?е|-?га)?"
_DATE_OF: Final = r"[ -]?(?:of |de |del )?"
_TABLE: Final[tuple[tuple[str, Callable[[_Match, Ways], Point]], ...]] = (
    (r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[t ][\d:.]+z?)?", _iso),
    (r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?:[t ][\d:.]+)?", _numeric),
    (r"(\d{1,2}) ?[./-] ?((?:19|20|21)\d\d)", _month_year),
    (r"((?:19|20|21)\d\d) ?[./-] ?(\d\d)", _year_month),
    (r"((?:19|20|21)\d\d) ?/ ?((?:19|20|21)\d\d)", _fiscal),
    (
        r"(?:fy|financial year|fiscal year|exercice|haushaltsjahr) ?'?(\d{4}|\d\d)(?: ?[-/] ?(\d{4}|"
        r"\d\d))?", _named_fiscal),
    (rf"{_QUARTER}[ .-]?{_ORDINAL}{_OF}{_YEAR}", _quarter),
    (rf"{_ORDINAL}{_SUFFIX}[ -]?{_QUARTER}\.?{_OF}{_YEAR}", _quarter),
    (rf"{_YEAR}[ ,.:/-]*{_QUARTER}[ .-]?{_ORDINAL}", _quarter_after),
    (rf"{_YEAR}[ ,.:/-]*{_ORDINAL}{_SUFFIX}[ -]?{_QUARTER}\.?", _quarter_after),
    (rf"{_HALF}[ .-]?{_ORDINAL}{_OF}{_YEAR}", _half),
    (rf"{_ORDINAL}{_SUFFIX}[ -]?{_HALF}\.?{_OF}{_YEAR}", _half),
    (rf"{_YEAR}[ ,.:/-]*{_HALF}[ .-]?{_ORDINAL}", _half_after),
    (rf"{_YEAR}[ ,.:/-]*{_ORDINAL}{_SUFFIX}[ -]?{_HALF}\.?", _half_after),
    (rf"(?:вторая|второй|другая) половин[аые] {_YEAR}", _second_half),
    (rf"{_D}{_DATE_OF}MONTH\.?,?[ -]?(?:de |del |of )?'?(\d{{4}}|\d\d)", _words_day),
    (rf"MONTH\.? {_D},? {_YEAR}", _american),
    (rf"MONTH\.?,?[ /.-]?(?:of |de |del )?{_YEAR}", _words_month),
    (rf"{_YEAR}[ ,./-]+MONTH\.?", _year_words),
    (r"MONTH\.?[ -]'?(\d\d)", _short_month),
    (rf"{_D}{_DATE_OF}MONTH", _no_year),
    (r"MONTH (\d{1,2})(?:st|nd|rd|th)?", _no_year),
    (r"MONTH\.?", _month_alone),
    (rf"{_QUARTER}[ .-]?{_ORDINAL}", _quarter_alone),
    (rf"{_ORDINAL}{_SUFFIX}[ -]?{_QUARTER}\.?", _quarter_alone),
    (rf"{_HALF}[ .-]?{_ORDINAL}", _half_alone),
    (rf"{_ORDINAL}{_SUFFIX}[ -]?{_HALF}\.?", _half_alone),
    (rf"(?:year |année |jahr |año |год |l'année )?{_YEAR}(?:\.0)?", _year),
)  # fmt: skip


def span(expr: str) -> When | None:
    """The days of an expression, None where it is none."""
    made = When.parse(expr)
    return made if isinstance(made, When) else None
