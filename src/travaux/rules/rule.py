"""What every rule is: parameters that stand in a rulebook, and a pure function from `Situation` to `Finding`.

A kind of rule is a struct of its own with ``__call__(self, s: Situation) -> Finding``, which never raises and
changes nothing; `travaux.rules.tree.AnyRule` is the closed list of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from travaux.acts.base import Value
from travaux.rules.sentence import Id, Sentence, sentence
from travaux.rules.situation import Finding, Situation, Voice


class Rule(Value, frozen=True, tag_field="is"):
    """A rule as it stands in a rulebook, its kind under ``is``.

    `source` is the key of the article it comes from (the level's own where left out); `unverified` says that
    no source confirmed it, and stays with every verdict.
    """

    source: str = ""
    unverified: bool = False

    def inner(self) -> tuple[Rule, ...]:
        """The rules this one is made of."""
        return ()

    def thresholds(self) -> tuple[str, ...]:
        """The names of its fields that hold a threshold."""
        return ()

    def finding(
        self,
        holds: bool,
        rule: Sentence,
        *,
        reasons: Iterable[Sentence] = (),
        missing: Iterable[str] = (),
        change: Iterable[Sentence] = (),
        meanings: Mapping[str, Sentence] | None = None,
        parts: Iterable[Finding] = (),
    ) -> Finding:
        """A finding of this rule, with its source; where it holds, nobody is missing."""
        return Finding(
            holds, rule, tuple(reasons), () if holds else tuple(missing), () if holds else tuple(change),
            meanings or {}, tuple(parts), self.source, self.unverified,
        )  # fmt: skip


def meanings(s: Situation, table: Mapping[Voice, str], absent: str = "") -> dict[str, Sentence]:
    """What each member's voice means under a rule: `table` gives a sentence (``means_…``) for every voice.

    `absent` is the one for a member that neither takes part nor said anything, where it differs.
    """
    found = {}
    for member in s.members:
        heard = s.heard[member]
        gone = absent and heard.voice is Voice.SILENT and member not in s.present
        means = sentence(f"means_{absent if gone else table[heard.voice]}", party=Id(member))
        found[member] = sentence("means_by_proxy", by=Id(heard.by), meaning=means) if heard.by else means
    return found


def objections(s: Situation, against: Iterable[str]) -> tuple[list[Sentence], list[Sentence]]:
    """(reasons, changes) of the objections of some members, each with the reason it gave."""
    members = tuple(against)
    reasons = [sentence("objected", party=Id(m), why=why_of(s, m)) for m in members]
    return reasons, [sentence("withdraw_objection", party=Id(m)) for m in members]


def waiting(s: Situation, members: Iterable[str]) -> list[Sentence]:
    """What the conditional or provisional yes of each of `members` waits for."""
    return [why for m in members for why in s.heard[m].why]


def unblock(s: Situation, members: Iterable[str]) -> list[Sentence]:
    """What would make the waiting yes of `members` count."""
    return list(dict.fromkeys(c for m in members for c in s.heard[m].change))


def why_of(s: Situation, member: str) -> object:
    """The reason a member gave with its stance, as words of its own in a sentence."""
    held = s.heard[member].held
    why = getattr(held.entered.act, "why", "") if held else ""
    return sentence("because", why=why) if why else ""
