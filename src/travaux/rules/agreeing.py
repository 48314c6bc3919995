"""Settling words at a level: where the instrument lies, and when no member stands by other words.

Each member has signed, holds the option, or has no objection to it. In a meeting a member that is there, by a
record that the level takes, and says nothing does not stand in the way; in writing it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from travaux.register.wording import holds_all, rolling
from travaux.rules.case import Case
from travaux.rules.hearing import lies, recorded
from travaux.rules.moves import member
from travaux.rules.sentence import Id, Ids, Sentence
from travaux.rules.tabling import only_formal, undecided
from travaux.rules.texts import has_option, on_the_table, place_there, speakers
from travaux.text.live import Sheet, pick
from travaux.text.model import Bracket, Degree, Stance
from travaux.text.paths import find, plain
from travaux.text.rolling import EXCLUSIVE, Rolling, Spot

_YES: Final = (Stance.SUPPORTS, Stance.NO_OBJECTION)
_SHORT: Final = 120  # characters of a text that a reason quotes


def settle(case: Case) -> Iterator[Sentence]:
    """Words are agreed where the text lies, when no member stands by others."""
    act: Any = case.act
    yield from on_the_table(case, act.instrument)
    yield from only_formal(case)
    yield from undecided(case, act.instrument)
    level = case.book.level(act.at)
    if level is None:
        yield case.refuse("not_a_level", level=Id(act.at))
        return
    here = lies(case.asof, case.book, act.instrument)
    if here != level.id and not level.apart:
        yield case.refuse("lies_elsewhere", thing=Id(act.instrument), at=Id(here), level=Id(level.id))
    yield from member(case, level)
    text = rolling(case.asof, act.instrument)
    members = case.members(level)
    if not holds_all(text):
        return
    if act.bracket:
        yield from _settles_bracket(case, text, members)
    else:
        yield from _settles_unit(case, text, members)


def _settles_bracket(case: Case, text: Rolling, members: tuple[str, ...]) -> Iterator[Sentence]:
    act: Any = case.act
    found = text.locate(act.bracket)
    if found is None:
        yield case.refuse("text_no_bracket", bracket=act.bracket)
        return
    if act.option is None:
        yield from _parks(case, text, found)
        return
    missing = tuple(has_option(case, text, act.bracket, act.option))
    yield from missing
    if missing:
        return
    words = plain(found[2].options[pick(found[2], act.option) or 0])
    for name in text.same(found[2].id):
        place = text.locate(name)
        assert place is not None
        sheet = text.sheet(place[0], place[1])
        assert sheet is not None
        number = pick(place[2], words)
        if number is None:
            yield case.refuse("text_same_differs", bracket=name)
        else:
            yield from _against(case, sheet, place[2], number, members)
    yield from _excluded(case, text, found[2].id, words)


def _parks(case: Case, text: Rolling, found: tuple[str, str, Bracket]) -> Iterator[Sentence]:
    """That a matter was discussed anyone may record; that more was reached, all that hold it open."""
    act: Any = case.act
    if Degree(act.degree) is Degree.DISCUSSED:
        return
    missing = sorted(speakers(text, *found) - case.signers)
    if missing:
        yield case.refuse("text_needs_all", parties=Ids(missing))


def _against(
    case: Case, sheet: Sheet, bracket: Bracket, number: int, members: tuple[str, ...]
) -> Iterator[Sentence]:
    """The members that have neither signed nor said yes to the option, and what they say instead."""
    act: Any = case.act
    level = case.book.level(act.at)
    there = set(recorded(case.asof, level, act.meeting, members)) if level else set()
    shown = next(o for b in _shown(sheet, bracket.id) for n, o in enumerate(b.options) if n == number)
    own = {p: plain(o) for b in _shown(sheet, bracket.id) for o in b.options for p in o.parties}
    for party in members:
        if party in case.signers:
            continue
        held = {p.stance for p in shown.stances if p.party == party}
        if Stance.OPPOSES in held:
            yield case.refuse("text_opposed", other=Id(party))
        elif _reserves(sheet, party, bracket.id, act.degree):
            yield case.refuse("text_reserved", other=Id(party))
        elif held & set(_YES):
            continue
        elif held & {Stance.FLEXIBLE_IF, Stance.CONSIDERING}:
            yield case.refuse("text_not_yet", other=Id(party))
        elif party in own:
            yield case.refuse("text_other_words", other=Id(party), words=own[party][:_SHORT] or "“”")
        elif party not in there:
            yield case.refuse("text_silent", other=Id(party))


def _shown(sheet: Sheet, bracket: str) -> tuple[Bracket, ...]:
    found = find(sheet.text(), bracket)
    return (found,) if found else ()


def _reserves(sheet: Sheet, party: str, bracket: str, degree: str) -> bool:
    """A reservation stands in the way of agreement for good, a linguistic one does not."""
    held = (r for r in sheet.reserved if r.party == party and r.bracket in ("", bracket))
    return Degree(degree) is not Degree.AD_REF and any(r.sort != "linguistic" for r in held)


def _settles_unit(case: Case, text: Rolling, members: tuple[str, ...]) -> Iterator[Sentence]:
    act: Any = case.act
    provision = text.provisions.get(act.unit)
    if provision is None:
        yield case.refuse("text_no_unit", unit=act.unit)
        return
    yield from place_there(case, act.place, text)
    others = [m for m in members if m not in case.signers]
    if act.place is not None:
        spot = Spot(act.place.under, act.place.after)
        agree = {p for p, w in provision.wanted.items() if (w.under, w.after) == (spot.under, spot.after)}
        missing = [m for m in others if m not in agree]
        if missing:
            yield case.refuse("text_needs_all", parties=Ids(missing))
        return
    for lang in (act.lang,) if act.lang else tuple(provision.sheets):
        sheet = provision.sheets.get(lang)
        if sheet is None:
            yield case.refuse("text_no_unit", unit=act.unit)
            continue
        reserved = [m for m in others if _reserves(sheet, m, "", act.degree)]
        if reserved:
            yield from (case.refuse("text_reserved", other=Id(m)) for m in reserved)
        missing = [m for m in others if m not in reserved and not _holds(sheet, m, bool(act.meeting))]
        if missing:
            yield case.refuse("text_needs_all", parties=Ids(missing))


def _holds(sheet: Sheet, party: str, meeting: bool) -> bool:
    """In a meeting, the words outside brackets are those of every party that handed in a wording."""
    own = sheet.witness(party)
    return meeting and own is not None and own.whole


def _excluded(case: Case, text: Rolling, bracket: str, words: str) -> Iterator[Sentence]:
    """Of brackets that exclude each other, only one keeps words."""
    settled = {a.bracket for _, _, sheet in text.sheets() for a in sheet.agreements if a.words}
    for coupled in text.coupled(bracket):
        others = sorted(settled & set(coupled.brackets) - {bracket})
        if words and coupled.sort == EXCLUSIVE and others:
            yield case.refuse("text_excluded", bracket=bracket, other=others[0])
