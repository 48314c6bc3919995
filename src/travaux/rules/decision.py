"""A decision: the rule of a level put to a thing, with the articles it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from msgspec import structs

from travaux.acts.when import When
from travaux.register.fold import AsOf
from travaux.rules.book import Rulebook
from travaux.rules.case import Case
from travaux.rules.hearing import moment, situation
from travaux.rules.level import Article, Level
from travaux.rules.sentence import Id, sentence
from travaux.rules.situation import Finding, Situation
from travaux.rules.tabling import bound_by
from travaux.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rule of `level` answered on a thing, and the situation it saw."""

    level: Level
    seen: Situation
    finding: Finding

    def verdict(self, book: Rulebook) -> Verdict:
        """The same as a verdict."""
        found = self.finding
        level = self.level
        keys = tuple(dict.fromkeys((*_keys(found), *((level.source,) if level.source else ()))))
        sources = tuple(a for key in keys if (a := book.article(key)))
        doubt = level.unverified or any(p.unverified for p in _parts(found)) or _doubtful(sources)
        return Verdict(
            found.holds, found.rule, found.reasons, found.missing, found.change, found.meanings, sources,
            doubt, found, book,
        )  # fmt: skip


def decision(
    asof: AsOf,
    book: Rulebook,
    level: Level,
    subject: str,
    now: datetime,
    meeting: str = "",
) -> Decision:
    """The rule of `level` put to `subject` as it stands `now`."""
    seen = situation(asof, book, level, subject, now, meeting)
    return Decision(level, seen, level.decides(seen))


def decide(case: Case) -> Decision | None:
    """The decision that an act of result records; None where it names no level."""
    act: Any = case.act
    level = case.book.level(act.at)
    if level is None or not case.performed:
        return None
    now = moment(case.book, act.on.clock or act.on.last)
    made = decision(case.asof, case.book, level, act.subject, now, getattr(act, "meeting", ""))
    return _not_before(case, made, now)


def decide_force(case: Case) -> Decision | None:
    """The decision on entry into force, where the rulebook has a rule for it."""
    act: Any = case.act
    rule = case.book.force
    if rule is None or not case.performed:
        return None
    level = case.book.levels[-1]
    now = moment(case.book, act.on.clock or act.on.last)
    seen = situation(case.asof, case.book, level, act.subject, now)
    seen = replace(seen, members=bound_by(case, act.subject))
    return Decision(replace_source(level), seen, rule(seen))


def replace_source(level: Level) -> Level:
    """The level without its own article: the rule names the one it comes from."""
    return structs.replace(level, source="", unverified=False)


def _not_before(case: Case, made: Decision, now: datetime) -> Decision:
    """A result cannot be dated before a word that was given by then: it would leave that word out."""
    late = [h.held for h in made.seen.heard.values() if h.held and _after(case, h.held.entered.act.on, now)]
    if not late:
        return made
    reasons = tuple(sentence("dated_before", party=Id(h.party), day=h.entered.act.on.first) for h in late)
    day = max(h.entered.act.on.first for h in late)
    cure = sentence("date_later", day=day)
    return replace(made, finding=replace(made.finding, holds=False, reasons=reasons, change=(cure,)))


def _after(case: Case, when: When, now: datetime) -> bool:
    """True where a word was given after `now`."""
    if when.clock is None and when.first < now.date():
        return False
    return moment(case.book, when.clock or when.first) > now


def _parts(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from _parts(part)


def _keys(finding: Finding) -> Iterator[str]:
    return (p.source for p in _parts(finding) if p.source)


def _doubtful(sources: tuple[Article, ...]) -> bool:
    return any(a.unverified for a in sources)
