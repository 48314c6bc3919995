"""Random acts and registers for property tests (Hypothesis)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st

from tests.register.registers import FOUND, GAZETTE, HERALD, act, act_id, entered
from travaux.acts.base import Act
from travaux.acts.vocabulary import kind_of, to_body
from travaux.register.fold import Entered, Part

FIRST = date(2031, 1, 1)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
WHENS = st.one_of(
    DAYS.map(date.isoformat),
    st.tuples(DAYS, st.integers(1, 9)).map(lambda t: f"{t[0]}/{t[0] + timedelta(days=t[1])}"),
    DAYS.map(lambda d: f"by {d}"),
    DAYS.map(lambda d: f"from {d}"),
    st.just("2031-01"),
)
THINGS = st.sampled_from(["dues", "tariff", "night"])
SIDES = st.sampled_from(["arvia", "tolia", ""])
BASES = st.sampled_from([None, GAZETTE, HERALD])


@st.composite
def deeds(draw: st.DrawFn, of_kind: str = "") -> Act:
    """One act of a handful of kinds (or of one), about a handful of things, performed or reported."""
    thing, kind = draw(THINGS), of_kind or draw(st.sampled_from(sorted(_FIELDS)))
    values: dict[str, Any] = {"on": draw(WHENS), "actor": draw(SIDES), **draw(_FIELDS[kind](thing))}
    basis = draw(BASES)
    return act(kind, **values, **({"basis": basis} if basis else {}))


_FIELDS: dict[str, Any] = {
    "table": lambda t: st.just({"instrument": t, "type": "agreement", "titles": {"en": t.title()}}),
    "introduce": lambda t: st.tuples(st.sampled_from("AB")).map(
        lambda n: {"what": "subject", "id": t, "names": {"en": f"{t} {n[0]}"}}
    ),
    "adopt": lambda t: st.just({"subject": t, "at": "board"}),
    "approve": lambda t: st.just({"subject": t, "at": "board"}),
    "undertake": lambda t: st.tuples(WHENS).map(
        lambda w: {"measure": t, "parties": ["arvia", "tolia"], "what": "act", "due": w[0]}
    ),
    "report": lambda t: st.sampled_from(["done", "under_way"]).map(lambda c: {"measure": t, "claim": c}),
    "take_position": lambda t: st.sampled_from(["yes", "no"]).map(lambda s: {"subject": t, "stance": s}),
    "reserve": lambda t: st.just({"subject": t, "sort": "scrutiny"}),
    "lift": lambda t: st.just({"subject": t}),
    "convene": lambda t: st.tuples(WHENS).map(lambda w: {"meeting": t, "title": t, "planned": w[0]}),
    "meet": lambda t: st.just({"meeting": t}),
    "cancel": lambda t: st.just({"meeting": t}),
    "state": lambda t: st.just({"subject": t, "words": "so it is"}),
}


@st.composite
def entries(draw: st.DrawFn, most: int = 14) -> list[Entered[Act]]:
    """A founding act and up to `most` further entries, corrections among them."""
    found = [entered(0, act("found", **{**FOUND, "kind": "working"}))]
    for n in range(1, draw(st.integers(0, most)) + 1):
        party = draw(st.sampled_from(["arvia", "tolia"]))
        found.append(
            entered(n, draw(_correction(found) if n > 1 and draw(st.booleans()) else deeds()), party)
        )
    return found


@st.composite
def _correction(draw: st.DrawFn, before: list[Entered[Act]]) -> Act:
    """A correction of an earlier act (not of a correction): struck, or another act of its kind instead."""
    wrong = [e for e in before[1:] if kind_of(e.act) != "correct"]
    chosen = draw(st.sampled_from(wrong))
    instead: dict[str, Any] = {}
    if draw(st.booleans()):
        other = draw(deeds(kind_of(chosen.act)))
        instead = {"instead": {**to_body(other), "act": kind_of(other)}}
    return act("correct", corrects=act_id(chosen.index), why="a slip", **instead)


@st.composite
def sealings(draw: st.DrawFn) -> list[Entered[Act]]:
    """Entries as one reader has them: indexes with gaps, some acts sealed, some of those disclosed later."""
    made = draw(entries(most=8))
    corrected = {getattr(e.act, "corrects", "") for e in made}
    found: list[Entered[Act]] = []
    hidden: list[Entered[Act]] = []
    for n, one in enumerate(made):
        placed = msgspec.structs.replace(one, index=3 * n + draw(st.integers(0, 2)))
        plain = kind_of(one.act) in ("found", "correct") or one.id in corrected
        if not plain and draw(st.booleans()):
            hidden.append(placed)
            placed = msgspec.structs.replace(placed, act=act("sealed"), parts=(Part("parties"),))
        found.append(placed)
    for n, one in enumerate(draw(st.permutations(hidden))):
        if draw(st.booleans()):
            at = 3 * (len(made) + n)
            by = act("disclose", discloses=one.id, opening="0" * 64)
            told = entered(len(made) + n, by, one.party)
            found.append(msgspec.structs.replace(told, index=at))
            found.append(msgspec.structs.replace(one, index=at, revealed=told.id))
    return found
