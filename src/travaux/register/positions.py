"""Who holds what: positions of the parties on a matter, reservations, refusals, and figures of fulfilment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from travaux.acts.base import Claim, Deed
from travaux.acts.kinds import Deny, Lift, Refuse, Reserve, State, TakePosition
from travaux.register.dated import chronological, day_of, deeds, latest, of_kind
from travaux.register.fold import AsOf, Entered
from travaux.register.ladder import lifts

SPOKEN: tuple[type[Deed], ...] = (TakePosition, Refuse, Deny, Reserve, Lift)


@dataclass(frozen=True, slots=True)
class Position:
    """A party on a subject: all it said (positions taken, refusals, denials) by date, and what now holds.

    `current` is the last position or refusal on each basis, and the last denial. `reserved` are the
    reservations not lifted. `party` is "" where a source does not say whose position it is.
    """

    party: str
    subject: str
    history: tuple[Entered[Deed], ...]
    current: tuple[Entered[Deed], ...]
    reserved: tuple[Entered[Reserve], ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """An open matter: the position of each party that spoke on it, by party id.

    A refusal that names no subject is a matter of its own; then `subject` is "".
    """

    subject: str
    sides: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of fulfilment as somebody gave it: never averaged, never compared away."""

    said: Entered[State]
    claim: Claim

    @property
    def who(self) -> str:
        """The person who gave it, else the party or body."""
        return self.said.act.person or self.said.actor


def position(asof: AsOf, party: str, subject: str) -> Position | None:
    """One party's position on one subject, or None where it has not spoken on it."""
    said = deeds(asof.about(subject), SPOKEN)
    spoken = [e for e in said if e.act.subject == subject and e.actor == party]
    return _position(party, subject, spoken) if spoken else None


def matters(asof: AsOf) -> tuple[Matter, ...]:
    """All matters somebody took a position on, reserved or refused; the latest spoken of first."""
    spoken: defaultdict[tuple[str, str], list[Entered[Deed]]] = defaultdict(list)
    for kind in SPOKEN:
        for entered in asof.acts(kind):
            key = entered.act.subject or f" {entered.id}"
            spoken[key, entered.actor].append(entered)
    sides: defaultdict[str, list[Position]] = defaultdict(list)
    for (subject, party), said in sorted(spoken.items(), key=lambda item: item[0]):
        held = _position(party, subject.strip() if subject[0] != " " else "", said)
        if held.current or held.reserved:
            sides[subject].append(held)
    found = [Matter(positions[0].subject, tuple(positions)) for positions in sides.values()]
    return tuple(sorted(found, key=_spoken_last, reverse=True))


def figures(asof: AsOf) -> tuple[Figure, ...]:
    """All figures of fulfilment, by what they speak of, then by date."""
    said = [Figure(e, e.act.claim) for e in chronological(asof.acts(State)) if e.act.claim]
    return tuple(sorted(said, key=lambda f: f.claim.of))


def _position(party: str, subject: str, said: Iterable[Entered[Deed]]) -> Position:
    entries = tuple(said)
    history = deeds(entries, (TakePosition, Refuse, Deny))
    holds = latest(deeds(entries, (TakePosition, Refuse)))
    current = chronological((*holds, *latest(deeds(entries, (Deny,)))))
    return Position(party, subject, history, current, _unlifted(deeds(entries, (Reserve, Lift))))


def _unlifted(acts: Iterable[Entered[Deed]]) -> tuple[Entered[Reserve], ...]:
    """The reservations no later act of the same party and basis lifts."""
    live: list[Entered[Reserve]] = []
    for entered in acts:
        act = entered.act
        if isinstance(act, Reserve):
            live += of_kind((entered,), Reserve)
        elif isinstance(act, Lift):
            live = [r for r in live if r.performed != entered.performed or not lifts(act, r.act)]
    return tuple(live)


def _spoken_last(matter: Matter) -> tuple[bool, str, str]:
    days = [day_of(e.act.on) for s in matter.sides for e in (*s.history, *s.reserved)]
    return len(matter.sides) > 1, max(days).isoformat(), matter.subject
