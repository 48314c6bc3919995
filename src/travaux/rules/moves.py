"""What each step on the ladder needs, decisions apart: the right thing, the right level, a member's voice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travaux.acts import kinds as k
from travaux.register.filing import MOVES, WORDING, steps
from travaux.register.ladder import decided, lifts, package, package_of, reservations, silence, withdrawn
from travaux.register.wording import rolling
from travaux.rules.case import Case
from travaux.rules.hearing import DECIDABLE, lies, moment, situation
from travaux.rules.known import sort_name
from travaux.rules.level import Level
from travaux.rules.rule import Rule
from travaux.rules.sentence import Id, Ids, Sentence
from travaux.rules.silence import Silence, ending, opening
from travaux.rules.tabling import not_final
from travaux.text.model import brackets


def here(case: Case) -> Iterator[Sentence]:
    """The thing can be decided on, is on the table by itself, and lies at the level the act names."""
    act: Any = case.act
    level = case.book.level(act.at)
    if level is None:
        yield case.refuse("not_a_level", level=Id(act.at))
        return
    yield from on_the_table(case, act.subject)
    yield from _lies_at(case, act.subject, level)


def on_the_table(case: Case, thing: str) -> Iterator[Sentence]:
    """What is decided on is an instrument, package or matter, not withdrawn and not part of a package."""
    sort = case.sort(thing)
    if sort not in DECIDABLE:
        yield case.refuse("not_decidable", thing=Id(thing), sort=sort_name(sort))
        return
    inside = package_of(case.asof, thing)
    if inside:
        yield case.refuse("in_package", thing=Id(thing), package=Id(inside.id))
    if withdrawn(case.asof, thing):
        yield case.refuse("withdrawn", thing=Id(thing))
    made = package(case.asof, thing)
    if made and not made.elements:
        yield case.refuse("empty_package", package=Id(thing))


def word(case: Case) -> Iterator[Sentence]:
    """A member says yes, no or neither, while the matter is open."""
    act: Any = case.act
    yield from here(case)
    level = case.book.level(act.at)
    if level is None:
        return
    yield from member(case, level)
    yield from still_open(case, act.subject, act.at)
    if isinstance(act, k.Approve):
        yield from _yes(case, act)


def member(case: Case, level: Level) -> Iterator[Sentence]:
    """The party that signs decides at this level."""
    members = case.members(level)
    if case.party not in members:
        yield case.refuse("not_a_member", level=Id(level.id), members=Ids(members))


def still_open(case: Case, thing: str, at: str) -> Iterator[Sentence]:
    """The present round has no result yet."""
    done = decided(case.asof, thing, at)
    if done:
        yield case.refuse("already_decided", thing=Id(thing), level=Id(at), day=done.act.on.last)


def result(case: Case) -> Iterator[Sentence]:
    """A result is recorded by a member or the keeper, once, in a form the level can give."""
    act: Any = case.act
    yield from here(case)
    level = case.book.level(act.at)
    if level is None:
        return
    if not case.keeper:
        yield from member(case, level)
    yield from still_open(case, act.subject, act.at)
    if act.form and level.makes and act.form not in level.makes:
        yield case.refuse("form", form=act.form, level=Id(level.id), forms=", ".join(level.makes))
    if not level.above and not level.apart:
        yield from _agreed_words(case, act.subject)


def _agreed_words(case: Case, thing: str) -> Iterator[Sentence]:
    """What the highest level adopts holds no words that are still open."""
    made = package(case.asof, thing)
    for text in made.elements if made else (thing,):
        if next(steps(case.asof, WORDING, text), None) is None:
            continue
        number = sum(1 for _, _, sheet in rolling(case.asof, text).sheets() for _ in brackets(sheet.tree))
        if number:
            yield case.refuse("words_open", thing=Id(text), n=number)


def refer(case: Case) -> Iterator[Sentence]:
    """A thing goes one level up, decided or with its open points, or back; by a member of either level."""
    act: Any = case.act
    yield from on_the_table(case, act.subject)
    to = case.book.level(act.to)
    start = lies(case.asof, case.book, act.subject)
    if to is None or to.apart:
        yield case.refuse("not_a_level", level=Id(act.to))
        return
    level = case.book.level(start)
    if level is None:
        yield case.refuse("elements_apart", package=Id(act.subject))
        return
    voices = {*case.members(level), *case.members(to)}
    if not case.keeper and case.party not in voices:
        yield case.refuse("not_a_member", level=Id(level.id), members=Ids(case.members(level)))
    yield from _way(case, act, level, to)


def reserve(case: Case) -> Iterator[Sentence]:
    """A reservation is made on something that can be decided on."""
    act: Any = case.act
    sort = case.sort(act.subject)
    if sort not in DECIDABLE:
        yield case.refuse("not_decidable", thing=Id(act.subject), sort=sort_name(sort))


def lift(case: Case) -> Iterator[Sentence]:
    """A reservation is lifted by the party that made it."""
    act: Any = case.act
    held = reservations(case.asof, act.subject)
    own = [r for r in held if r.party == case.party and lifts(act, r.act)]
    if own:
        return
    if held:
        owners = Ids(dict.fromkeys(r.party for r in held))
        yield case.refuse("not_its_reservation", thing=Id(act.subject), owners=owners)
    else:
        yield case.refuse("no_reservation_held", thing=Id(act.subject))


def _lies_at(case: Case, thing: str, level: Level) -> Iterator[Sentence]:
    at = lies(case.asof, case.book, thing)
    if at == level.id or level.apart:
        return
    if at:
        yield case.refuse("lies_elsewhere", thing=Id(thing), at=Id(at), level=Id(level.id))
    else:
        yield case.refuse("elements_apart", package=Id(thing))


def _yes(case: Case, act: k.Approve) -> Iterator[Sentence]:
    if act.subject in act.conditions:
        yield case.refuse("waits_for_itself", thing=Id(act.subject))
    for thing in act.conditions:
        if case.sort(thing) and case.sort(thing) not in DECIDABLE:
            yield case.refuse("not_decidable", thing=Id(thing), sort=sort_name(case.sort(thing)))
    if act.ad_referendum and act.ad_referendum.last < act.on.first:
        yield case.refuse("confirmed_before", day=act.ad_referendum.last)


def _way(case: Case, act: k.Refer, level: Level, to: Level) -> Iterator[Sentence]:
    """Up to the next level, or back to one below."""
    if to.id == level.id:
        if steps_taken(case, act.subject):
            yield case.refuse("already_there", thing=Id(act.subject), level=Id(to.id))
        return
    if to.id == level.above:
        yield from _up(case, act, level)
    elif level.id in case.book.upward(to.id):
        yield from not_final(case, act.subject)
        if case.keeper:
            yield case.refuse("keeper_alone")
    else:
        nearest = level.above or level.id
        yield case.refuse("not_next_level", thing=Id(act.subject), level=Id(level.id), next=Id(nearest))


def steps_taken(case: Case, thing: str) -> bool:
    """True where `thing` was referred or decided before."""
    moved = (e.act for e in steps(case.asof, MOVES, thing))
    return any(isinstance(act, k.Refer | k.Adopt) for act in moved)


def _up(case: Case, act: k.Refer, level: Level) -> Iterator[Sentence]:
    if decided(case.asof, act.subject, level.id):
        return
    if act.points and not case.keeper:
        return
    now = moment(case.book, act.on.clock or act.on.last)
    if not level.decides(situation(case.asof, case.book, level, act.subject, now, end="refer")).holds:
        yield case.refuse("refer_open", thing=Id(act.subject), level=Id(level.id))


def open_silence(case: Case) -> Iterator[Sentence]:
    """A silence procedure starts where the level has one, by those who may, and for long enough."""
    act: Any = case.act
    yield from here(case)
    level = case.book.level(act.at)
    quiet = silence_rule(level.decides) if level else None
    if level is None:
        return
    if quiet is None:
        yield case.refuse("no_silence_here", level=Id(level.id))
        return
    if ("keeper" if case.keeper else "member") not in quiet.opened_by:
        yield case.refuse("silence_opener", openers=", ".join(quiet.opened_by))
    elif not case.keeper:
        yield from member(case, level)
    yield from still_open(case, act.subject, act.at)
    yield from _span(case, act, level, quiet)


def silence_rule(rule: Rule) -> Silence | None:
    """The silence procedure that a rule holds, if any."""
    if isinstance(rule, Silence):
        return rule
    return next((found for part in rule.inner() if (found := silence_rule(part))), None)


def _span(case: Case, act: k.OpenSilence, level: Level, quiet: Silence) -> Iterator[Sentence]:
    """It lasts long enough, and an extension moves the end of the running one to a later moment."""
    zone = case.book.zone
    start, end = opening(act.on, zone), ending(act.until, zone)
    running = silence(case.asof, act.subject, level.id)
    if running is None:
        if end <= start or not quiet.long_enough(start, end):
            yield case.refuse("silence_too_short", start=start, end=end, length=quiet.length())
        return
    before = ending(running.act.until, zone)
    if not quiet.extension or end <= before or start > before:
        yield case.refuse("silence_running", end=before)
