"""Entry into force: so many deposits, a share of a quantity, not before a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Filled
from travaux.acts.kinds import Ratify
from travaux.register.dated import day_of
from travaux.register.filing import AFTER, steps
from travaux.rules.majority import percent
from travaux.rules.rule import Rule
from travaux.rules.sentence import Id, Ids, Sentence, sentence
from travaux.rules.situation import Finding, Situation
from travaux.rules.threshold import MaybeThreshold, Threshold, bar


class Deposits(Rule, tag="deposits", frozen=True):
    """In force `days` after `number` of the parties to the text have deposited, and not before a day.

    `weight` asks beside it that the depositors stand for a share of `table`; `among` names parties without
    whom it does not happen. A ratification counts once it is deposited.
    """

    number: Threshold = "all"
    weight: MaybeThreshold = ""
    table: str = ""
    among: tuple[Filled, ...] = ()
    days: Annotated[int, Meta(ge=0)] = 0
    not_before: date | None = None

    def thresholds(self) -> tuple[str, ...]:
        """The names of its fields that hold a threshold."""
        return ("number", "weight")

    def __call__(self, s: Situation) -> Finding:
        """Holds from the day that follows from the deposits."""
        made = deposits(s)
        reached = next((day for day in sorted(set(made.values())) if self._reached(s, made, day)), None)
        force = self.day_of_force(reached)
        lacking = tuple(m for m in s.members if m not in made)
        reasons = [
            sentence("deposited", n=len(made), of=len(s.members), parties=Ids(made)),
            *self._weighed(s, made),
        ]
        if force is not None:
            reasons.append(sentence("in_force_from", day=force))
        change = [sentence("wait_until", day=force)] if force else [sentence("deposit", parties=Ids(lacking))]
        return self.finding(
            force is not None and s.now.date() >= force,
            sentence("deposits", number=self.number, days=self.days),
            reasons=reasons,
            missing=() if force else lacking,
            change=change,
            meanings={
                m: sentence(f"means_deposited_{'yes' if m in made else 'no'}", party=Id(m)) for m in s.members
            },
        )

    def day_of_force(self, reached: date | None) -> date | None:
        """The day it takes effect, where the deposits were complete on the day `reached`."""
        if reached is None:
            return None
        return max(reached + timedelta(days=self.days), self.not_before or date.min)

    def _reached(self, s: Situation, made: dict[str, date], day: date) -> bool:
        by_then = tuple(m for m in s.members if m in made and made[m] <= day)
        enough = bar(self.number).met(len(by_then), len(s.members)) and set(self.among) <= set(by_then)
        return enough and (not self.weight or self._share(s, by_then, day))

    def _share(self, s: Situation, by_then: tuple[str, ...], day: date) -> bool:
        table = s.book.table(self.table, day)
        known = table is not None and all(m in table.weights for m in s.members)
        return known and table is not None and bar(self.weight).met(table.of(by_then), table.of(s.members))

    def _weighed(self, s: Situation, made: dict[str, date]) -> list[Sentence]:
        table = s.book.table(self.table, s.now.date()) if self.weight else None
        if table is None or not all(m in table.weights for m in s.members):
            return []
        share = percent(table.of(made), table.of(s.members))
        return [sentence("weighs", percent=share, needed=self.weight, table=table.id, since=table.since)]


def deposits(s: Situation) -> dict[str, date]:
    """The day on which each party to the text first deposited."""
    found: dict[str, date] = {}
    for entered in steps(s.asof, AFTER, s.subject):
        if isinstance(entered.act, Ratify) and entered.act.deposited and entered.party in s.members:
            found.setdefault(entered.party, day_of(entered.act.on))
    return found
