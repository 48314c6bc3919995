"""Fold, one fact as of a date, and the brief, on made-up registers of two invented parties."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from time import perf_counter
from typing import Any

import msgspec

from bench.row import Row
from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import decode_body
from travaux.register.fold import Entered, fold
from travaux.register.measures import measure
from travaux.register.positions import position
from travaux.register.things import instrument
from travaux.views.brief import brief
from travaux.views.search import Search
from travaux.views.wording import wording

Raw = tuple[str, bytes]
_IDS = [sha256(str(n).encode()).hexdigest() for n in range(100_000)]
_RATE = 150_000
_FIRST = date(2031, 1, 1)
_BASIS = {"kind": "cited", "publisher": "Gazette", "on": "2031-03-04"}
_FOUND = {
    "name": "Ferry line", "kind": "observed", "origin": "ferry.example", "host": "desk", "keeper": "desk",
    "quorum": 1, "rules": "0" * 64,
    "parties": [{"id": "arvia", "name": "Arvia"}, {"id": "tolia", "name": "Tolia"}],
}  # fmt: skip


def bodies(n: int) -> Iterator[Raw]:
    """`n` acts as they lie on the record, (kind, JSON): a founding act, then a mixed process, seeded."""
    dice = random.Random(11)
    yield "found", msgspec.json.encode(_FOUND)
    for at in range(1, n):
        kind = _KINDS[at % len(_KINDS)]
        on = (_FIRST + timedelta(days=dice.randrange(1400))).isoformat()
        body: dict[str, Any] = {"on": on, "actor": dice.choice(("arvia", "tolia")), "basis": _BASIS}
        yield kind, msgspec.json.encode({**body, **_FIELDS[kind](at, max(1, n // 100), dice)})


def entered(raw: list[Raw]) -> Iterator[Entered[Act]]:
    """Each body decoded, as the register takes it."""
    for n, (kind, body) in enumerate(raw):
        act = decode_body(kind, body)
        assert not isinstance(act, Refused)
        yield Entered(n, _IDS[n], "desk/key", "desk", act)


def rows() -> list[Row]:
    """The figures of the register and its views."""
    return [*_fold_rows(), *_brief_rows()]


def _fold_rows() -> list[Row]:
    raw = list(bodies(100_000))
    seconds = _best(lambda: fold(entered(raw)), 3)
    made = fold(entered(raw))
    rate = len(raw) / seconds
    asked = {
        "one position as of a date": lambda day: position(made.as_of(day), "arvia", "matter-7"),
        "one promise as of a date": lambda day: measure(made.as_of(day), "measure-7"),
        "one text as of a date": lambda day: instrument(made.as_of(day), "text-7"),
    }
    days = [_FIRST + timedelta(days=n) for n in range(0, 1400, 100)]
    facts = [_limit(f"{name}, 100,000 acts", _each(ask, days), 5.0, "ms") for name, ask in asked.items()]
    name = "fold of 100,000 mixed acts, with decoding"
    return [Row(name, rate, _RATE, rate / _RATE, "≥ 150,000/s", "acts/s", rate >= _RATE), *facts]


def _brief_rows() -> list[Row]:
    made = fold(entered(list(bodies(10_000))))
    day, before = _FIRST + timedelta(days=1200), _FIRST + timedelta(days=1100)
    alone = _best(lambda: brief(made.as_of(day)), 3) * 1000
    compared = _best(lambda: brief(made.as_of(day), compare=made.as_of(before)), 3) * 1000
    index = _best(lambda: Search(wording(made.as_of(day))), 1) * 1000
    return [
        _limit("brief on 10,000 acts", alone, 300, "ms"),
        _limit("brief on 10,000 acts, compared", compared, 300, "ms"),
        _limit("search index on 10,000 acts", index, 1000, "ms"),
    ]


def _limit(name: str, ours: float, most: float, unit: str) -> Row:
    return Row(name, ours, most, ours / most, f"≤ {most:g} {unit}", unit, ours <= most)


def _best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return min(taken)


def _each(ask: Callable[[date], object], days: list[date]) -> float:
    """Milliseconds a question, after the first."""
    ask(days[0])
    start = perf_counter()
    for day in days:
        ask(day)
    return (perf_counter() - start) * 1000 / len(days)


def _thing(stem: str, many: int, dice: random.Random) -> str:
    return f"{stem}-{dice.randrange(many)}"


_KINDS = (
    "table", "undertake", "take_position", "state", "report", "state", "adopt", "meet", "take_position",
    "refer", "state", "report",
)  # fmt: skip
_FIELDS: dict[str, Callable[[int, int, random.Random], dict[str, Any]]] = {
    "table": lambda n, m, d: {
        "instrument": _thing("text", m, d), "type": "plan", "titles": {"en": f"Plan {n}"},
    },
    "undertake": lambda n, m, d: {
        "measure": _thing("measure", m * 2, d), "parties": ["arvia", "tolia"], "what": f"build stage {n}",
        "due": f"by 203{d.randrange(1, 5)}-0{d.randrange(1, 10)}-01",
    },
    "take_position": lambda n, m, d: {"subject": _thing("matter", m, d), "stance": f"holds view {n % 9}"},
    "state": lambda n, _m, d: {
        "words": f"the work goes on as planned, stage {n}",
        **({"claim": {"of": "text-1", "figure": str(n % 100)}} if d.random() < 0.1 else {}),
    },
    "report": lambda _n, m, d: {
        "measure": _thing("measure", m * 2, d), "claim": d.choice(("done", "under_way")),
    },
    "adopt": lambda _n, m, d: {"subject": _thing("text", m, d), "at": d.choice(("board", "council"))},
    "meet": lambda n, _m, _d: {"meeting": f"meeting-{n}", "title": f"Session {n}", "where": "Velmar"},
    "refer": lambda _n, m, d: {"subject": _thing("text", m, d), "to": d.choice(("board", "council"))},
}  # fmt: skip

if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:48} {row.ours:12.2f} {row.unit:8} {row.target:14} {'ok' if row.ok else 'MISSED'}")
