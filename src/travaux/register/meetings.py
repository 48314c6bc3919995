"""Meetings: planned, moved, called off or held, each as the acts say; sources that differ are both kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from travaux.acts.base import Deed
from travaux.acts.kinds import Cancel, Convene, Meet, Postpone
from travaux.acts.when import Past, When
from travaux.register.dated import chronological, day_of, last_said, naming
from travaux.register.fold import AsOf, Entered


class Held(Enum):
    """What the acts say of a meeting, asked as of a day."""

    HELD = "held"
    PERHAPS = "perhaps"
    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    UNREPORTED = "unreported"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting by all acts about it. `when` is when it was held, else the plan that now holds, if any.

    UNREPORTED means that the day planned has passed and no act says whether it was held. `differs` is true
    where sources contradict each other: held on several days, or held and cancelled.
    """

    id: str
    status: Held
    when: When | None
    body: str
    who: tuple[str, ...]
    plans: tuple[Entered[Convene], ...]
    moves: tuple[Entered[Postpone], ...]
    cancelled: tuple[Entered[Cancel], ...]
    held: tuple[Entered[Meet], ...]

    @property
    def differs(self) -> bool:
        """True where the acts cannot all be so."""
        return len({m.act.on for m in self.held}) > 1 or bool(self.held and self.cancelled)

    @property
    def acts(self) -> tuple[Entered[Deed], ...]:
        """All acts about it, by date."""
        return chronological((*self.plans, *self.moves, *self.cancelled, *self.held))


def meetings(asof: AsOf) -> tuple[Meeting, ...]:
    """All meetings convened or held, by date; those without a date last."""
    ids = dict.fromkeys(
        [*(e.act.meeting for e in asof.acts(Convene)), *(e.act.meeting for e in asof.acts(Meet))]
    )
    found = [m for thing in ids if (m := meeting(asof, thing))]
    return tuple(sorted(found, key=lambda m: (m.when is None, day_of(m.when) if m.when else None, m.id)))


def meeting(asof: AsOf, thing: str) -> Meeting | None:
    """The meeting of that id, or None where no act convenes or holds it."""
    acts = asof.about(thing)
    plans = naming(acts, Convene, "meeting", thing)
    held = naming(acts, Meet, "meeting", thing)
    if not plans and not held:
        return None
    moves = naming(acts, Postpone, "meeting", thing)
    cancelled = naming(acts, Cancel, "meeting", thing)
    status, when = _status(asof, plans, moves, cancelled, held)
    known: tuple[Convene | Meet, ...] = (*(e.act for e in plans), *(e.act for e in held))
    return Meeting(
        id=thing,
        status=status,
        when=when,
        body=last_said(act.body for act in known) or "",
        who=last_said(act.who for act in known) or (),
        plans=plans,
        moves=moves,
        cancelled=cancelled,
        held=held,
    )


def _status(
    asof: AsOf,
    plans: tuple[Entered[Convene], ...],
    moves: tuple[Entered[Postpone], ...],
    cancelled: tuple[Entered[Cancel], ...],
    held: tuple[Entered[Meet], ...],
) -> tuple[Held, When | None]:
    sure = [e for e in held if asof.on is None or e.act.on.past(asof.on) is Past.YES]
    if held:
        first = (sure or held)[0]
        return (Held.HELD if sure else Held.PERHAPS), first.act.on
    last = chronological((*plans, *moves, *cancelled))[-1].act
    if isinstance(last, Cancel):
        return Held.CANCELLED, plans[-1].act.planned
    when = last.to if isinstance(last, Postpone) else last.planned if isinstance(last, Convene) else None
    if when and asof.on and when.last < asof.on:
        return Held.UNREPORTED, when
    return (Held.POSTPONED if isinstance(last, Postpone) else Held.PLANNED), when
