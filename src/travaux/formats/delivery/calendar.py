"""Due dates as a calendar (RFC 5545): one all-day event a measure, whose UID never changes.

When a date moves, SEQUENCE rises and the summary says from where; a withdrawn measure is CANCELLED. It is
a convenience, no legal notice, and says so. Dates that hang on an event, or are open, have no entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from icalendar import Calendar, Event, vDDDTypes, vInt, vText

from travaux import messages
from travaux.acts.when import OPEN_END, When

PRODUCT: Final = "-//Travaux//Measures//EN"
# Made once: turning each plain value into a typed one is most of the work.
_CONFIRMED, _CANCELLED, _TRANSPARENT = (vText(word) for word in ("CONFIRMED", "CANCELLED", "TRANSPARENT"))


def measures_ics(board: bytes) -> bytes:
    """The calendar of a board, events by their UID; the same board gives the same bytes."""
    held: dict[str, Any] = json.loads(board)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", held["register"])
    stamp = vDDDTypes(datetime.combine(date.fromisoformat(held["as_of"]), datetime.min.time(), UTC))
    for event in sorted(_events(held, stamp), key=lambda e: str(e["uid"])):
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _events(held: Mapping[str, Any], stamp: vDDDTypes) -> Iterator[Event]:
    for row in held["rows"]:
        when = _last(row["due"])
        if when is not None:
            yield _event(held, row, when, stamp)


def _event(held: Mapping[str, Any], row: Mapping[str, Any], day: date, stamp: vDDDTypes) -> Event:
    lang = held["lang"]
    dates, withdrawn = row["dates"], row["obligation"] == "withdrawn"
    moved = _say(lang, "moved_from", when=dates[-2]["when"]) if len(dates) > 1 else ""
    event = Event()
    event["uid"] = vText(f"{row['id']}@{held['register_id']}")
    event["dtstamp"] = stamp
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event["sequence"] = vInt(len(dates) - 1 + withdrawn)
    event["status"] = _CANCELLED if withdrawn else _CONFIRMED
    event["transp"] = _TRANSPARENT
    event["summary"] = vText(_say(lang, "summary", what=row["what"], owing=_owing(row), moved=moved))
    event["description"] = vText("\n".join([*_sides(lang, row), _say(lang, "no_notice")]))
    event["categories"] = vText(row["group_word"])
    return event


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
