"""Rules made of rules, and the closed list of all kinds of rule a rulebook may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from msgspec import Meta

from travaux.rules.consensus import Consensus
from travaux.rules.quorum import Quorum
from travaux.rules.reservation import Reservation
from travaux.rules.rule import Rule
from travaux.rules.sentence import Sentence, sentence
from travaux.rules.situation import Finding, Situation
from travaux.rules.unanimity import Unanimity, UnanimityOfStates


class AllOf(Rule, tag="all_of", frozen=True, kw_only=True):
    """Every one of `rules` holds."""

    rules: Annotated[tuple[AnyRule, ...], Meta(min_length=1)]

    def __call__(self, s: Situation) -> Finding:
        """Holds where all parts do; what would change it is what all failing parts need."""
        return joined(self, "all_of", [rule(s) for rule in self.rules], all)

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return self.rules


class AnyOf(Rule, tag="any_of", frozen=True, kw_only=True):
    """At least one of `rules` holds."""

    rules: Annotated[tuple[AnyRule, ...], Meta(min_length=1)]

    def __call__(self, s: Situation) -> Finding:
        """Holds where one part does; any failing part tells one way to change it."""
        return joined(self, "any_of", [rule(s) for rule in self.rules], any)

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return self.rules


def joined(rule: Rule, code: str, parts: list[Finding], holds: Callable[[Iterable[bool]], bool]) -> Finding:
    """One finding of several: each member's meaning is the first that a part gives it."""
    result = holds(p.holds for p in parts)
    telling = [p for p in parts if p.holds is result]
    meanings: dict[str, Sentence] = {}
    for part in telling + parts:
        for member, meaning in part.meanings.items():
            meanings.setdefault(member, meaning)
    return rule.finding(
        result,
        sentence(code, rules=tuple(p.rule for p in parts)) if len(parts) > 1 else parts[0].rule,
        reasons=(r for p in telling for r in p.reasons),
        missing=dict.fromkeys(m for p in telling for m in p.missing),
        change=[c for p in parts if not p.holds for c in p.change] if not result else (),
        meanings=meanings,
        parts=parts,
    )


AnyRule = AllOf | AnyOf | Consensus | Unanimity | UnanimityOfStates | Quorum | Reservation
