"""Small registers for tests: acts from plain values, and one invented process of two sides."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import from_values
from travaux.register.fold import AsOf, Entered, Register, fold

RULES = "0" * 64
FOUND: dict[str, Any] = {
    "name": "Ferry line", "kind": "observed", "origin": "ferry.example", "host": "desk", "keeper": "desk",
    "quorum": 1, "rules": RULES,
    "parties": [
        {"id": "arvia", "name": "Arvia", "names": {"en": "Arvia", "ru": "Арвия"}},
        {"id": "tolia", "name": "Tolia"},
    ],
}  # fmt: skip
GAZETTE = {"kind": "cited", "publisher": "Gazette", "on": "2031-03-04"}
HERALD = {"kind": "cited", "publisher": "Herald", "on": "2031-03-05"}


def act(kind: str, /, **values: Any) -> Act:
    """An act from plain values, as the notation has them; a wrong one fails the test."""
    made = from_values(kind, values)
    assert not isinstance(made, Refused), (kind, [f.line() for f in made.faults])
    return made


def act_id(n: int) -> str:
    """The id of the act at log index `n` of a test register."""
    return sha256(f"act {n}".encode()).hexdigest()


def entered(n: int, act: Act, party: str = "desk") -> Entered[Act]:
    """`act` as entry `n`, signed by `party`."""
    return Entered(n, act_id(n), f"{party}/key", party, act)


def register(*acts: Act, working: bool = False) -> Register:
    """A register of a founding act and `acts`; the first of them is entry 1."""
    founding = act("found", **{**FOUND, "kind": "working" if working else "observed"})
    return fold(entered(n, a) for n, a in enumerate((founding, *acts)))


def day(text: str) -> date:
    """A calendar day from its ISO form."""
    return date.fromisoformat(text)


def as_of(made: Register, text: str) -> AsOf:
    """`made` as of a day."""
    return made.as_of(day(text))


def ferry() -> list[Act]:
    """An invented process of 2031: a roadmap, two rungs, promises, positions, figures, meetings."""

    def said(kind: str, on: str, **values: Any) -> Act:
        return act(kind, on=on, **{"basis": GAZETTE, **values})

    return [
        said("introduce", "2031-01-01", what="body", id="board", names={"en": "Ferry Board"}),
        said("introduce", "2031-01-01", what="body", id="council", names={"en": "Joint Council"}),
        said("introduce", "2031-01-01", what="person", id="ona-tal", names={"en": "Ona Tal"},
             offices=[{"title": "President", "of": "arvia"}]),
        said("introduce", "2031-01-01", what="subject", id="night", names={"en": "night crossings"}),
        said("introduce", "2031-01-01", what="subject", id="fares", names={"en": "a common fare list"}),
        said("table", "2031-02-01", instrument="programmes", type="programme", count=6,
             titles={"en": "Ferry programmes"}),
        said("table", "2031-02-02", instrument="harbour-dues", type="agreement",
             titles={"en": "Agreement on harbour dues"}),
        said("refer", "2031-02-10", subject="harbour-dues", to="board"),
        said("approve", "2031-03-03", subject="programmes", at="board", actor="arvia"),
        said("approve", "2031-03-03", subject="programmes", at="board", actor="tolia"),
        said("adopt", "2031-03-03", subject="programmes", at="board"),
        said("adopt", "2031-03-20", subject="programmes", at="council"),
        said("adopt", "2031-03-21", subject="programmes", at="council", basis=HERALD),
        said("undertake", "2031-03-03", measure="tariff", parties=["tolia", "arvia"],
             what="agree on one tariff", due="by 2031-07-01", under="programmes"),
        said("undertake", "2031-08-15", measure="tariff", parties=["tolia", "arvia"],
             what="agree on one tariff", due="by 2031-12-01", under="programmes", basis=HERALD),
        said("undertake", "2031-03-03", measure="piers", parties=["arvia"], what="rebuild two piers",
             due="2031-09"),
        said("undertake", "2031-03-03", measure="lights", parties=["tolia"], what="light the channel",
             due="by 2032-01-01", condition="the harbour dues are agreed"),
        said("report", "2031-09-20", measure="piers", actor="arvia", claim="done", words="both open",
             evidence=[{"what": "photograph of the piers"}]),
        said("state", "2031-09-25", actor="tolia", subject="piers", words="one pier is still closed"),
        said("take_position", "2031-03-03", subject="night", actor="arvia", stance="wants them",
             person="ona-tal"),
        said("take_position", "2031-03-03", subject="night", actor="tolia", stance="too early",
             why="no lights in the channel"),
        said("reserve", "2031-03-05", subject="harbour-dues", actor="tolia", sort="scrutiny",
             why="parliament has not read it"),
        said("refuse", "2031-03-06", actor="tolia", what="to share its fleet list", why="trade secret"),
        said("state", "2031-06-01", actor="arvia", person="ona-tal", words="more than half is done",
             claim={"of": "programmes", "figure": "over 50"}),
        said("state", "2031-06-02", actor="tolia", words="40 per cent, of 120 steps",
             claim={"of": "programmes", "figure": "40", "base": 120}, basis=HERALD),
        said("state", "2031-04-01", actor="arvia", words="a free day for students", announces=True,
             due="2031-10-01"),
        said("state", "2031-04-02", actor="arvia", person="ona-tal", words="talks went well"),
        said("meet", "2031-03-03", meeting="velmar", title="Talks of the presidents", where="Velmar",
             who=["ona-tal", "tolia"], outcome="six programmes agreed"),
        said("convene", "2031-04-01", meeting="autumn", title="Autumn session", planned="2031-10-05",
             body="council"),
        said("cite", "2031-03-04", id="gazette-1",
             document={"publisher": "Gazette", "on": "2031-03-04", "sha256": "a" * 64}),
    ]  # fmt: skip
