"""Delivery as of a day: when each measure is due, whether its event has happened, and what it counts as.

Everything is computed from the acts for the day asked; nobody types a state in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec

from travaux.acts.collector import collector_resting
from travaux.acts.kinds import Adopt, Answer, EnterIntoForce, Meet
from travaux.acts.when import OPEN_END, Past, When
from travaux.delivery.counting import Counted, Side, agreed_done
from travaux.delivery.due import Due, Terms, resolve
from travaux.delivery.waits import Wait
from travaux.register.dated import day_of, of_kind
from travaux.register.fold import AsOf, Entered
from travaux.register.measures import Measure, Obligation, Owed, measure, measures
from travaux.register.moved import parties_of

KEPT: Final = 4  # states a register keeps: a day and the one it is compared with, for two who look at once


class Delivered(msgspec.Struct, frozen=True, gc=False):
    """A measure with what the day makes of it: its deadline resolved, and how the rule counts it.

    `days` is how long it is overdue, or 0. `adopted` is the day it was first promised, `under` the instrument
    (or "") it was last promised under.
    """

    measure: Measure
    due: Due
    counted: Counted
    days: int
    adopted: date
    under: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """All measures as of a day, by the date that now holds, and the waits that have not come about."""

    on: date
    measures: tuple[Delivered, ...]
    waits: tuple[Wait, ...]
    parties: tuple[str, ...]

    def of(self, thing: str) -> Delivered | None:
        """One measure, or None."""
        return next((d for d in self.measures if d.measure.id == thing), None)

    def under(self, programme: str) -> Delivery:
        """The measures under one instrument only, and their waits."""
        kept = tuple(d for d in self.measures if d.under == programme)
        ids = {d.measure.id for d in kept}
        return Delivery(self.on, kept, tuple(x for x in self.waits if x.measure in ids), self.parties)


def delivery(asof: AsOf, on: date) -> Delivery:
    """The state of delivery at the end of the day `on`, from the acts of `asof` that had happened by then.

    The register keeps the last states worked out, each under all that it depends on: the day of `asof`, the
    log size it sees, the day `on`. An act that is added makes another size, so no kept state can be old.
    """
    register, key = asof._register, (asof.on, asof.size, on)
    kept: Mapping[Any, Delivery] = register._delivered or {}
    found = kept.get(key)
    if found is None:
        found = _worked_out(asof, on)
        last = list(kept.items())[1 - KEPT :]
        # A new mapping each time: others may be reading the one before.
        register._delivered = {**dict(last), key: found}
    return found


def due_of(asof: AsOf, m: Measure) -> Due:
    """When one measure is due, through events and parents where its deadline hangs on them."""
    state = _State(asof, lambda thing: measure(asof, thing), parties_of(asof))
    return resolve(m.terms, state.terms, state.happened)


def _worked_out(asof: AsOf, on: date) -> Delivery:
    with collector_resting():
        held = {m.id: m for m in measures(asof)}
        parties = parties_of(asof)
        state = _State(asof, held.get, parties)
        found = tuple(state.delivered(m, on) for m in held.values())
        waits = tuple(w for d in found for w in state.waits(d))
    return Delivery(on, found, waits, parties)


@dataclass(slots=True)
class _State:
    asof: AsOf
    held: Callable[[str], Measure | None]
    parties: tuple[str, ...]

    def delivered(self, m: Measure, on: date) -> Delivered:
        due = resolve(m.terms, self.terms, self.happened)
        last = due.when.last if due.when is not None else OPEN_END
        counted = self.counted(m, due, passed=last < on)
        days = (on - last).days if counted.overdue else 0
        return Delivered(m, due, counted, days, day_of(m.first.on), m.last.under)

    def counted(self, m: Measure, due: Due, *, passed: bool) -> Counted:
        sides = sides_of(m, self.parties)
        withdrawn = m.obligation is Obligation.WITHDRAWN
        rests = m.obligation is Obligation.SUSPENDED
        finding = m.finding.act.finding if m.finding else ""
        overdue = passed and not rests and not withdrawn and not agreed_done(sides, finding)
        return Counted(m.id, sides, finding, withdrawn, overdue, waiting=bool(due.waits_for))

    def terms(self, thing: str) -> Terms | None:
        found = self.held(thing)
        return found.terms if found else None

    def happened(self, event: str) -> When | None:
        """When an event is on record as having happened for certain: a measure done, a text in force, a
        meeting held."""
        found = self.held(event)
        if found is not None:
            return done_on(found, self.parties)
        about = self.asof.about(event)
        for kind in (EnterIntoForce, Adopt, Meet):
            acts = [e for e in of_kind(about, kind) if _names(e, event) and self._sure(e)]
            if acts:
                return acts[0].act.on
        return None

    def waits(self, d: Delivered) -> Iterable[Wait]:
        """The links of a measure that have not come about: what it requires is not agreed done."""
        m = d.measure
        if m.withdrawn or d.counted.agreed:
            return
        for link in m.links:
            if link.sort in ("requires", "condition") and self.happened(link.to) is None:
                yield Wait(m.id, link.to, link.sort)

    def _sure(self, entered: Entered[Any]) -> bool:
        on = self.asof.on
        return on is None or entered.act.on.past(on) is Past.YES


def sides_of(m: Measure, parties: Iterable[str]) -> tuple[Side, ...]:
    """What each party that owes claims, and what every other one of `parties` answers to that."""
    others = tuple(parties)
    return tuple(
        Side(owed.party, _claims(owed), _answers(m, owed, others) if owed.current else {}) for owed in m.owed
    )


def _answers(m: Measure, owed: Owed, parties: tuple[str, ...]) -> dict[str, str]:
    """The answers of the others. One that owes the same joint result and itself says it is done has accepted.

    (Where each owes a result of its own, saying that one's own is done says nothing of the other's.)
    """
    joint = len(m.owed) > 1 and m.last.shape in ("", "joint") and _claims(owed) == {"done"}
    agree = {o.party for o in m.owed if _claims(o) == {"done"}} if joint else frozenset()
    return {
        p: _says(owed.answers.get(p)) or ("accepts" if p in agree else "") for p in parties if p != owed.party
    }


def _claims(owed: Owed) -> frozenset[str]:
    return frozenset(e.act.claim for e in owed.current)


def _says(answer: Entered[Answer] | None) -> str:
    return answer.act.says if answer else ""


def _names(entered: Entered[Any], event: str) -> bool:
    act = entered.act
    return event in (
        getattr(act, "subject", ""),
        getattr(act, "meeting", "") if isinstance(act, Meet) else "",
    )


def done_on(m: Measure, parties: tuple[str, ...]) -> When | None:
    """The day on which a measure became agreed done: the finding, or the last acceptance."""
    if m.finding:
        done = m.finding.act.finding in ("fulfilled", "fulfilled_late")
        return m.finding.act.on if done else None
    if not agreed_done(sides_of(m, parties)):
        return None
    acts = [e for o in m.owed for e in (*o.current, *o.answers.values())]
    return max(acts, key=lambda e: (day_of(e.act.on), e.index)).act.on


__all__ = ["Delivered", "Delivery", "delivery", "done_on", "due_of"]
