"""Quorum: how many members must take part before anything can be decided."""

from __future__ import annotations

from travaux.rules.rule import Rule
from travaux.rules.sentence import Ids, sentence
from travaux.rules.situation import Finding, Situation
from travaux.rules.threshold import Threshold, bar


class Quorum(Rule, tag="quorum", frozen=True):
    """At least `present` members take part, at the meeting or by a word given in this round.

    The keeper is in no quorum. Whose record of a meeting shows that a member was there is said by the level.
    """

    present: Threshold = ">1/2"

    def thresholds(self) -> tuple[str, ...]:
        """The names of its fields that hold a threshold."""
        return ("present",)

    def __call__(self, s: Situation) -> Finding:
        """Holds where enough members take part."""
        needed = bar(self.present).needed(len(s.members))
        there = tuple(m for m in s.members if m in s.present)
        gone = tuple(m for m in s.members if m not in s.present)
        holds = len(there) >= needed
        counts = {"n": len(there), "needed": needed, "members": len(s.members)}
        reason = sentence("quorum_met" if holds else "quorum_not_met", **counts, absent=Ids(gone))
        return self.finding(
            holds,
            sentence("quorum", needed=needed, members=len(s.members)),
            reasons=[reason],
            missing=gone,
            change=[sentence("take_part", n=needed - len(there), parties=Ids(gone))],
        )
