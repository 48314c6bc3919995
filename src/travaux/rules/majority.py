"""Majorities: of the members, of those present, of those voting; and with weights beside the heads."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Final

from msgspec import Meta

from travaux.rules.rule import Rule, meanings, waiting
from travaux.rules.sentence import Ids, Sentence, sentence
from travaux.rules.situation import Finding, Situation, Voice
from travaux.rules.table import Table
from travaux.rules.threshold import MaybeThreshold, Threshold, bar

Base = Annotated[str, Meta(pattern=r"^(members|present|voting)$")]
_COUNTS: Final = {
    Voice.YES: "agrees",
    Voice.NO: "counts_against",
    Voice.WAITS: "waits_not_counted",
    Voice.LAPSED: "lapsed",
}


class Majority(Rule, tag="majority", frozen=True):
    """`share` of the base `of` in favour: of all members, of those present, or of those voting yes or no.

    An abstention counts as not in favour where the base is members or those present, and not at all where it
    is those voting.
    """

    of: Base = "voting"
    share: Threshold = ">1/2"

    def thresholds(self) -> tuple[str, ...]:
        """The names of its fields that hold a threshold."""
        return ("share",)

    def __call__(self, s: Situation) -> Finding:
        """Holds where enough are in favour, one at least."""
        yes, no = s.having(Voice.YES), s.having(Voice.NO)
        base = self.base(s)
        needed = bar(self.share)
        counts = {
            "yes": len(yes),
            "no": len(no),
            "base": len(base),
            "needed": max(1, needed.needed(len(base))),
        }
        rest = tuple(m for m in s.members if m not in yes)
        return self.finding(
            bool(yes) and needed.met(len(yes), len(base)),
            sentence(f"majority_{self.of}", share=self.share),
            reasons=[
                sentence("votes", **counts, base_name=sentence(f"base_{self.of}")),
                *waiting(s, _waits(s)),
            ],
            missing=tuple(m for m in rest if s.heard[m].voice in (Voice.SILENT, Voice.LAPSED)),
            change=[sentence("more_yes", n=self._lacking(len(yes), base, rest), parties=Ids(rest))],
            meanings=self._meanings(s),
        )

    def base(self, s: Situation) -> tuple[str, ...]:
        """The members that the share is a share of."""
        if self.of == "members":
            return s.members
        if self.of == "present":
            return tuple(m for m in s.members if m in s.present)
        return s.having(Voice.YES, Voice.NO)

    def _lacking(self, yes: int, base: tuple[str, ...], rest: tuple[str, ...]) -> int:
        """How many of `rest` must join for it to hold, whoever they are: a newcomer may widen the base."""
        outside = sum(1 for m in rest if m not in base)
        return next(
            (n for n in range(1, len(rest)) if bar(self.share).met(yes + n, len(base) + min(n, outside))),
            len(rest),
        )

    def _meanings(self, s: Situation) -> dict[str, Sentence]:
        counted = "not_in_favour" if self.of != "voting" else "not_counted"
        silent = "not_in_favour" if self.of == "members" else counted
        table = {**_COUNTS, Voice.ABSTAINS: f"abstention_{counted}", Voice.SILENT: f"no_part_{silent}"}
        gone = "absence_not_in_favour" if self.of == "members" else "absence_not_counted"
        return meanings(s, table, absent=gone)


class DoubleMajority(Rule, tag="double_majority", frozen=True):
    """A share of the members and a share of the weight that they stand for, by a dated table.

    `members` of all members in favour (left out: heads do not count), `at_least` that many in number, who
    stand for `weight` of the total of `table`. Where fewer than `blocking` members are not in favour, the
    weight is deemed reached: they are too few to block (Treaty on European Union, article 16(4)). Whoever is
    not in favour, abstaining or absent, counts the same.
    """

    weight: Threshold = "65%"
    members: MaybeThreshold = ""
    at_least: Annotated[int, Meta(ge=0)] = 0
    table: str = ""
    blocking: Annotated[int, Meta(ge=0)] = 0

    def thresholds(self) -> tuple[str, ...]:
        """The names of its fields that hold a threshold."""
        return ("weight", "members")

    def __call__(self, s: Situation) -> Finding:
        """Holds where both shares are reached, or the weight is deemed to be."""
        table = s.book.table(self.table, s.now.date())
        unknown = tuple(m for m in s.members if table is None or m not in table.weights)
        if table is None or unknown:
            lost = sentence("no_weight", table=self.table, parties=Ids(unknown), day=s.now.date())
            return self.finding(
                False, self._asks(), reasons=[lost], change=[sentence("give_weights", table=self.table)]
            )
        yes = s.having(Voice.YES)
        others = tuple(m for m in s.members if m not in yes)
        heads, weight = self._heads(s, yes), self._weighs(s, yes, table)
        few = bool(self.blocking) and len(others) < self.blocking
        return self.finding(
            bool(yes) and heads and (weight or few),
            self._asks(),
            reasons=[*self._reasons(s, yes, others, table, few and not weight), *waiting(s, _waits(s))],
            missing=tuple(m for m in others if s.heard[m].voice in (Voice.SILENT, Voice.LAPSED)),
            change=[sentence("more_yes", n=self._lacking(s, yes, others, table), parties=Ids(others))],
            meanings=meanings(s, _NOT_IN_FAVOUR, absent="absence_not_in_favour"),
        )

    def _asks(self) -> Sentence:
        values = {
            "members": self.members,
            "at_least": self.at_least,
            "weight": self.weight,
            "table": self.table,
        }
        return sentence("double_majority" if self.members else "weighted_majority", **values)

    def _heads(self, s: Situation, yes: tuple[str, ...]) -> bool:
        enough = not self.members or bar(self.members).met(len(yes), len(s.members))
        return enough and len(yes) >= self.at_least

    def _weighs(self, s: Situation, yes: tuple[str, ...], table: Table) -> bool:
        return bar(self.weight).met(table.of(yes), table.of(s.members))

    def _holds(self, s: Situation, yes: tuple[str, ...], table: Table) -> bool:
        few = bool(self.blocking) and len(s.members) - len(yes) < self.blocking
        return bool(yes) and self._heads(s, yes) and (few or self._weighs(s, yes, table))

    def _reasons(
        self, s: Situation, yes: tuple[str, ...], others: tuple[str, ...], table: Table, deemed: bool
    ) -> list[Sentence]:
        whole = table.of(s.members)
        share = percent(table.of(yes), whole)
        said = [
            sentence("heads", n=len(yes), members=len(s.members), percent=percent(len(yes), len(s.members))),
            sentence("weighs", percent=share, needed=self.weight, table=table.id, since=table.since),
        ]
        if deemed:
            said.append(
                sentence("too_few_to_block", n=len(others), blocking=self.blocking, parties=Ids(others))
            )
        return said

    def _lacking(self, s: Situation, yes: tuple[str, ...], others: tuple[str, ...], table: Table) -> int:
        """How many of `others` must join for it to hold, whoever they are: the lightest come first."""
        light = sorted(others, key=lambda m: table.weights[m])
        return next(
            (n for n in range(1, len(light)) if self._holds(s, (*yes, *light[:n]), table)), len(light)
        )


_NOT_IN_FAVOUR: Final = {
    Voice.YES: "agrees",
    Voice.NO: "counts_against",
    Voice.WAITS: "waits_not_counted",
    Voice.LAPSED: "lapsed",
    Voice.ABSTAINS: "abstention_not_in_favour",
    Voice.SILENT: "no_part_not_in_favour",
}


def percent(part: Fraction | int, whole: Fraction | int) -> str:
    """A share in per cent with two decimals, cut and not rounded: 64.999 never reads as 65."""
    if not whole:
        return "0"
    cut = Fraction(part) * 10000 / Fraction(whole)
    hundredths = cut.numerator // cut.denominator
    return f"{hundredths // 100}.{hundredths % 100:02}".removesuffix(".00")


def _waits(s: Situation) -> Iterable[str]:
    return s.having(Voice.WAITS, Voice.LAPSED)
