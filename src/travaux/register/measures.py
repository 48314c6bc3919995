"""Measures: what was promised, by when, what each party says of it and the others answer.

Nothing here is one value for a measure: every party that owes has its own claims, every other party its own
answers, joint findings and outside assessments stand apart. A due date is never edited: each undertaking and
each extension of the same measure adds to its history, and the first promise stays visible. The state in
time is computed for the day asked; a date that has passed without a report is overdue, never failed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import cast

import msgspec

from travaux.acts.base import Deed
from travaux.acts.families.delivery import Acceptance, Lead, Link
from travaux.acts.kinds import (
    AmendMeasure,
    Answer,
    Assess,
    DecideExtension,
    Deny,
    Find,
    Refuse,
    Report,
    RequestExtension,
    State,
    SuspendMeasure,
    Undertake,
    WithdrawMeasure,
)
from travaux.acts.when import OPEN_END, When
from travaux.delivery.due import Terms
from travaux.register.dated import Sorted, last_said, latest
from travaux.register.fold import AsOf, Entered
from travaux.register.moved import Date, Request, dates, requests

SOON = 30  # days


class InTime(Enum):
    """Where a promise stands in time, as of a day."""

    UNDATED = "undated"
    AHEAD = "ahead"
    SOON = "soon"
    PASSED = "passed"


class Obligation(Enum):
    """Whether a measure is owed, by joint decision."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Clock:
    """A due date as of a day: `days` to go (ahead, soon) or gone by (passed); 0 where undated."""

    state: InTime
    days: int = 0


class Owed(msgspec.Struct, frozen=True, gc=False):
    """One party's side of a measure: its claims and its other words about it, by date, and what now holds.

    `current` is its last claim on each basis: several where sources of one day differ. `answers` are, for
    each other party that gave one, its last answer to a current claim.
    """

    party: str
    claims: tuple[Entered[Report], ...]
    current: tuple[Entered[Report], ...]
    words: tuple[Entered[Deed], ...]
    answers: Mapping[str, Entered[Answer]]
    lead: Lead | None = None

    @property
    def says_done(self) -> bool:
        """True where the party's last claim, on any basis, is that it is done."""
        return any(e.act.claim == "done" for e in self.current)

    @property
    def shows_evidence(self) -> bool:
        """True where a claim that it is done names evidence."""
        return any(e.act.claim == "done" and e.act.evidence for e in self.current)


class Measure(msgspec.Struct, frozen=True, gc=False):
    """One promised step. `dues` is the history of its date, the first promise first.

    `owed` has one entry per party that owes, by id; `others` are words and claims of anyone else about it.
    `findings` of the joint body, `assessments` from outside and `requests` for another date are by date.
    """

    id: str
    promised: tuple[Entered[Undertake], ...]
    dues: tuple[Date, ...]
    owed: tuple[Owed, ...]
    others: tuple[Entered[Deed], ...]
    findings: tuple[Entered[Find], ...] = ()
    assessments: tuple[Entered[Assess], ...] = ()
    requests: tuple[Request, ...] = ()
    amended: tuple[Entered[AmendMeasure], ...] = ()
    suspended: tuple[Entered[SuspendMeasure], ...] = ()
    withdrawn: tuple[Entered[WithdrawMeasure], ...] = ()

    @property
    def first(self) -> Undertake:
        """The first promise."""
        return self.promised[0].act

    @property
    def last(self) -> Undertake:
        """The promise as it was last undertaken."""
        return self.promised[-1].act

    @property
    def what(self) -> str:
        """What is promised, as it now reads."""
        return last_said(e.act.what for e in self.amended) or self.last.what

    @property
    def number(self) -> str:
        """Its number in the adopted text, as it now is."""
        return last_said(e.act.number for e in self.amended) or self.last.number

    @property
    def acceptance(self) -> Acceptance | None:
        """What counts as done, as it now reads."""
        return last_said(e.act.acceptance for e in self.amended) or self.last.acceptance

    @property
    def links(self) -> tuple[Link, ...]:
        """What it has to do with other things, as it now reads."""
        return last_said(e.act.links for e in self.amended) or self.last.links

    @property
    def leads(self) -> tuple[Lead, ...]:
        """Who answers for each party now."""
        return last_said(e.act.leads for e in self.amended) or self.last.leads

    @property
    def due(self) -> When | None:
        """The due date that now holds, where it is a date or period; see `terms` for the rest."""
        return self.dues[-1].when

    @property
    def terms(self) -> Terms:
        """The deadline that now holds, of whatever kind."""
        return self.dues[-1].terms

    @property
    def moved(self) -> bool:
        """True where the deadline is not the one first promised."""
        return len(self.dues) > 1

    @property
    def obligation(self) -> Obligation:
        """Whether it is owed, by the last decision on it."""
        if self.withdrawn:
            return Obligation.WITHDRAWN
        if self.suspended and not self.suspended[-1].act.resumes:
            return Obligation.SUSPENDED
        return Obligation.AMENDED if self.amended else Obligation.IN_FORCE

    @property
    def finding(self) -> Entered[Find] | None:
        """The last joint finding; one taken back (reopened) is none."""
        last = self.findings[-1] if self.findings else None
        return None if last is None or last.act.finding == "reopened" else last

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
    about = Sorted(asof.about(thing))
    promised = tuple(e for e in about.of(Undertake) if e.act.measure == thing)
    if not promised:
        return None
    parties = sorted({p for e in promised for p in e.act.parties})
    said = about.of_any((Report, State, Refuse, Deny))
    by_party: defaultdict[str, list[Entered[Deed]]] = defaultdict(list)
    for entered in said:
        by_party[entered.actor if entered.actor in parties else ""].append(entered)
    answers = about.of(Answer)
    asked = requests(asof, about.of(RequestExtension), about.of(DecideExtension))
    return Measure(
        id=thing,
        promised=promised,
        dues=dates(promised, asked),
        owed=tuple(_owed(party, by_party[party], answers) for party in parties),
        others=tuple(by_party[""]),
        findings=about.of(Find),
        assessments=about.of(Assess),
        requests=asked,
        amended=about.of(AmendMeasure),
        suspended=about.of(SuspendMeasure),
        withdrawn=about.of(WithdrawMeasure),
    )


def _owed(party: str, said: list[Entered[Deed]], answers: Iterable[Entered[Answer]]) -> Owed:
    claims = tuple(cast("Entered[Report]", e) for e in said if isinstance(e.act, Report))
    words = tuple(e for e in said if not isinstance(e.act, Report))
    current = latest(claims)
    ids = {e.id for e in current}
    given = {e.actor: e for e in answers if e.act.report in ids and e.actor != party}
    return Owed(party, claims, current, words, given)
