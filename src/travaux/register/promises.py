"""Measures: what was promised, by when, what each party says of it, and where it stands in time.

Nothing here is one value for a measure: every party that owes has its own claims. A due date is never
edited: each undertaking of the same measure adds to its history and the first one stays visible. The state
in time is computed for the day asked; a date that has passed without a report is overdue, never failed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from travaux.acts.base import Deed
from travaux.acts.kinds import Deny, Refuse, Report, State, Undertake
from travaux.acts.when import OPEN_END, When
from travaux.register.dated import deeds, latest, of_kind
from travaux.register.fold import AsOf, Entered

SOON = 30  # days


class InTime(Enum):
    """Where a promise stands in time, as of a day."""

    UNDATED = "undated"
    AHEAD = "ahead"
    SOON = "soon"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Clock:
    """A due date as of a day: `days` to go (ahead, soon) or gone by (passed); 0 where undated."""

    state: InTime
    days: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as promised: `acts` are those that name it, by date."""

    when: When | None
    acts: tuple[Entered[Undertake], ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One party's side of a measure: its claims and its other words about it, by date, and what now holds.

    `current` is its last claim on each basis: several where sources of one day differ.
    """

    party: str
    claims: tuple[Entered[Report], ...]
    current: tuple[Entered[Report], ...]
    words: tuple[Entered[Deed], ...]

    @property
    def says_done(self) -> bool:
        """True where the party's last claim, on any basis, is that it is done."""
        return any(e.act.claim == "done" for e in self.current)

    @property
    def shows_evidence(self) -> bool:
        """True where a claim that it is done names evidence."""
        return any(e.act.claim == "done" and e.act.evidence for e in self.current)


@dataclass(frozen=True, slots=True)
class Measure:
    """One promised step. `dues` is the history of its date, the first promise first.

    `owed` has one entry per party that owes, by id; `others` are words and claims of anyone else about it.
    """

    id: str
    promised: tuple[Entered[Undertake], ...]
    dues: tuple[Due, ...]
    owed: tuple[Owed, ...]
    others: tuple[Entered[Deed], ...]

    @property
    def first(self) -> Undertake:
        """The first promise."""
        return self.promised[0].act

    @property
    def last(self) -> Undertake:
        """The promise as it now reads."""
        return self.promised[-1].act

    @property
    def due(self) -> When | None:
        """The due date that now holds."""
        return self.dues[-1].when

    @property
    def moved(self) -> bool:
        """True where the date is not the one first promised."""
        return len(self.dues) > 1

    def clock(self, on: date | None) -> Clock:
        """Where it stands in time on the day `on`; None asks nothing and answers as if undated."""
        return clock(self.due, on)


def clock(due: When | None, on: date | None) -> Clock:
    """The state in time of a due date; an open end (``from 2021-09-10``) never passes."""
    if due is None or on is None or due.last == OPEN_END:
        return Clock(InTime.UNDATED)
    left = (due.last - on).days
    if left < 0:
        return Clock(InTime.PASSED, -left)
    return Clock(InTime.SOON if left <= SOON else InTime.AHEAD, left)


def measures(asof: AsOf) -> tuple[Measure, ...]:
    """All measures, by the due date that now holds; the undated ones last."""
    ids = dict.fromkeys(e.act.measure for e in asof.acts(Undertake))
    found = [m for thing in ids if (m := measure(asof, thing))]
    return tuple(sorted(found, key=lambda m: (m.due.last if m.due else OPEN_END, m.id)))


def measure(asof: AsOf, thing: str) -> Measure | None:
    """The measure of that id, or None where nobody undertook it."""
    about = asof.about(thing)
    promised = of_kind(about, Undertake)
    if not promised:
        return None
    parties = sorted({p for e in promised for p in e.act.parties})
    said = deeds(about, (Report, State, Refuse, Deny))
    by_party: defaultdict[str, list[Entered[Deed]]] = defaultdict(list)
    for entered in said:
        by_party[entered.actor if entered.actor in parties else ""].append(entered)
    return Measure(
        id=thing,
        promised=promised,
        dues=_dues(promised),
        owed=tuple(_owed(party, by_party[party]) for party in parties),
        others=tuple(by_party[""]),
    )


def _owed(party: str, said: list[Entered[Deed]]) -> Owed:
    claims = of_kind(said, Report)
    words = tuple(e for e in said if not isinstance(e.act, Report))
    return Owed(party, claims, latest(claims), words)


def _dues(promised: Iterable[Entered[Undertake]]) -> tuple[Due, ...]:
    """Due dates in the order they were promised; a date said again joins the one before."""
    dues: list[Due] = []
    for entered in promised:
        when = entered.act.due
        if dues and (when is None or dues[-1].when == when):
            dues[-1] = Due(dues[-1].when, (*dues[-1].acts, entered))
        else:
            dues.append(Due(when, (entered,)))
    return tuple(dues)
