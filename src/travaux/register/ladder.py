"""The ladder as the acts alone give it: where a thing lies, who said what there, what was decided.

Pure functions over an `AsOf`. Only performed acts count; `said` gives what sources report of stances. Which
level follows which, and what a stance is worth, is for `travaux.rules` to say.

A decision is taken on one thing at one level in one round. A round ends, and all words given in it with it,
when the thing comes to the level anew (`refer`), is withdrawn, or changes: another document is tabled under
its id, other words are proposed or settled in it, or a package is bundled anew, loses an element (detached,
withdrawn) or an element of it changes.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import Enum
from typing import cast

from travaux.acts.kinds import (
    Abstain,
    Adopt,
    Approve,
    Bundle,
    Detach,
    Lift,
    Object,
    OpenSilence,
    Refer,
    Reserve,
    Table,
    Withdraw,
)
from travaux.register.filing import BUNDLES, HOLDS, MOVES, SILENCES, WORDING, WORDS, amended, steps
from travaux.register.fold import AsOf, Entered

Word = Approve | Object | Abstain


class Stance(Enum):
    """What a party said at a level. Having said nothing is none of these."""

    YES = "yes"
    CONDITIONAL = "conditional"
    AD_REFERENDUM = "ad_referendum"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Held:
    """A party's stance and the act that took it.

    A yes may be conditional and ad referendum at once: then `stance` is CONDITIONAL, and the act tells the
    rest.
    """

    party: str
    stance: Stance
    entered: Entered[Word]


@dataclass(frozen=True, slots=True)
class Package:
    """A package: the `elements` it holds now, those that `left`, and the act that bundled it."""

    id: str
    elements: tuple[str, ...]
    left: tuple[str, ...]
    entered: Entered[Bundle]


def stance_of(act: Word) -> Stance:
    """The stance that an act takes."""
    if isinstance(act, Approve):
        if act.conditions:
            return Stance.CONDITIONAL
        return Stance.AD_REFERENDUM if act.ad_referendum else Stance.YES
    return Stance.NO if isinstance(act, Object) else Stance.ABSTAIN


def level_of(asof: AsOf, subject: str, apart: Container[str] = ()) -> str:
    """The level where `subject` lies, by the last referral or result; "" before the first, or withdrawn.

    A result at a level in `apart` (a track beside the ladder) moves nothing. An element of a package lies
    where its package lies; a package without steps of its own, where all its elements lie.
    """
    inside = package_of(asof, subject)
    carried = _own_level(asof, inside.id, apart) if inside else ""
    own = carried or _own_level(asof, subject, apart)
    made = None if own or inside else package(asof, subject)
    if made is None:
        return own
    levels = {_own_level(asof, e, apart) for e in made.elements}
    return levels.pop() if len(levels) == 1 else ""


def stances(asof: AsOf, subject: str, level: str) -> dict[str, Held]:
    """The last word of each party in the present round at `level`; a party that said nothing has no entry."""
    since = round_start(asof, subject, level)
    found: dict[str, Held] = {}
    for entered in steps(asof, WORDS, subject):
        act = entered.act
        if act.at == level and entered.index > since:
            found[entered.party] = Held(entered.party, stance_of(act), entered)
    return found


def said(asof: AsOf, subject: str, level: str) -> tuple[Held, ...]:
    """Stances at `level` as sources report them, in log order. They are nobody's consent."""
    words = steps(asof, WORDS, subject, performed=False)
    return tuple(Held(e.actor, stance_of(e.act), e) for e in words if e.act.at == level)


def reservations(asof: AsOf, subject: str) -> tuple[Entered[Reserve], ...]:
    """The reservations on `subject` that their parties have not lifted, in log order."""
    held: list[Entered[Reserve]] = []
    for entered in steps(asof, HOLDS, subject):
        act = entered.act
        if isinstance(act, Reserve):
            held.append(cast("Entered[Reserve]", entered))
        else:
            held = [h for h in held if h.party != entered.party or not lifts(act, h.act)]
    return tuple(held)


def lifts(lift: Lift, reserved: Reserve) -> bool:
    """A lifting of one sort or part leaves the others; one that names none takes all."""
    parts = (lift.unit, lift.bracket)
    same_part = not any(parts) or parts == (reserved.unit, reserved.bracket)
    return same_part and lift.sort in ("", reserved.sort)


def results(asof: AsOf, subject: str) -> tuple[Entered[Adopt], ...]:
    """All results recorded for `subject`, at any level, in log order; those of rounds gone by among them."""
    return tuple(e for e in steps(asof, MOVES, subject) if isinstance(e.act, Adopt))


def decided(asof: AsOf, subject: str, level: str) -> Entered[Adopt] | None:
    """The result of the present round at `level`, or None while it is open; a package's, for its elements."""
    inside = package_of(asof, subject)
    thing = inside.id if inside else subject
    here = [e for e in results(asof, thing) if e.act.at == level]
    return here[-1] if here and here[-1].index > round_start(asof, thing, level) else None


def silence(asof: AsOf, subject: str, level: str) -> Entered[OpenSilence] | None:
    """The last silence procedure opened at `level` in the present round, or None."""
    since = round_start(asof, subject, level)
    for entered in steps(asof, SILENCES, subject, newest=True):
        if entered.index <= since:
            return None
        if entered.act.at == level:
            return entered
    return None


def withdrawn(asof: AsOf, instrument: str) -> bool:
    """True where `instrument` was withdrawn and not tabled again since."""
    for entered in steps(asof, MOVES, instrument, newest=True):
        if isinstance(entered.act, Withdraw):
            return True
        if isinstance(entered.act, Table):
            return False
    return False


def package(asof: AsOf, thing: str) -> Package | None:
    """The package of that id, or None where nothing was bundled under it."""
    bundled: Entered[Bundle] | None = None
    left: list[str] = []
    for entered in steps(asof, BUNDLES, thing):
        act = entered.act
        if isinstance(act, Bundle) and act.package == thing:
            bundled, left = cast("Entered[Bundle]", entered), []
        elif isinstance(act, Detach) and act.package == thing:
            left.append(act.element)
    if bundled is None:
        return None
    gone = (*left, *(e for e in bundled.act.elements if e not in left and withdrawn(asof, e)))
    return Package(thing, tuple(e for e in bundled.act.elements if e not in gone), gone, bundled)


def package_of(asof: AsOf, instrument: str) -> Package | None:
    """The package that `instrument` is an element of now, or None."""
    for entered in steps(asof, BUNDLES, instrument, newest=True):
        act = entered.act
        if isinstance(act, Bundle) and act.package != instrument:
            made = package(asof, act.package)
            if made and instrument in made.elements:
                return made
    return None


def round_start(asof: AsOf, subject: str, level: str) -> int:
    """The log index from which words at `level` count; -1 from the beginning. Words after it count."""
    start = _changed(asof, subject)
    elements: tuple[str, ...] = ()
    for entered in steps(asof, MOVES, subject):
        act = entered.act
        arrived = isinstance(act, Refer) and act.to == level
        rebuilt = isinstance(act, Bundle | Detach) and act.package == subject
        if isinstance(act, Bundle) and rebuilt:
            elements = act.elements
        if arrived or rebuilt:
            start = max(start, entered.index)
    return max(start, *(_changed(asof, e) for e in elements)) if elements else start


def _changed(asof: AsOf, instrument: str) -> int:
    """The index of the last act that changed what `instrument` is, or -1.

    It is withdrawn or comes back, its words change, or it is tabled with another document or other parties.
    """
    last, gone = _reworded(asof, instrument), False
    document: str | None = None
    parties: tuple[str, ...] = ()
    for entered in steps(asof, MOVES, instrument):
        act = entered.act
        if isinstance(act, Withdraw):
            last, gone = max(last, entered.index), True
        elif isinstance(act, Table):
            other = bool(act.document and document and act.document != document)
            if gone or other or (parties and act.parties and act.parties != parties):
                last, gone = max(last, entered.index), False
            document, parties = act.document or document, act.parties or parties
    return last


def _reworded(asof: AsOf, instrument: str) -> int:
    """The index of the last act that proposed or settled words of `instrument`, or corrected one, or -1."""
    last = next(steps(asof, WORDING, instrument, newest=True), None)
    return max(-1 if last is None else last.index, amended(asof, instrument))


def _own_level(asof: AsOf, subject: str, apart: Container[str]) -> str:
    for entered in steps(asof, MOVES, subject, newest=True):
        act = entered.act
        if isinstance(act, Withdraw):
            return ""
        if isinstance(act, Refer):
            return act.to
        if isinstance(act, Adopt) and act.at not in apart:
            return act.at
    return ""
