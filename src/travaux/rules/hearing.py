"""Hearing: from the register to the situation that a rule judges: members, presence, and what each says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from travaux.acts.kinds import Admit, Approve, Object
from travaux.register.filing import CLASSES, MEETS, POSITIONS, sort_of, steps
from travaux.register.fold import AsOf
from travaux.register.ladder import Held, decided, level_of, package, package_of, stances
from travaux.rules.book import Rulebook
from travaux.rules.level import PARTIES, Level
from travaux.rules.sentence import Id, Ids, Sentence, sentence
from travaux.rules.situation import Heard, Situation, Voice

DECIDABLE: Final = frozenset({"instrument", "package", "subject"})
PROXY: Final = "proxy"


def situation(
    asof: AsOf,
    book: Rulebook,
    level: Level,
    subject: str,
    now: datetime,
    meeting: str = "",
    end: str = "adopt",
) -> Situation:
    """One decision on `subject` at `level`, as it stands `now`.

    `end` is what the decision is for: ``adopt``, or ``refer`` (sending it up). A provisional yes counts for
    the ends that the level names.
    """
    members = members_of(asof, level)
    held = stances(asof, subject, level.id)
    heard = {m: _hear(asof, book, level, subject, held.get(m), now, end) for m in members}
    heard |= {m: replace(heard[by], by=by) for m, by in proxies(asof, level, members, heard, now).items()}
    spoken = frozenset(m for m, h in heard.items() if _took_part(h, meeting))
    present = spoken | frozenset(recorded(asof, level, meeting, members))
    bundle = package(asof, subject)
    return Situation(
        asof, book, level, subject, members, heard, present, now, meeting, bundle,
        categories(asof, subject, members),
    )  # fmt: skip


def members_of(asof: AsOf, level: Level) -> tuple[str, ...]:
    """Those who decide at a level; the keeper is never one of them."""
    if level.members != PARTIES:
        return tuple(level.members)
    founding = asof.founding
    founders = (p.id for p in founding.parties if p.id != founding.keeper)
    admitted = (e.act.party.id for e in asof.acts(Admit))
    return tuple(dict.fromkeys((*founders, *admitted)))


def lies(asof: AsOf, book: Rulebook, subject: str) -> str:
    """The level where `subject` lies; one that nobody has referred lies at the entry of the ladder.

    "" where the elements of a package lie at different levels.
    """
    found = level_of(asof, subject, book.apart)
    if found:
        return found
    made = package(asof, subject)
    if made is None or package_of(asof, subject):
        return book.entry
    levels = {level_of(asof, e, book.apart) or book.entry for e in made.elements}
    return levels.pop() if len(levels) == 1 else book.entry if not levels else ""


def moment(book: Rulebook, when: date | datetime) -> datetime:
    """The moment of an act or a day asked: an instant as it is, a day at its end in the zone of the rules."""
    if isinstance(when, datetime):
        return when.astimezone(book.zone)
    return datetime.combine(when, time(23, 59, 59), book.zone)


def categories(asof: AsOf, subject: str, members: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The classes `subject` was put in, each with the members of the level that put it there."""
    found: dict[str, set[str]] = {}
    for entered in steps(asof, CLASSES, subject):
        if entered.party in members:
            found.setdefault(entered.act.category, set()).add(entered.party)
    return {category: frozenset(parties) for category, parties in found.items()}


def proxies(
    asof: AsOf, level: Level, members: tuple[str, ...], heard: Mapping[str, Heard], now: datetime
) -> dict[str, str]:
    """Members that say nothing themselves, each with the member that speaks for it.

    A proxy is given by `take_position` on the member that is to speak, with the stance ``proxy``, and ended
    by another stance. No member speaks for more others than the level allows; the first givers come first.
    """
    found: dict[str, str] = {}
    for holder in members if level.proxies else ():
        given: dict[str, str] = {}
        for entered in steps(asof, POSITIONS, holder):
            if entered.act.on.first <= now.date():
                given[entered.party] = entered.act.stance
        givers = [m for m, stance in given.items() if stance == PROXY and m in members and m != holder]
        silent = [m for m in givers if heard[m].voice is Voice.SILENT and m not in found]
        found |= dict.fromkeys(silent[: level.proxies], holder)
    return {m: by for m, by in found.items() if heard[by].voice is not Voice.SILENT}


def settled(asof: AsOf, book: Rulebook, thing: str, level: str) -> bool:
    """True where `thing`, which a yes waits for, is decided at `level` or above it."""
    return any(decided(asof, thing, rung) for rung in book.upward(level))


def circle(asof: AsOf, book: Rulebook, level: str, start: str) -> tuple[str, ...]:
    """Things that wait for each other by conditional yeses, `start` the first; empty where there are none."""
    waits: dict[str, tuple[str, ...]] = {}
    trail: list[tuple[str, tuple[str, ...]]] = [(start, ())]
    while trail:
        thing, way = trail.pop()
        if thing in waits:
            continue
        waits[thing] = _waited_for(asof, book, level, thing)
        for other in waits[thing]:
            if other == start:
                return (*way, thing)
            trail.append((other, (*way, thing)))
    return ()


def _waited_for(asof: AsOf, book: Rulebook, level: str, thing: str) -> tuple[str, ...]:
    inside = package_of(asof, thing)
    held = stances(asof, inside.id if inside else thing, level).values()
    conditions = (c for h in held if isinstance(h.entered.act, Approve) for c in h.entered.act.conditions)
    return tuple(dict.fromkeys(c for c in conditions if not settled(asof, book, c, level)))


def _hear(
    asof: AsOf, book: Rulebook, level: Level, subject: str, held: Held | None, now: datetime, end: str
) -> Heard:
    if held is None:
        return Heard(Voice.SILENT)
    act = held.entered.act
    if not isinstance(act, Approve):
        return Heard(Voice.NO if isinstance(act, Object) else Voice.ABSTAINS, held)
    who = Id(held.party)
    if act.ad_referendum and act.ad_referendum.last < now.date():
        late = sentence("ad_referendum_lapsed", party=who, day=act.ad_referendum.last)
        return Heard(Voice.LAPSED, held, (late,), (sentence("confirm_anew", party=who),))
    why: list[Sentence] = []
    change: list[Sentence] = []
    if act.ad_referendum and end not in level.ad_referendum:
        why.append(sentence("ad_referendum_waits", party=who, day=act.ad_referendum.last))
        change.append(sentence("confirm", party=who))
    for text, cure in _conditions(asof, book, level.id, subject, held.party, act):
        why.append(text)
        change.append(cure)
    return Heard(Voice.WAITS if why else Voice.YES, held, tuple(why), tuple(change))


def _conditions(
    asof: AsOf, book: Rulebook, level: str, subject: str, party: str, act: Approve
) -> Iterator[tuple[Sentence, Sentence]]:
    """Each condition of a yes that does not hold: what it waits for, and what would end the wait."""
    made = package(asof, subject)
    for thing in act.conditions:
        if thing == subject or (made and thing in made.elements) or settled(asof, book, thing, level):
            continue
        ring = circle(asof, book, level, subject)
        who, on = Id(party), Id(thing)
        why, cure = (
            ("waits_in_circle", "break_circle") if thing in ring else ("waits_condition", "meet_condition")
        )
        values = {"party": who, "on": on, "things": Ids(ring)}
        yield sentence(why, **values), sentence(cure, **values)


def _took_part(heard: Heard, meeting: str) -> bool:
    """True where a member spoke for itself: at the meeting, or in writing where there is none."""
    if heard.held is None or heard.by or heard.voice is Voice.LAPSED:
        return False
    return not meeting or heard.held.entered.act.meeting == meeting


def recorded(asof: AsOf, level: Level, meeting: str, members: tuple[str, ...]) -> Iterator[str]:
    """Members at a meeting by its record: their own, and the keeper's where the level takes that."""
    if not meeting:
        return
    keeper = asof.founding.keeper
    for entered in steps(asof, MEETS, meeting):
        signed = {entered.party, *(name.partition("/")[0] for name in entered.cosigners)}
        trusted = level.presence == "recorded" and keeper in signed
        yield from (m for m in entered.act.who if m in members and (trusted or m in signed))


def is_decidable(asof: AsOf, thing: str) -> bool:
    """True for what a level can decide on: an instrument, a package or a matter."""
    return sort_of(asof, thing) in DECIDABLE
