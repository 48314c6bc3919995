"""Consensus: nobody who takes part formally objects."""

from __future__ import annotations

from typing import Final

from travaux.rules.rule import Rule, meanings, objections, unblock, waiting
from travaux.rules.sentence import Ids, Sentence, sentence
from travaux.rules.situation import Finding, Situation, Voice

_MEANS: Final = {
    Voice.YES: "agrees",
    Voice.NO: "objects",
    Voice.ABSTAINS: "abstention_no_objection",
    Voice.WAITS: "waits_blocks",
}


class Consensus(Rule, tag="consensus", frozen=True):
    """No formal objection from those present, and at least one yes.

    At a meeting, a member that is present and says nothing does not object, and one that is absent does not
    stand in the way (how many must be present is for a quorum). In writing nobody is present, so everybody's
    word is needed; only a silence procedure turns silence into agreement. With `present_only` an objection
    counts only from a member present at the meeting. A yes that still waits for its condition stands in the
    way.
    """

    present_only: bool = False

    def __call__(self, s: Situation) -> Finding:
        """Holds where someone is in favour and nobody objects."""
        heeded = s.present if self.present_only and s.meeting else frozenset(s.members)
        against = s.having(Voice.NO, among=heeded)
        waits = s.having(Voice.WAITS, among=heeded)
        silent = () if s.meeting else s.having(Voice.SILENT, Voice.LAPSED)
        yes = s.having(Voice.YES)
        reasons, change = objections(s, against)
        reasons += waiting(s, waits)
        change += unblock(s, waits)
        if silent:
            reasons.append(sentence("no_word_in_writing", parties=Ids(silent)))
            change.append(sentence("say_yes", parties=Ids(silent)))
        elif not yes and not waits:
            reasons.append(sentence("nobody_in_favour"))
            change.append(sentence("one_says_yes", parties=Ids(s.members)))
        return self.finding(
            bool(yes) and not (against or waits or silent),
            sentence("consensus"),
            reasons=reasons or [sentence("no_objection", parties=Ids(yes))],
            missing=silent,
            change=change,
            meanings=self._meanings(s),
        )

    def _meanings(self, s: Situation) -> dict[str, Sentence]:
        quiet = "silence_no_objection" if s.meeting else "silence_in_writing"
        table = {**_MEANS, Voice.SILENT: quiet, Voice.LAPSED: "lapsed"}
        return meanings(s, table, absent="absence_no_objection" if s.meeting else quiet)
