"""The calendar is put together from lines; it must be what the library writes of the same events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vInt, vText

from tests.views.delivered import board_of, played
from travaux.formats.delivery.calendar import PRODUCT, measures_ics
from travaux.views.delivered.board import board_values

HEAD = {"prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH"}
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200),
    st.text(st.sampled_from('\\,;:\n"^ abжé€𝄞'), max_size=200),
    st.integers(40, 90).map(lambda n: "ж" * n),
)
HELD: dict[str, Any] = board_values(board_of(played()))


def whole(held: dict[str, Any]) -> bytes:
    """The calendar of a board without parties' words, by the library alone."""
    calendar = Calendar()
    for name, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
    ):
        calendar.add(name, value)
    calendar["x-wr-calname"] = vText(held["register"])
    for row in sorted(held["rows"], key=lambda r: str(r["id"])):
        day = date.fromisoformat(row["due"])
        event = Event()
        event["uid"] = vText(f"{row['id']}@{held['register_id']}")
        event.add("dtstamp", datetime.combine(date.fromisoformat(held["as_of"]), datetime.min.time(), UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event["sequence"] = vInt(0)
        event["status"] = vText("CONFIRMED")
        event["transp"] = vText("TRANSPARENT")
        event["summary"] = vText(f"{row['what']} ()")
        event["description"] = vText("For information only: this calendar is no legal notice.")
        event["categories"] = vText(row["group_word"])
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_every_line_is_escaped_and_folded_as_the_library_does(what: str, register: str, group: str) -> None:
    first = next(r for r in HELD["rows"] if r["id"] == "fares")
    more = {"what": what, "group_word": group, "cells": [], "dates": first["dates"][:1]}
    rows = [{**first, **more}, {**first, **more, "id": "zeta", "what": register}]
    held = {**HELD, "register": register, "rows": rows}
    assert measures_ics(msgspec.json.encode(held)) == whole(held)


def test_a_line_is_folded_from_the_length_at_which_the_library_folds() -> None:
    first = next(r for r in HELD["rows"] if r["id"] == "fares")
    for length in range(55, 80):
        row = {**first, "what": "x" * length, "cells": [], "dates": first["dates"][:1]}
        held = {**HELD, "rows": [row]}
        assert measures_ics(msgspec.json.encode(held)) == whole(held)
