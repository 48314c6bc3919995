"""Rules that leave the others free: a willing subset, and statements that change no result."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from travaux.register.filing import STATEMENTS, steps
from travaux.rules.rule import Rule, meanings, waiting
from travaux.rules.sentence import Id, Ids, sentence
from travaux.rules.situation import Finding, Situation, Voice

_MEANS: Final = {
    Voice.YES: "joins",
    Voice.NO: "not_bound",
    Voice.ABSTAINS: "not_bound",
    Voice.WAITS: "not_bound",
    Voice.LAPSED: "not_bound",
    Voice.SILENT: "not_bound",
}


class Willing(Rule, tag="willing", frozen=True):
    """At least `least` members go first; the door stays open, and nobody else is bound."""

    least: Annotated[int, Meta(ge=1)] = 2

    def __call__(self, s: Situation) -> Finding:
        """Holds where enough are willing."""
        yes = s.having(Voice.YES)
        others = tuple(m for m in s.members if m not in yes)
        return self.finding(
            len(yes) >= self.least,
            sentence("willing", least=self.least),
            reasons=[
                sentence("willing_are", n=len(yes), parties=Ids(yes), others=Ids(others)),
                *waiting(s, s.having(Voice.WAITS, Voice.LAPSED)),
            ],
            change=[sentence("more_yes", n=self.least - len(yes), parties=Ids(others))],
            meanings=meanings(s, _MEANS),
        )


class Statements(Rule, tag="statements", frozen=True):
    """Explanations of vote and statements for the minutes: listed with the result, never changing it."""

    def __call__(self, s: Situation) -> Finding:
        """Always holds."""
        made = [e for e in steps(s.asof, STATEMENTS, s.subject) if e.party in s.members]
        said = [sentence("statement", party=Id(e.party), words=e.act.words) for e in made]
        return self.finding(True, sentence("statements"), reasons=said)
