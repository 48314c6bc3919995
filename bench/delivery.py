"""Delivery on 10,000 measures with 60,000 facts: fold, views, workbook, calendar, runs over links."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from time import perf_counter
from typing import Any

import msgspec

from bench.row import Row
from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import decode_body
from travaux.delivery.runs import Plan, finishes
from travaux.register.delivered import delivery
from travaux.register.fold import Entered, Register, fold
from travaux.views.delivered.board import Board, board, board_json, board_values
from travaux.views.delivered.minister import minister_page
from travaux.views.wording import wording

MEASURES, TODAY, FIRST = 10_000, date(2032, 1, 1), 50
_FOUND = {
    "name": "Ferry line", "kind": "working", "origin": "ferry.example/bench", "host": "h", "quorum": 2,
    "rules": "0" * 64, "parties": [{"id": "arvia", "name": "Arvia"}, {"id": "tolia", "name": "Tolia"}],
}  # fmt: skip


def _bodies(dice: random.Random) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(kind, body, party) of the founding act and of six facts a measure."""
    yield "found", _FOUND, "arvia"
    for n in range(MEASURES):
        due = date(2031, 1, 1) + timedelta(days=dice.randrange(900))
        owes = ["arvia", "tolia"][: 1 + n % 2]
        yield "undertake", {
            "on": "2030-06-01", "measure": f"m{n}", "parties": owes, "what": f"complete the work of item {n}",
            "due": due.isoformat(), "number": str(n),
            "leads": [{"party": p, "body": f"{p}-office"} for p in owes],
        }, "arvia"  # fmt: skip
        claim = dice.choice(["under_way", "done", "done", "not_started"])
        yield "report", {"on": "2031-02-01", "measure": f"m{n}", "claim": "under_way"}, "arvia"
        yield (
            "report",
            {"on": "2031-05-01", "measure": f"m{n}", "claim": claim, "words": "as planned"},
            "arvia",
        )
        says = dice.choice(["accepts", "accepts", "disputes"])
        yield (
            "answer",
            {"on": "2031-06-01", "measure": f"m{n}", "report": "LAST", "says": says, "words": "seen"},
            "tolia",
        )
        later = (due + timedelta(days=90)).isoformat()
        notice = {"on": "2031-06-02", "measure": f"m{n}", "why": "weather", "to": later, "notice": n % 3 == 0}
        yield "request_extension", notice, "arvia"
        yield "assess", {"on": "2031-07-01", "measure": f"m{n}", "value": "B", "scale": "A to E"}, "tolia"


def entries() -> list[tuple[str, bytes, str]]:
    """The acts as they lie on the record: (kind, JSON, party)."""
    found, last = [], ""
    for n, (kind, body, party) in enumerate(_bodies(random.Random(5))):
        if body.get("report") == "LAST":
            body["report"] = last
        if kind == "report":
            last = sha256(str(n).encode()).hexdigest()
        found.append((kind, msgspec.json.encode(body), party))
    return found


def _entered(raw: list[tuple[str, bytes, str]]) -> Iterator[Entered[Act]]:
    for n, (kind, body, party) in enumerate(raw):
        act = decode_body(kind, body)
        if isinstance(act, Refused):
            raise TypeError(act)
        yield Entered(n, sha256(str(n).encode()).hexdigest(), f"{party}/delegation", party, act)


def rows() -> Iterator[Row]:
    """The rows of the table."""
    raw = entries()
    seconds, register = _timed(lambda: fold(_entered(raw)))
    yield Row(
        "fold of 10,000 measures, 60,000 facts, with decoding",
        seconds,
        None,
        None,
        "≤ 1 s",
        "s",
        seconds <= 1,
    )
    yield from _views(register)
    yield from _files(register)
    plans = _plans(random.Random(1))
    seconds, _ = _timed(lambda: finishes(plans, [0] * 60 + list(range(0, 200, 5))))
    yield Row("1,000 measures × 10,000 runs over links", seconds, None, None, "≤ 1 s", "s", seconds <= 1)


def _views(register: Register) -> Iterator[Row]:
    asof = register.as_of(TODAY)
    seconds, _ = _timed(lambda: delivery(asof, TODAY))
    yield Row("state of delivery as of a day, the first time", seconds, None, None, "-", "s", True)
    w = wording(asof)
    page = board(w, TODAY)
    for name, view in {
        "board (counts, groups, first page)": lambda: _first_page(board(w, TODAY)),
        "moved dates, first page": lambda: list(page.rows.moved[:FIRST]),
        "sides disagree, first page": lambda: list(page.rows.disputed[:FIRST]),
        "minister's page": lambda: minister_page(w, page, "arvia"),
    }.items():
        seconds = min(_timed(view)[0] for _ in range(3))
        yield Row(f"view: {name}", seconds * 1000, None, None, "≤ 100 ms", "ms", seconds <= 0.1)
    seconds, _ = _timed(lambda: board_json(page))
    yield Row("all 10,000 rows of the board, written out", seconds * 1000, None, None, "-", "ms", True)


def _first_page(page: Board) -> tuple[Any, ...]:
    """What a surface shows first: the counts, how many stand in each quarter, the first rows of the first."""
    quarters = page.rows.by_quarter()
    first = next(iter(quarters.values()))
    return page.counts, {q: len(rows) for q, rows in quarters.items()}, list(first[:FIRST])


def _files(register: Register) -> Iterator[Row]:
    from travaux.formats.delivery.calendar import measures_ics
    from travaux.formats.delivery.workbook import measures_xlsx
    from travaux.formats.delivery.workbook_back import read_back

    page = board(wording(register.as_of(TODAY)), TODAY, reader="arvia")
    data = board_json(page)
    seconds, book = _timed(lambda: measures_xlsx(data))
    plain, _ = _timed(lambda: _plain_workbook(page))
    yield Row("workbook out", seconds, plain, seconds / plain, "≤ 5 s, ≤ 2 × plain loop", "s", seconds <= 5)
    seconds, back = _timed(lambda: read_back(book, "plan.xlsx"))
    if isinstance(back, Refused):
        raise TypeError(back)
    plain, _ = _timed(lambda: _plain_read(book))
    yield Row("workbook in", seconds, plain, seconds / plain, "≤ 5 s, ≤ 2 × plain loop", "s", seconds <= 5)
    seconds, _ = _timed(lambda: measures_ics(data))
    plain, _ = _timed(lambda: _plain_calendar(page))
    yield Row("calendar", seconds, plain, seconds / plain, "≤ 4 s, ≤ 2 × plain loop", "s", seconds <= 4)


def _plain_workbook(page: Board) -> bytes:
    """The limit: the same texts in the same cells, by openpyxl alone, without any look."""
    from openpyxl import Workbook

    from travaux.formats.delivery.workbook import fields_of, values_of

    held = board_values(page)
    fields = fields_of(held)
    book = Workbook()
    sheet = book.active
    for n, row in enumerate(held["rows"], 1):
        for column, value in enumerate(values_of(held, row, fields).values(), 1):
            sheet.cell(n, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain_read(data: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    return sum(1 for row in book["Measures"].iter_rows(values_only=True) for value in row if value)


def _plain_calendar(page: Board) -> bytes:
    from icalendar import Calendar, Event

    calendar = Calendar()
    for row in page.rows:
        event = Event()
        event.add("uid", row.id)
        event.add("dtstamp", datetime(2032, 1, 1, tzinfo=UTC))
        event.add("dtstart", TODAY)
        event.add("dtend", TODAY)
        event.add("sequence", len(row.dates) - 1)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("summary", row.what)
        event.add("description", "\n".join(f"{c.name}: {[s.word for s in c.claims]}" for c in row.cells))
        event.add("categories", [row.group_word])
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _plans(dice: random.Random) -> list[Plan]:
    start = date(2031, 1, 1)
    return [
        Plan(f"m{n:04}", start + timedelta(days=dice.randrange(1000)),
             ((f"m{dice.randrange(n):04}", 10),) if n and dice.random() < 0.57 else ())
        for n in range(1000)
    ]  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    made = work()
    return perf_counter() - start, made


if __name__ == "__main__":
    for one in rows():
        print(one)
