"""Due dates as a calendar (RFC 5545): one all-day event a measure, whose UID never changes.

When a date moves, SEQUENCE rises and the summary says from where; a withdrawn measure is CANCELLED. It is
a convenience, no legal notice, and says so. Dates that hang on an event, or are open, have no entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from icalendar import Calendar, Event, vDDDTypes, vInt, vText

from travaux import messages
from travaux.acts.collector import collector_resting
from travaux.acts.when import OPEN_END, When

PRODUCT: Final = "-//Travaux//Measures//EN"
_EVENT: Final = Event()
_OPENED: Final = b"BEGIN:VEVENT\r\n"
_CLOSED: Final = b"END:VEVENT\r\n"
_END: Final = b"END:VCALENDAR\r\n"
_LONGEST: Final = 75  # octets of a line, its end apart (RFC 5545, 3.1)


@collector_resting()
def measures_ics(board: bytes) -> bytes:
    """The calendar of a board, events by their UID; the same board gives the same bytes."""
    held: dict[str, Any] = json.loads(board)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(held["register"])
    head: bytes = calendar.to_ical().removesuffix(_END)
    stamp = datetime.combine(date.fromisoformat(held["as_of"]), datetime.min.time(), UTC)
    events = (_event(held, row, stamp) for row in held["rows"])
    made = sorted(event for event in events if event is not None)
    return b"".join([head, *(lines for _, lines in made), _END])


def _event(held: Mapping[str, Any], row: Mapping[str, Any], stamp: datetime) -> tuple[str, bytes] | None:
    """(UID, lines) of a measure that has a day; the lines in the order in which the library has them."""
    day = _last(row["due"])
    if day is None:
        return None
    lang = held["lang"]
    dates, withdrawn = row["dates"], row["obligation"] == "withdrawn"
    moved = _say(lang, "moved_from", when=dates[-2]["when"]) if len(dates) > 1 else ""
    summary = _say(lang, "summary", what=row["what"], owing=_owing(row), moved=moved)
    uid = f"{row['id']}@{held['register_id']}"
    lines = [
        _OPENED,
        _line("SUMMARY", vText(summary)),
        _day("DTSTART", day),
        _day("DTEND", day + timedelta(days=1)),
        _day("DTSTAMP", stamp),
        _line("UID", vText(uid)),
        _number("SEQUENCE", len(dates) - 1 + withdrawn),
        _word("CATEGORIES", row["group_word"]),
        _line("DESCRIPTION", vText("\n".join([*_sides(lang, row), _say(lang, "no_notice")]))),
        _word("STATUS", "CANCELLED" if withdrawn else "CONFIRMED"),
        _word("TRANSP", "TRANSPARENT"),
        _CLOSED,
    ]
    return uid, b"".join(lines)


def _line(name: str, value: object) -> bytes:
    """One property as the library writes it, and folds it where it is long."""
    line = _EVENT.content_line(name, value)
    plain: bytes = line.encode()
    folded: bytes = plain if len(plain) < _LONGEST else line.to_ical()
    return folded + b"\r\n"


# Whole lines that many events share are made once.
@lru_cache(maxsize=4096)
def _day(name: str, day: date) -> bytes:
    return _line(name, vDDDTypes(day))


@lru_cache(maxsize=256)
def _word(name: str, word: str) -> bytes:
    return _line(name, vText(word))


@lru_cache(maxsize=256)
def _number(name: str, number: int) -> bytes:
    return _line(name, vInt(number))


def _owing(row: Mapping[str, Any]) -> str:
    return ", ".join(cell["name"] for cell in row["cells"])


def _sides(lang: str, row: Mapping[str, Any]) -> Iterator[str]:
    """One line a party, so that no line holds what two of them say."""
    for cell in row["cells"]:
        claims = "; ".join(f"{c['word']} ({c['when']})" for c in cell["claims"])
        yield f"{cell['name']}: {claims or _say(lang, 'no_report')}"
        for reply in cell["replies"]:
            if reply["said"]:
                yield f"{reply['name']}: {reply['said']['word']} ({reply['said']['when']})"


def _say(lang: str, code: str, **values: object) -> str:
    return messages.say(f"feed.{code}", values, lang)


def _last(text: str) -> date | None:
    """The last day of a date as written on the record; None where it is open or there is none."""
    made = When.parse(text) if text else None
    return made.last if isinstance(made, When) and made.last != OPEN_END else None
