"""Judging, in processor time: one act among 100,000, all of them again in order, the vote of a large body."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import process_time
from typing import Any

from bench.register import _IDS, _limit
from bench.row import Row
from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import from_values
from travaux.register.fold import Entered, Register
from travaux.rules.book import Rulebook
from travaux.rules.judge import judge, standing
from travaux.rules.ready import ready

_RATE = 20_000
_FIRST = date(2031, 1, 1)
_MANY = 100_000
_STATES = tuple(f"state-{n}" for n in range(193))


def rows() -> list[Row]:
    """The figures of the rules."""
    return [*_register_rows(), *_vote_rows()]


def script(n: int) -> Iterator[tuple[str, Act]]:
    """`n` acts of a working register of two parties that their rules allow: (party, act), seeded."""
    dice = random.Random(7)
    texts = 0
    made = 0
    while made < n:
        for party, act in _process(texts, dice):
            yield party, act
            made += 1
            if made == n:
                return
        texts += 1


def _process(number: int, dice: random.Random) -> Iterator[tuple[str, Act]]:
    """One text from the table to the commission, with talk around it: twenty acts."""
    text, on = f"text-{number}", (_FIRST + timedelta(days=number // 8)).isoformat()
    yield "arvia", _act("table", on, instrument=text, type="agreement", titles={"en": f"Text {number}"})
    yield (
        "arvia",
        _act("introduce", on, what="subject", id=f"matter-{number}", names={"en": f"Matter {number}"}),
    )
    for side in ("arvia", "tolia", "arvia", "tolia"):
        yield side, _act("take_position", on, subject=f"matter-{number}", stance=f"view {dice.randrange(9)}")
    yield "tolia", _act("reserve", on, subject=text, sort="linguistic")
    yield from _decided(text, "working-group", on)
    yield "desk", _act("refer", on, subject=text, to="commission")
    yield from _decided(text, "commission", on)
    measure = {"measure": f"measure-{number}", "parties": ["arvia"], "what": "light the pier", "under": text}
    yield "arvia", _act("undertake", on, **measure)
    for claim in ("under_way", "done_in_part", "done"):
        yield "arvia", _act("report", on, measure=f"measure-{number}", claim=claim)
    yield "tolia", _act("state", on, subject=text, words="so it was agreed")


def _decided(text: str, at: str, on: str) -> Iterator[tuple[str, Act]]:
    for side in ("arvia", "tolia"):
        yield side, _act("approve", on, subject=text, at=at)
    yield "desk", _act("adopt", on, subject=text, at=at)


def _register_rows() -> list[Row]:
    book, acts = _book("two-ministries"), list(script(_MANY))
    register = Register()
    register.add(Entered(0, _IDS[0], "desk/key", "desk", _found(("arvia", "tolia"))))
    start = process_time()
    for n, (party, act) in enumerate(acts[:-1], 1):
        verdict = judge(register.as_of(), act, party, book)
        assert verdict.allowed, verdict.say()
        register.add(Entered(n, _IDS[n], f"{party}/key", party, act))
    rate = (_MANY - 1) / (process_time() - start)
    name = "100,000 acts judged again in order"
    rejudged = Row(name, rate, _RATE, rate / _RATE, "≥ 20,000/s", "acts/s", rate >= _RATE)
    return [rejudged, *_one_act(register, book)]


def _one_act(register: Register, book: Rulebook) -> list[Row]:
    """Single acts on the full register: the common ones, one that the rules weigh, one that names nothing."""
    on, two = "2066-01-01", ["text-1", "text-2"]
    asked: dict[str, tuple[str, Act]] = {
        "a position": ("arvia", _act("take_position", on, subject="matter-77", stance="no")),
        "an approval": ("arvia", _act("approve", on, subject="text-4800", at="working-group")),
        "a result": ("desk", _act("adopt", on, subject="text-4800", at="commission")),
        "a bundle": (
            "arvia",
            _act("bundle", on, package="deal", names={"en": "D"}, elements=two),
        ),
    }
    found = []
    for name, (party, act) in asked.items():
        spent = _milliseconds(lambda act=act, party=party: judge(register.as_of(), act, party, book))  # type: ignore[misc]
        found.append(_limit(f"judge of {name}, 100,000 acts", spent, 2.0, "ms"))
    spent = _milliseconds(lambda: standing(register.as_of(), book, "text-4800"))
    return [*found, _limit("standing of one text, 100,000 acts", spent, 2.0, "ms")]


def _vote_rows() -> list[Row]:
    """A result in a body of 193 members after a vote in which each has spoken twice."""
    book, register = _book("un-general-assembly"), Register()
    acts: list[tuple[str, Act]] = [("desk", _found(_STATES))]
    on = "2031-03-01"
    acts.append((_STATES[0], _act("table", on, instrument="text", type="resolution", titles={"en": "Text"})))
    for level in ("committee", "plenary"):
        acts.append((_STATES[0], _act("refer", on, subject="text", to=level, points=[{"matter": "all"}])))
    acts.append(("desk", _act("meet", on, meeting="session", who=list(_STATES))))
    for kind in ("object", "approve"):
        acts += [(s, _act(kind, on, subject="text", at="plenary", meeting="session")) for s in _STATES]
    for n, (party, act) in enumerate(acts):
        register.add(Entered(n, _IDS[n], f"{party}/key", party, act))
    result = _act("adopt", on, subject="text", at="plenary", meeting="session")
    spent = _milliseconds(lambda: judge(register.as_of(), result, "desk", book))
    return [_limit("judge of a result among 193 members", spent, 20.0, "ms")]


def _found(parties: tuple[str, ...]) -> Act:
    keeper = {"id": "desk", "name": "Desk"}
    return _made(
        "found", name="Ferry line", kind="working", origin="ferry.example", host="desk", keeper="desk",
        quorum=1, rules="0" * 64, parties=[*({"id": p, "name": p} for p in parties), keeper],
    )  # fmt: skip


def _act(kind: str, on: str, /, **values: Any) -> Act:
    return _made(kind, on=on, **values)


def _made(kind: str, /, **values: Any) -> Act:
    act = from_values(kind, values)
    assert not isinstance(act, Refused), act.faults
    return act


def _book(name: str) -> Rulebook:
    data = ready(name)
    assert data is not None
    book = Rulebook.parse(data, name)
    assert isinstance(book, Rulebook)
    return book


def _milliseconds(work: Callable[[], object], times: int = 20) -> float:
    """Milliseconds a call, after the first."""
    work()
    start = process_time()
    for _ in range(times):
        work()
    return (process_time() - start) * 1000 / times


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name:48} {row.ours:12.2f} {row.unit:8} {row.target:14} {'ok' if row.ok else 'MISSED'}")
