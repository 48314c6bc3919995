"""What each step on the ladder needs, decisions apart: the right thing, the right level, a member's voice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travaux.acts import kinds as k
from travaux.register.filing import AFTER, MOVES, steps
from travaux.register.ladder import decided, package, package_of, reservations, withdrawn
from travaux.rules.case import Case
from travaux.rules.hearing import DECIDABLE, lies, moment, situation
from travaux.rules.known import sort_name
from travaux.rules.level import Level
from travaux.rules.sentence import Id, Ids, Sentence


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


def table(case: Case) -> Iterator[Sentence]:
    """A text is put on the table, or put there anew by those who tabled it."""
    act: Any = case.act
    owners = tabled_by(case, act.instrument)
    if owners and not owners & case.signers:
        yield case.refuse("not_its_text", thing=Id(act.instrument), owners=Ids(sorted(owners)))
    if owners:
        yield from not_final(case, act.instrument)


def withdraw(case: Case) -> Iterator[Sentence]:
    """A text is taken off the table by those who put it there, unless it is done."""
    act: Any = case.act
    owners = tabled_by(case, act.instrument)
    if not owners & case.signers:
        yield case.refuse("not_its_text", thing=Id(act.instrument), owners=Ids(sorted(owners)))
    if withdrawn(case.asof, act.instrument):
        yield case.refuse("withdrawn", thing=Id(act.instrument))
    yield from not_final(case, act.instrument)


def bundle(case: Case) -> Iterator[Sentence]:
    """Texts of one level become a package; a text is in one package at most, and a package in none."""
    act: Any = case.act
    made = package(case.asof, act.package)
    if made and not case.signers & {made.entered.party}:
        yield case.refuse("not_its_package", package=Id(act.package), owners=Ids((made.entered.party,)))
    yield from not_final(case, act.package)
    for thing in act.elements:
        inside = package_of(case.asof, thing)
        if case.sort(thing) != "instrument":
            yield case.refuse("not_an_instrument", thing=Id(thing))
        elif inside and inside.id != act.package:
            yield case.refuse("in_package", thing=Id(thing), package=Id(inside.id))
        elif withdrawn(case.asof, thing):
            yield case.refuse("withdrawn", thing=Id(thing))
    if len({lies(case.asof, case.book, thing) for thing in act.elements}) > 1:
        yield case.refuse("elements_apart", package=Id(act.package))
    if len(set(act.elements)) < len(act.elements):
        yield case.refuse("element_twice", package=Id(act.package))


def detach(case: Case) -> Iterator[Sentence]:
    """An element leaves its package, by those who bundled it or tabled the element."""
    act: Any = case.act
    made = package(case.asof, act.package)
    if made is None or act.element not in made.elements:
        yield case.refuse("not_in_package", thing=Id(act.element), package=Id(act.package))
        return
    owners = {made.entered.party} | tabled_by(case, act.element)
    if not owners & case.signers:
        yield case.refuse("not_its_package", package=Id(act.package), owners=Ids(sorted(owners)))
    yield from not_final(case, act.package)


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
    own = [r for r in held if r.party == case.party and act.sort in ("", r.act.sort)]
    if own:
        return
    if held:
        owners = Ids(dict.fromkeys(r.party for r in held))
        yield case.refuse("not_its_reservation", thing=Id(act.subject), owners=owners)
    else:
        yield case.refuse("no_reservation_held", thing=Id(act.subject))


def sign(case: Case) -> Iterator[Sentence]:
    """A party signs or ratifies a text that is on the table, if it is one of the text's parties."""
    act: Any = case.act
    sort = case.sort(act.subject)
    if sort not in ("instrument", "package"):
        yield case.refuse("not_an_instrument", thing=Id(act.subject))
        return
    if withdrawn(case.asof, act.subject):
        yield case.refuse("withdrawn", thing=Id(act.subject))
    parties = parties_of(case, act.subject)
    if parties and case.party not in parties:
        yield case.refuse("not_its_party", thing=Id(act.subject), parties=Ids(parties))


def in_force(case: Case) -> Iterator[Sentence]:
    """A text enters into force once it is adopted at the top, or signed by all its parties."""
    act: Any = case.act
    signed = {
        e.party for e in steps(case.asof, AFTER, act.subject) if not isinstance(e.act, k.EnterIntoForce)
    }
    parties = set(parties_of(case, act.subject)) or {m for lv in case.book.levels for m in case.members(lv)}
    if not parties <= signed and not is_final(case, act.subject):
        yield case.refuse("not_yet_in_force", thing=Id(act.subject), parties=Ids(sorted(parties - signed)))


def measure(case: Case) -> Iterator[Sentence]:
    """What is said of a measure is said of one that somebody undertook."""
    act: Any = case.act
    if case.sort(act.measure) != "measure":
        yield case.refuse("not_a_measure", thing=Id(act.measure))


def undertake(case: Case) -> Iterator[Sentence]:
    """A party binds itself; others are bound by their own signature, or by an instrument they adopted."""
    act: Any = case.act
    others = [p for p in act.parties if p not in case.signers]
    if others and not (act.under and _bound(case, act.under, others)):
        yield case.refuse("binds_others", parties=Ids(others))


def tabled_by(case: Case, instrument: str) -> set[str]:
    """The parties that put `instrument` on the table by their own acts, those who signed with them included."""
    tabled = (e for e in steps(case.asof, MOVES, instrument) if isinstance(e.act, k.Table))
    return {p for e in tabled for p in (e.party, *(name.partition("/")[0] for name in e.cosigners))}


def parties_of(case: Case, instrument: str) -> tuple[str, ...]:
    """The parties that the text itself names, as last tabled."""
    for entered in steps(case.asof, MOVES, instrument, newest=True):
        if isinstance(entered.act, k.Table) and entered.act.parties:
            return entered.act.parties
    return ()


def is_final(case: Case, thing: str) -> bool:
    """True where `thing` is decided at the top of its ladder."""
    level = case.book.level(lies(case.asof, case.book, thing))
    return level is not None and not level.above and decided(case.asof, thing, level.id) is not None


def not_final(case: Case, thing: str) -> Iterator[Sentence]:
    """What the highest level has adopted is not undone by one party."""
    if case.sort(thing) and is_final(case, thing):
        yield case.refuse("already_final", thing=Id(thing))


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


def _bound(case: Case, under: str, parties: list[str]) -> bool:
    """True where `parties` are members of a level that adopted `under`."""
    done = (e for e in steps(case.asof, MOVES, under) if isinstance(e.act, k.Adopt))
    levels = (case.book.level(e.act.at) for e in done if decided(case.asof, under, e.act.at))
    return any(level is not None and set(parties) <= set(case.members(level)) for level in levels)
