"""Where a thing stands on the ladder, and in sentences why it waits there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from travaux.acts import kinds as k
from travaux.register.dated import day_of
from travaux.register.filing import HOLDS, MOVES, SILENCES, WORDS, steps
from travaux.register.fold import AsOf, Entered
from travaux.register.ladder import decided, level_of, package, package_of, withdrawn
from travaux.rules.book import Rulebook
from travaux.rules.decision import decision
from travaux.rules.hearing import is_decidable, lies, moment
from travaux.rules.level import Level
from travaux.rules.sentence import Id, Sentence, sentence


@dataclass(frozen=True, slots=True)
class Standing:
    """`level` is where a thing lies ("" off the ladder), `waits` whether a decision is due there, and why.

    `agreed` is true where the rule of the level holds (or a silence has run out) and only the record of the
    result is missing.
    """

    level: str
    waits: bool
    reasons: tuple[Sentence, ...] = ()
    agreed: bool = False


def standing(asof: AsOf, book: Rulebook, subject: str) -> Standing:
    """Where `subject` stands as of the day and size asked.

    In an observed register it is what sources report, since nobody acts there; else only performed acts
    count. A thing that nobody has yet spoken on at any level stands off the ladder.
    """
    if asof.founding.kind == "observed":
        return _reported(asof, book, subject)
    if not is_decidable(asof, subject) or withdrawn(asof, subject) or not _begun(asof, book, subject):
        return Standing("", waits=False)
    inside = package_of(asof, subject)
    if inside:
        return _of_package(standing(asof, book, inside.id), inside.id)
    level = book.level(lies(asof, book, subject))
    return Standing("", waits=False) if level is None else _at(asof, book, level, subject)


def _of_package(found: Standing, package: str) -> Standing:
    with_it = sentence("stands_with_package", package=Id(package))
    return Standing(found.level, found.waits, (with_it, *found.reasons), found.agreed)


def _at(asof: AsOf, book: Rulebook, level: Level, subject: str) -> Standing:
    done = decided(asof, subject, level.id)
    if done:
        said = [sentence("decided_here", level=Id(level.id), day=done.act.on.last)]
        said += [sentence("next_level", next=Id(level.above))] if level.above else []
        return Standing(level.id, False, tuple(said))
    found = decision(asof, book, level, subject, _now(asof, book, subject)).finding
    rule = sentence("asks", level=Id(level.id), rule=found.rule)
    if found.holds:
        return Standing(level.id, True, (rule, *found.reasons, sentence("only_result_missing")), True)
    needed = (sentence("needed", change=change) for change in found.change)
    return Standing(level.id, True, (rule, *found.reasons, *needed))


def _begun(asof: AsOf, book: Rulebook, subject: str) -> bool:
    """True where a step on the ladder was taken, by the thing, its package or its elements."""
    if level_of(asof, subject, book.apart):
        return True
    made = package(asof, subject)
    inside = package_of(asof, subject)
    things = (subject, *(made.elements if made else ()), *((inside.id,) if inside else ()))
    return any(next(steps(asof, group, t), None) for t in things for group in (WORDS, SILENCES, HOLDS))


def _now(asof: AsOf, book: Rulebook, subject: str) -> datetime:
    """The moment asked: the end of the day, or of the day of the last step where no day was asked."""
    if asof.on is not None:
        return moment(book, asof.on)
    taken = (e for group in (MOVES, WORDS, HOLDS, SILENCES) for e in steps(asof, group, subject))
    return max(moment(book, e.act.on.clock or e.act.on.last) for e in taken)


def _reported(asof: AsOf, book: Rulebook, subject: str) -> Standing:
    taken = [e for e in _told(asof, subject) if place_of(e)]
    if withdrawn_by_report(asof, subject):
        return Standing("", waits=False)
    if not taken:
        inside = _bundled_by_report(asof, subject)
        return _of_package(_reported(asof, book, inside), inside) if inside else Standing("", waits=False)
    on_ladder = [e for e in taken if place_of(e) not in book.apart]
    last = max(on_ladder or taken, key=lambda e: (day_of(e.act.on), book.rank(place_of(e)), e.index))
    return _as_reported(asof, book, subject, last, taken)


def _as_reported(
    asof: AsOf, book: Rulebook, subject: str, last: Entered[Any], taken: list[Entered[Any]]
) -> Standing:
    at = place_of(last)
    done = [e for e in taken if isinstance(e.act, k.Adopt) and e.act.at == at]
    level = book.level(at)
    if done:
        said = [sentence("result_reported", level=Id(at), day=day_of(done[-1].act.on))]
        said += [sentence("next_level", next=Id(level.above))] if level and level.above else []
        return Standing(at, False, tuple(said))
    none = sentence("no_result_reported", level=Id(at))
    if level is None or level.apart:
        return Standing(at, False, (sentence("apart_from_ladder", level=Id(at)),))
    return Standing(at, True, (none, _asks(asof, book, level, subject)))


def _bundled_by_report(asof: AsOf, subject: str) -> str:
    told = steps(asof, MOVES, subject, newest=True, performed=False)
    bundles = (e.act for e in told if isinstance(e.act, k.Bundle) and e.act.package != subject)
    return next((act.package for act in bundles if subject not in _left(asof, act.package)), "")


def _left(asof: AsOf, package: str) -> set[str]:
    told = steps(asof, MOVES, package, performed=False)
    return {e.act.element for e in told if isinstance(e.act, k.Detach)}


def withdrawn_by_report(asof: AsOf, subject: str) -> bool:
    """True where the last that sources report of `subject` being tabled or withdrawn is the latter."""
    told = steps(asof, MOVES, subject, performed=False)
    taken = [e for e in told if isinstance(e.act, k.Withdraw | k.Table)]
    return bool(taken) and isinstance(max(taken, key=lambda e: (day_of(e.act.on), e.index)).act, k.Withdraw)


def _asks(asof: AsOf, book: Rulebook, level: Level, subject: str) -> Sentence:
    """What the rule of a level asks for, in words; the words of the parties are not weighed."""
    rule = decision(asof, book, level, subject, _moment(asof, book)).finding.rule
    return sentence("asks", level=Id(level.id), rule=rule)


def _moment(asof: AsOf, book: Rulebook) -> datetime:
    return moment(book, asof.on) if asof.on else datetime.max.replace(tzinfo=book.zone)


def _told(asof: AsOf, subject: str) -> list[Entered[Any]]:
    kept = (MOVES, WORDS, SILENCES)
    return [e for group in kept for e in steps(asof, group, subject, performed=False)]


def place_of(entered: Entered[Any]) -> str:
    """The level a step speaks of, "" where it speaks of none."""
    act = entered.act
    return str(act.to) if isinstance(act, k.Refer) else str(getattr(act, "at", ""))
