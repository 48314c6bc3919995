"""Unanimity: every member is in favour; what abstention and absence do is said by the rules."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from travaux.rules.rule import Rule, meanings, objections, unblock, waiting
from travaux.rules.sentence import Id, Ids, Sentence, sentence
from travaux.rules.situation import Finding, Situation, Voice

Effect = Annotated[str, Meta(pattern=r"^(blocks|allows)$")]
_MEANS: Final = {
    Voice.YES: "agrees",
    Voice.NO: "objects",
    Voice.WAITS: "waits_blocks",
}


class Unanimity(Rule, tag="unanimity", frozen=True):
    """All members in favour.

    `abstention` of a member blocks or allows; so does `absence`: a member that said nothing in this round.
    At least one member must say yes in any case.
    """

    abstention: Effect = "blocks"
    absence: Effect = "blocks"

    def __call__(self, s: Situation) -> Finding:
        """Holds where every member says yes, or does what the rules treat as no obstacle."""
        against, waits, yes = s.having(Voice.NO), s.having(Voice.WAITS), s.having(Voice.YES)
        abstained = s.having(Voice.ABSTAINS) if self.abstention == "blocks" else ()
        silent = s.having(Voice.SILENT, Voice.LAPSED) if self.absence == "blocks" else ()
        reasons, change = objections(s, against)
        reasons += [sentence("abstained", party=Id(m)) for m in abstained] + waiting(s, waits)
        change += [sentence("abstainer_says_yes", party=Id(m)) for m in abstained] + unblock(s, waits)
        if silent:
            reasons.append(sentence("said_nothing", parties=Ids(silent)))
            change.append(sentence("say_yes", parties=Ids(silent)))
        if not yes and not reasons:
            reasons.append(sentence("nobody_in_favour"))
            change.append(sentence("one_says_yes", parties=Ids(s.members)))
        return self.finding(
            bool(yes) and not (against or waits or abstained or silent),
            self.asks(),
            reasons=reasons or [sentence("all_in_favour", parties=Ids(yes))],
            missing=silent,
            change=change,
            meanings=meanings(s, self._means(), absent=f"absence_{self.absence}"),
        )

    def asks(self) -> Sentence:
        """What the rule asks, in words."""
        return sentence(f"unanimity_{self.abstention}")

    def _means(self) -> dict[Voice, str]:
        return {
            **_MEANS,
            Voice.ABSTAINS: f"abstention_{self.abstention}",
            Voice.SILENT: f"silence_{self.absence}",
            Voice.LAPSED: "lapsed",
        }


class UnanimityOfStates(Unanimity, tag="unanimity_of_states", frozen=True):
    """All states in favour, one voice each: the inner order of a delegation does not matter.

    `spoken_by` says who carries a state's voice (its president, or a proxy). The state's last word holds,
    whichever of its keys signed it.
    """

    spoken_by: str = ""

    def asks(self) -> Sentence:
        """What the rule asks, in words."""
        if self.spoken_by:
            return sentence("unanimity_of_states_by", spoken_by=self.spoken_by)
        return sentence("unanimity_of_states")
