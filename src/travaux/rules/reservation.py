"""Reservations: a member's dated "not yet", which may or may not stand in the way."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.kinds import Reserve
from travaux.register.fold import Entered
from travaux.register.ladder import reservations
from travaux.rules.rule import Rule
from travaux.rules.sentence import Id, Sentence, sentence
from travaux.rules.situation import Finding, Situation

Sort = Annotated[str, Meta(pattern=r"^(scrutiny|parliamentary|linguistic|substantive)$")]


class Reservation(Rule, tag="reservation", frozen=True):
    """No reservation of a sort that `blocks` is held by a member; the other sorts are only noted.

    A reservation on an element of a package is one on the package. It ends when its party lifts it, or when
    the day it was held `until` has passed.
    """

    blocks: Annotated[tuple[Sort, ...], Meta(min_length=1)] = ("scrutiny", "parliamentary", "substantive")

    def __call__(self, s: Situation) -> Finding:
        """Holds where no blocking reservation is left."""
        held = [r for r in held_in(s) if r.party in s.members]
        blocking = [r for r in held if r.act.sort in self.blocks]
        noted = [r for r in held if r.act.sort not in self.blocks]
        none = [] if held else [sentence("no_reservation")]
        return self.finding(
            not blocking,
            sentence("reservation", sorts=", ".join(self.blocks)),
            reasons=[
                *(_about("reserved", r) for r in blocking),
                *(_about("reserved_noted", r) for r in noted),
                *none,
            ],
            missing=dict.fromkeys(r.party for r in blocking),
            change=[_about("lift_reservation", r) for r in blocking],
        )


def held_in(s: Situation) -> tuple[Entered[Reserve], ...]:
    """The reservations on the thing decided and on its elements that have not been lifted or run out."""
    things = (s.subject, *(s.package.elements if s.package else ()))
    found = (r for thing in things for r in reservations(s.asof, thing))
    return tuple(r for r in found if r.act.until is None or r.act.until.last >= s.now.date())


def _about(code: str, entered: Entered[Reserve]) -> Sentence:
    act = entered.act
    return sentence(code, party=Id(entered.party), sort=act.sort, on=Id(act.subject), condition=_unless(act))


def _unless(act: Reserve) -> object:
    """What would lift it, in its party's words."""
    if act.condition:
        return sentence("until_condition", condition=act.condition)
    return sentence("until_day", day=act.until.last) if act.until else ""
