"""Rules made of rules, and the closed list of all kinds of rule a rulebook may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Filled, Value
from travaux.register.filing import MOVES, steps
from travaux.rules.consensus import Consensus
from travaux.rules.deposits import Deposits
from travaux.rules.majority import DoubleMajority, Majority
from travaux.rules.quorum import Quorum
from travaux.rules.reservation import Reservation
from travaux.rules.rule import Rule
from travaux.rules.sentence import Id, Ids, Sentence, sentence
from travaux.rules.silence import Silence
from travaux.rules.situation import Finding, Situation
from travaux.rules.subset import Statements, Willing
from travaux.rules.threshold import Threshold, bar
from travaux.rules.unanimity import Unanimity, UnanimityOfStates

SetBy = Annotated[str, Meta(pattern=r"^(any|all)$")]


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


class ByClass(Rule, tag="by_class", frozen=True, kw_only=True):
    """Another rule for matters of a class: a sensitive list, procedural questions, what nobody proposed.

    A matter is in one of `classes` where members of the level put it there (`classify`): ``any`` one of them,
    or ``all``. Let ``any`` do it only where `then` is the stricter rule.
    """

    classes: Annotated[tuple[Filled, ...], Meta(min_length=1)]
    then: AnyRule
    otherwise: AnyRule
    set_by: SetBy = "all"

    def __call__(self, s: Situation) -> Finding:
        """The finding of the rule that the class of the matter calls for."""
        found = next((c for c in self.classes if in_class(s, c, self.set_by)), "")
        rule = self.then if found else self.otherwise
        why = sentence(
            "in_class" if found else "in_no_class", on=Id(s.subject), found=found, classes=_listed(self)
        )
        return chosen(self, rule(s), why)

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return (self.then, self.otherwise)


class WithoutConcerned(Rule, tag="without_concerned", frozen=True, kw_only=True):
    """The states concerned have no voice in matters of `classes`; the others decide by `rule`.

    Concerned are the parties that the text itself names (`table`, `parties`). The class is put on it by all
    other members.
    """

    classes: Annotated[tuple[Filled, ...], Meta(min_length=1)]
    rule: AnyRule

    def __call__(self, s: Situation) -> Finding:
        """The finding of the rule, asked of those who are not concerned where the class applies."""
        concerned = tuple(m for m in named_in(s) if m in s.members)
        rest = tuple(m for m in s.members if m not in concerned)
        applies = (
            concerned and rest and any(set(rest) <= s.categories.get(c, frozenset()) for c in self.classes)
        )
        if not applies:
            return chosen(self, self.rule(s), sentence("none_concerned", classes=_listed(self)))
        found = self.rule(replace(s, members=rest))
        means = {**found.meanings, **{m: sentence("means_concerned", party=Id(m)) for m in concerned}}
        return replace(chosen(self, found, sentence("concerned", parties=Ids(concerned))), meanings=means)

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return (self.rule,)


class Way(Value, frozen=True):
    """A way of deciding that may be chosen, by its `name`."""

    name: Filled
    rule: AnyRule


class DecideHow(Rule, tag="decide_how", frozen=True, kw_only=True):
    """The body first decides how to decide: one of `ways`, chosen for the matter by a share of the members.

    A member chooses by putting the matter in the class ``by NAME``; the way that `agreed_by` of the members
    chose holds. Until then `otherwise` does.
    """

    ways: Annotated[tuple[Way, ...], Meta(min_length=1)]
    otherwise: AnyRule
    agreed_by: Threshold = "all"

    def thresholds(self) -> tuple[str, ...]:
        """The names of its fields that hold a threshold."""
        return ("agreed_by",)

    def __call__(self, s: Situation) -> Finding:
        """The finding of the way chosen, or of the rule that holds before one is."""
        for way in self.ways:
            chose = tuple(m for m in s.members if m in s.categories.get(f"by {way.name}", frozenset()))
            if chose and bar(self.agreed_by).met(len(chose), len(s.members)):
                return chosen(self, way.rule(s), sentence("way_chosen", way=way.name, parties=Ids(chose)))
        names = ", ".join(way.name for way in self.ways)
        found = chosen(self, self.otherwise(s), sentence("no_way_chosen", ways=names))
        return (
            found
            if found.holds
            else replace(
                found, change=(*found.change, sentence("choose_way", ways=names, agreed_by=self.agreed_by))
            )
        )

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return (*(way.rule for way in self.ways), self.otherwise)


class Unsettled(Rule, tag="unsettled", frozen=True, kw_only=True):
    """The body's own rule of decision is open: it is named, and until it is settled a default is applied."""

    named: Filled
    proposals: tuple[Filled, ...] = ()
    default: AnyRule = Consensus()

    def __call__(self, s: Situation) -> Finding:
        """The finding of the default."""
        open_rule = sentence("rule_open", named=self.named, proposals=" / ".join(self.proposals) or "-")
        return chosen(self, self.default(s), open_rule)

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return (self.default,)


class SilenceOrVote(Rule, tag="silence_or_vote", frozen=True, kw_only=True):
    """A silence procedure; where it is broken, the matter goes to a vote."""

    silence: Silence
    vote: AnyRule

    def __call__(self, s: Situation) -> Finding:
        """The finding of the silence, or of the vote once an objection has broken it."""
        quiet = self.silence(s)
        broken = any(r.code == "rules.silence_broken" for r in quiet.reasons)
        return chosen(self, self.vote(s), *quiet.reasons) if broken else chosen(self, quiet)

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return (self.silence, self.vote)


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
        change=dict.fromkeys(c for p in parts if not p.holds for c in p.change),
        meanings=meanings,
        parts=parts,
    )


def chosen(rule: Rule, found: Finding, *why: Sentence) -> Finding:
    """The finding of the rule that was chosen, with the reason of the choice first."""
    return rule.finding(
        found.holds, found.rule, reasons=(*why, *found.reasons), missing=found.missing, change=found.change,
        meanings=found.meanings, parts=(found,),
    )  # fmt: skip


def in_class(s: Situation, category: str, set_by: str) -> bool:
    """True where members put the matter in a class: one of them, or all."""
    by = s.categories.get(category, frozenset())
    return set(s.members) <= by if set_by == "all" else bool(by)


def named_in(s: Situation) -> tuple[str, ...]:
    """The parties that the text itself names, as last tabled."""
    for entered in steps(s.asof, MOVES, s.subject, newest=True):
        parties: tuple[str, ...] = getattr(entered.act, "parties", ())
        if parties:
            return parties
    return ()


def _listed(rule: ByClass | WithoutConcerned) -> str:
    return ", ".join(rule.classes)


AnyRule = (
    AllOf | AnyOf | ByClass | WithoutConcerned | DecideHow | Unsettled | SilenceOrVote
    | Consensus | Unanimity | UnanimityOfStates | Majority | DoubleMajority | Silence | Willing
    | Quorum | Reservation | Statements | Deposits
)  # fmt: skip
