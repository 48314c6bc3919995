"""Deadlines as people write them, typed where one reading only is possible, asked about where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from travaux.formats.plans.points import Point, point, span
from travaux.formats.plans.timed import PLAIN, Timed, Unsure, Ways, due_of
from travaux.formats.plans.words import (
    CADENCES,
    CONTINUOUS,
    NONE,
    NUMBERS,
    UNDETERMINED,
    UNITS,
    VAGUE,
    months,
    number,
    settled,
)

_EPOCH: Final = date(1899, 12, 30)  # day 0 of spreadsheet serials, as in use since 1900-03-01
_SERIALS: Final = range(36526, 73051)  # 2000 to 2099
_WORD: Final = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_BY: Final = re.compile(
    r"(?:(?:срок|deadline|due|due date|target date|completion|to be completed|завершение|исполнение)[: -]+)?"
    r"(?:by or before|on or before|no later than|not later than|at the latest|by the latest|up to|until|till|"
    r"before|by|due|не позднее|не позже|не пазней|к|до|да|d'ici à|d'ici au|d'ici le|d'ici|au plus tard le|"
    r"au plus tard en|au plus tard|avant le|avant|jusqu'au|jusqu'à|jusqu'en|bis spätestens|"
    r"spätestens bis zum|"
    r"spätestens bis|spätestens|bis zum|bis|antes del|antes de|hasta el|hasta|a más tardar el|"
    r"a más tardar en|"
    r"a más tardar|para el|para)\s+(?:the )?"
)
_IN: Final = re.compile(
    r"(?:срок[: ]+|(?:deadline|due)[: ]+)?(?:in the course of|in the|in|during the|during|within|on|over|"
    r"в течение|в срок до|в период|на протяжении|во|в|на|за|пры|у|ў|au cours de l'année|au cours de|courant|"
    r"pendant|en|le|im laufe des jahres|im laufe von|im|am|in|durante el|durante|el|не раньше)\s+"
)
_END: Final = re.compile(
    r"(?:the )?(?:year-end|year end|end of year|end of the year|end of|end|конца|конец|конце|концу|"
    r"канца|"
    r"канец|late in|fin de l'année|fin de|fin|ende des|ende|finales de|final de|"
    r"fines de)(?![^\W\d])[\s-]*(?:of )?"
)
_FROM: Final = re.compile(
    r"(?:from|starting from|starting in|starting|beginning in|as of|since|начиная с|с|со|з|à partir de|"
    r"à compter du|"
    r"dès|depuis|ab|seit|desde|a partir de)\s+"
)
_BEFORE: Final = re.compile(r"(?:before|до|да|avant|antes|vor)\b")
_EVERY: Final = re.compile(
    r"(?:every|each|каждые|каждый|раз в|tous les|toutes les|alle|cada|кожныя) "
    rf"(?P<n>\d+|{_WORD}) (?P<unit>{_UNIT})\b"
)
_SPREAD: Final = re.compile(
    r"(?:within )?\d+ ?- ?\d+ (?:days|weeks|months|years|дней|недель|месяц\w*|лет|года|jours|mois|ans|"
    r"tage|monate|jahre|días|meses|años)\Z"
)
_TO: Final = re.compile(
    r"\s?-\s?|\s(?:to|through|until|till|by|и до|до|по|bis|au|à|al|hasta|a|да|and)\s|\s?/\s?|…|\.\.\."
)
_PARTS: Final = re.compile(r"\s*(?:[;\n,]|\band\b|\bи\b|\bet\b|\bund\b|\by\b|\bі\b|\d\))\s*")
_LENGTH: Final = (
    rf"(?P<n>\d+|{_WORD})(?:-х|-ти|-и)?(?: \(\w[\w -]*\))?[ -]?(?:calendar |календарных |calendar-|"
    rf"kalender)?(?P<unit>{_UNIT})\b\.?"
)
_WITHIN: Final = (
    r"(?:(?:not|no) later than |within(?: a period of)? |in |up to |не позднее(?: чем через)? |в течение |"
    r"через |"
    r"по истечении |в срок до |срок |dans (?:un délai de |les )?|sous |innerhalb (?:von )?|binnen |"
    r"dentro de (?:los )?|en un plazo de |на працягу |по прошествии )?"
)
_AFTER: Final = (
    r"(?:after(?: the)?|following(?: the)?|from(?: the)?|of(?: the)?|since(?: the)?|upon|"
    r"после|с момента|со дня|с даты|с дня|от даты|пасля|з дня|après(?: l'| la | le | les )?|"
    r"à compter (?:de l'|de la |du )|"
    r"suivant(?: l'| la | le )?|nach(?: der| dem)?|ab|después de(?: la|l)?|tras(?: la| el)?|"
    r"a partir de(?: la|l)?)"
)
_AFTER_EVENT: Final = re.compile(rf"{_WITHIN}{_LENGTH} ?,?{_AFTER} ?(?P<event>\D.*)\Z")
_UPON: Final = re.compile(
    r"(?:after|upon|following|as soon as|once|on|после|по факту|по завершении|по мере|с момента|пасля|"
    r"après|dès|nach|"
    r"tras|después de) (?:the |l'|la |le |der |dem )?(?P<event>[^\d]{4,}.*)\Z"
)
_BEFORE_EVENT: Final = re.compile(
    rf"(?:.*{_LENGTH} )?(?:before|prior to|ahead of|до начала|до вступления|до принятия|до даты|"
    rf"до момента|перед|avant|vor)"
    r" (?!the end|end)\D{4,}.*\Z"
)
_LASTING: Final = re.compile(rf"{_WITHIN}{_LENGTH}\Z")
_WORKING: Final = re.compile(
    r"\b(?:working|business|рабоч\w+|ouvr\w+|werktag\w*|arbeitstag\w*|hábiles|працоўн\w+)\b"
)
_MONTH_DAY: Final = re.compile(
    r"(?:by |до |не позднее |к |avant le |bis zum |bis |antes del |on |да )?(?:the )?(.*)\Z"
)


def read_deadline(value: object, ways: Ways = PLAIN, *, spreadsheet: bool = False) -> Timed | Unsure:
    """What a cell says about a deadline. `spreadsheet`: a whole number may be a spreadsheet's own day.

    Words of the source are kept with a date that is not written as a plain day.
    """
    match value:
        case datetime():
            return _certain(value.date().isoformat(), "")
        case date():
            return _certain(value.isoformat(), "")
        case bool():
            return Unsure("import_plan.unread_deadline", wrong=True)
        case int() | float():
            return _from_number(value, ways, spreadsheet=spreadsheet)
    return _read(str(value), ways)


def _from_number(value: int | float, ways: Ways, *, spreadsheet: bool) -> Timed | Unsure:
    whole = int(value)
    if whole == value and 1990 <= whole <= 2199:
        return _certain(str(whole), "")
    if whole in _SERIALS and (spreadsheet or ways.serials):
        return _certain((_EPOCH + timedelta(days=whole)).isoformat(), "")
    return _read(f"{value:.4f}" if whole != value else str(whole), ways)


@lru_cache(maxsize=20_000)
def _read(words: str, ways: Ways) -> Timed | Unsure:
    text = settled(words)
    if text in NONE:
        return Timed("none")
    if UNDETERMINED.match(text):
        return Unsure("import_plan.undetermined")
    if ways.serials and text.isdigit() and int(text) in _SERIALS:
        return _certain((_EPOCH + timedelta(days=int(text))).isoformat(), "")
    for reading in (_continuous, _recurring, _dated, _relative, _listed, _vague):
        found = reading(text, ways)
        if isinstance(found, str):
            return _certain(found, words)
        if found is not None:
            return found
    return Unsure("import_plan.unread_deadline", wrong=True)


def _certain(expr: str, words: str) -> Timed | Unsure:
    due = due_of(expr, words)
    if due is None:
        return Unsure("import_plan.no_such_day", wrong=True)
    single = due.first == due.last or expr.startswith("by ")
    return Timed("date" if single and re.search(r"\d{4}-\d\d-\d\d\Z", expr) else "period", due)


def _dated(text: str, ways: Ways) -> Point:
    """A point, a range of points, or either behind a word such as “by” or “from”."""
    plain = point(text, ways)
    if plain is not None:
        return plain
    ranged = _range(text, ways)
    if ranged is not None:
        return ranged
    for pattern, form in ((_BY, "by {}"), (_IN, "{}"), (_FROM, "from {}")):
        match = pattern.match(text)
        if match and _BEFORE.match(text) and (before := _before(text[match.end() :], ways)):
            return before
        if match and match.end() and (found := _modified(text[match.end() :], form, ways)) is not None:
            return found
    return _ended(text, ways)


def _before(rest: str, ways: Ways) -> Unsure | None:
    """“Before July”: up to its first day or its last? Only a day, or the end of something, is certain."""
    found = point(rest, ways)
    made = span(found) if isinstance(found, str) else None
    if made is None or made.exact:
        return None
    return Unsure("import_plan.before_period", (f"by {made.first - timedelta(days=1)}", f"by {made.last}"))


def _modified(rest: str, form: str, ways: Ways) -> Point:
    found = point(rest, ways)
    if found is None and form == "{}":
        found = _range(rest, ways)
    if found is None:
        found = _ended(rest, ways)
    if not isinstance(found, str):
        return found
    if "/" in found or found.startswith("by "):
        return found if form != "from {}" else None
    return form.format(found)


def _ended(text: str, ways: Ways) -> Point:
    """“End of 2031”: by the last day of that period."""
    match = _END.match(text)
    if not match or not match.end():
        return None
    rest = text[match.end() :].strip()
    found = point(rest, ways) if rest else (str(ways.year) if ways.year else Unsure("import_plan.no_year"))
    return f"by {found}" if isinstance(found, str) and "/" not in found else found


def _range(text: str, ways: Ways) -> Point:
    """Two points with a dash or a word between them; the first may leave out what the second says."""
    opened = _FROM.match(text)
    body = text[opened.end() :] if opened else text
    for match in _TO.finditer(body):
        left, right = body[: match.start()].strip(), body[match.end() :].strip()
        if (
            not left
            or not right
            or (match[0].strip() in ("by", "and", "a", "/") and not opened and match[0].strip() != "/")
        ):
            continue
        last = point(right, ways)
        if last is None:
            last = _ended(right, ways)
        if isinstance(last, Unsure) and last.code == "import_plan.no_year":
            return last
        if not isinstance(last, str) or "/" in last:
            continue
        first = _first(left, right, last, ways)
        if isinstance(first, str) and "/" not in first:
            joined = f"{first}/{last.removeprefix('by ')}"
            return joined if span(joined) else Unsure("import_plan.no_such_day", wrong=True)
        if isinstance(first, Unsure):
            return first
    return None


def _first(left: str, right: str, last: str, ways: Ways) -> Point:
    """The start of a range, with the year, month or “quarter” of its end where it says none itself."""
    year = re.search(r"\d{4}", last)
    with_year = Ways(ways.order, int(year[0]) if year else 0, ways.fiscal, ways.serials)
    if re.fullmatch(r"\d{1,2}\.?|q\d|h\d|[ivx]+", left):
        tail = re.sub(r"^(?:q|h)?[\divx]+(?:st|nd|rd|th|\.)?[ -]?", "", right)
        for whole in (f"{left} {tail}", f"{left}{tail}", f"{left} {year[0] if year else ''}"):
            found = point(whole.strip(), with_year)
            if isinstance(found, str):
                return found
        return None
    if _END.fullmatch(left):
        return None
    return point(left, with_year) or _ended(left, with_year)


def _continuous(text: str, ways: Ways) -> Timed | Unsure | None:
    match = CONTINUOUS.search(text)
    if not match or (match.start() and text[match.start() - 1].isalpha()):
        return None
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,;:()-./")
    if not rest:
        return Timed("continuous")
    found = _dated(rest, ways)
    return Timed("continuous", due_of(found)) if isinstance(found, str) else None


def _recurring(text: str, ways: Ways) -> Timed | Unsure | None:
    """A cadence, the day of the year it is due by, and the years it runs, in any order."""
    counted = _EVERY.search(text)
    rules = [(counted, _span_of(counted))] if counted else [(p.search(text), e) for p, e in CADENCES]
    for match, every in rules:
        if match is None:
            continue
        rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,;:()-.")
        if rest in ("", "basis", "on a basis", "on an basis"):
            return Timed("recurring", every=every)
        return _cadence(rest, every, ways) or Unsure("import_plan.recurring")
    return None


def _cadence(rest: str, every: str, ways: Ways) -> Timed | None:
    day: tuple[int, int] | None = None
    due = None
    for part in (
        p
        for p in re.split(r"\s*[,;()]\s*|(?<=\d{4}) (?=до |by |не )|(?<=[а-я]) (?=в \d{4})", rest)
        if p.strip()
    ):
        found = _dated(part.strip(" -"), ways)
        if isinstance(found, str) and due is None:
            due = due_of(found)
            continue
        day = day or _day_of_year(part.strip())
        if day is None or not (isinstance(found, Unsure) and found.code == "import_plan.no_year"):
            return None
    return Timed("recurring", due, every, day)


def _day_of_year(part: str) -> tuple[int, int] | None:
    """(month, day) of “by 15 May” in any year."""
    match = _MONTH_DAY.match(part)
    found = point(match[1], Ways(year=2028)) if match else None
    made = span(found) if isinstance(found, str) else None
    return (made.last.month, made.last.day) if made and found and str(found).startswith("2028-") else None


def _relative(text: str, ways: Ways) -> Timed | Unsure | None:
    """After an event, before one, or a length of time."""
    del ways
    if _WORKING.search(text):
        return Unsure("import_plan.working_days")
    after = _AFTER_EVENT.match(text)
    if after:
        return Timed("after_event", offset=_span_of(after), event=after["event"].strip())
    lasting = _LASTING.match(text)
    if lasting:
        return Timed("duration", offset=_span_of(lasting))
    if _BEFORE_EVENT.match(text):
        return Unsure("import_plan.before_event")
    upon = _UPON.match(text)
    if upon and not VAGUE.search(text) and not any(w in months() for w in re.findall(r"\w+", upon["event"])):
        return Timed("after_event", offset="P0D", event=upon["event"].strip())
    return None


def _span_of(match: re.Match[str]) -> str:
    return f"P{number(match['n'])}{UNITS[match['unit']]}"


def _listed(text: str, ways: Ways) -> Unsure | None:
    """Several deadlines in one cell: which of them counts, a person says."""
    parts = [p for p in _PARTS.split(text) if p.strip()]
    if len(parts) < 2:
        return None
    year = re.search(r"(?:19|20|21)\d\d", parts[-1])
    inherit = Ways(ways.order, int(year[0]) if year else ways.year, ways.fiscal, ways.serials)
    found = tuple(f for p in parts if isinstance(f := _dated(p, inherit), str))
    return Unsure("import_plan.several_dates", found) if len(found) > 1 else None


def _vague(text: str, ways: Ways) -> Unsure | None:
    if _SPREAD.match(text):
        return Unsure("import_plan.vague")
    match = VAGUE.search(text)
    if match is None:
        return None
    return Unsure("import_plan.vague", tuple(_offers(text[match.end() :], ways)))


def _offers(rest: str, ways: Ways) -> Iterator[str]:
    found = point(rest.strip(" -,"), ways)
    if isinstance(found, str) and "/" not in found:
        yield found
