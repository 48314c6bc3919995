"""Texts: who may propose words, take sides, couple, merge and correct; `travaux.rules.agreeing` settles.

Where a wording is in a document that is not held, what hangs on the words of the text cannot be checked again
and is let pass; `verify` says which documents are missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from travaux.acts.families.text import Placement
from travaux.register.ladder import withdrawn
from travaux.register.wording import holds_all, rolling
from travaux.rules.case import Case
from travaux.rules.hearing import lies
from travaux.rules.sentence import Id, Ids, Sentence
from travaux.rules.tabling import only_formal, undecided
from travaux.text.live import pick
from travaux.text.model import Bracket, Stance
from travaux.text.paths import plain
from travaux.text.rolling import Rolling
from travaux.text.tokens import is_word, tokenize
from travaux.text.witness import BASE

_YES: Final = (Stance.SUPPORTS, Stance.NO_OBJECTION)
_SHORT: Final = 120  # characters of a text that a reason quotes


def propose(case: Case) -> Iterator[Sentence]:
    """A wording comes in while the text is open; the keeper puts one on the table, but does not change it."""
    act: Any = case.act
    yield from on_the_table(case, act.instrument)
    yield from only_formal(case)
    yield from undecided(case, act.instrument)
    yield from _drafting(case, act.instrument)
    text = rolling(case.asof, act.instrument)
    if not holds_all(text):
        return
    known = act.unit in text.provisions
    if not known and act.operation in ("deletion", "move"):
        yield case.refuse("text_no_unit", unit=act.unit)
    if known and act.operation == "insertion":
        yield case.refuse("text_unit_there", unit=act.unit)
    if act.operation == "move" and act.place is None:
        yield case.refuse("text_no_place")
    if act.operation in ("wording", "insertion") and not (act.words or act.document or act.bracket):
        yield case.refuse("text_no_words")
    if act.bracket and text.locate(act.bracket) is None:
        yield case.refuse("text_no_bracket", bracket=act.bracket)
    yield from place_there(case, act.place, text)
    sheet = text.sheet(act.unit, act.lang)
    if case.keeper and act.operation != "move" and sheet and sheet.witness(BASE):
        yield case.refuse("text_on_the_table", unit=act.unit)


def support(case: Case) -> Iterator[Sentence]:
    """A party takes sides on an option that is there, or joins a wording that is there."""
    act: Any = case.act
    text = rolling(case.asof, act.instrument)
    if act.bracket or not holds_all(text):
        yield from has_option(case, text, act.bracket, act.option)
        return
    sheet = text.sheet(act.unit, act.lang)
    own = sheet.witness(act.like) if sheet else None
    if own is None or not own.whole:
        yield case.refuse("text_no_wording_of", other=Id(act.like), unit=act.unit)


def oppose(case: Case) -> Iterator[Sentence]:
    """A party is against an option that is there."""
    act: Any = case.act
    yield from has_option(case, rolling(case.asof, act.instrument), act.bracket, act.option)


def reserved_part(case: Case) -> Iterator[Sentence]:
    """The part of a text that is reserved on, or that a reservation is lifted from, is there."""
    act: Any = case.act
    if not act.unit and not act.bracket:
        return
    text = rolling(case.asof, act.subject)
    if not holds_all(text):
        return
    if act.bracket and act.bracket not in text.where:
        yield case.refuse("text_no_bracket", bracket=act.bracket)
    if act.unit and act.unit not in text.provisions:
        yield case.refuse("text_no_unit", unit=act.unit)


def couple(case: Case) -> Iterator[Sentence]:
    """Brackets are coupled by a party; where that binds the stances of others, by all that hold them."""
    act: Any = case.act
    text = rolling(case.asof, act.instrument)
    if not holds_all(text):
        return
    found = [text.locate(bracket) for bracket in act.brackets]
    for name, one in zip(act.brackets, found, strict=True):
        if one is None:
            yield case.refuse("text_no_bracket", bracket=name)
    if act.sort == "together":
        return
    held = {p for one in found if one for p in speakers(text, one[0], one[1], one[2])}
    missing = sorted(held - case.signers)
    if missing:
        yield case.refuse("text_needs_all", parties=Ids(missing))


def streamline(case: Case) -> Iterator[Sentence]:
    """Options are merged by the keeper for the chair, or by all that proposed them."""
    act: Any = case.act
    yield from on_the_table(case, act.instrument)
    yield from only_formal(case)
    text = rolling(case.asof, act.instrument)
    for option in act.options:
        yield from has_option(case, text, act.bracket, option)
    found = text.locate(act.bracket)
    if found is None or case.keeper:
        return
    numbers = {pick(found[2], option) for option in act.options}
    proposers = speakers(text, found[0], found[1], found[2], numbers)
    missing = sorted(proposers - case.signers)
    if missing:
        yield case.refuse("text_needs_all", parties=Ids(missing))


def rectify(case: Case) -> Iterator[Sentence]:
    """A correction is formal: it changes no word."""
    act: Any = case.act
    text = rolling(case.asof, act.instrument)
    sheet = text.sheet(act.unit, act.lang)
    if not holds_all(text):
        yield from ()
    elif sheet is None:
        yield case.refuse("text_no_unit", unit=act.unit)
    elif not any(w.words.count(act.was) == 1 for w in sheet.witnesses):
        yield case.refuse("text_words_not_there", words=act.was[:_SHORT])
    if not formal(act.was, act.now):
        yield case.refuse("text_not_formal")


def formal(was: str, now: str) -> bool:
    """Whether the two differ in numbering, punctuation, capitals, spacing or typography only."""
    return _bare(was) == _bare(now)


def _bare(text: str) -> list[str]:
    return [key.casefold() for key in tokenize(text).keys if is_word(key)]


def on_the_table(case: Case, instrument: str) -> Iterator[Sentence]:
    """The text is that of an instrument, and it was not withdrawn."""
    if case.sort(instrument) != "instrument":
        yield case.refuse("not_an_instrument", thing=Id(instrument))
    elif withdrawn(case.asof, instrument):
        yield case.refuse("withdrawn", thing=Id(instrument))


def _drafting(case: Case, instrument: str) -> Iterator[Sentence]:
    """Some levels take no new words: they choose among those on the table."""
    level = case.book.level(lies(case.asof, case.book, instrument))
    if level is not None and level.drafting == "closed":
        yield case.refuse("text_closed", level=Id(level.id))


def place_there(case: Case, place: Placement | None, text: Rolling) -> Iterator[Sentence]:
    """The units that a place names are there."""
    for unit in (place.under, place.after) if place else ():
        if unit and unit not in text.provisions:
            yield case.refuse("text_no_unit", unit=unit)


def has_option(case: Case, text: Rolling, bracket: str, option: str) -> Iterator[Sentence]:
    """The bracket is open, and has the option."""
    if not holds_all(text):
        return
    found = text.locate(bracket)
    if found is None:
        yield case.refuse("text_no_bracket", bracket=bracket)
    elif pick(found[2], option) is None:
        told = " / ".join(plain(o)[:_SHORT] or "“”" for o in found[2].options)
        yield case.refuse("text_no_option", bracket=bracket, options=told)


def speakers(
    text: Rolling, unit: str, lang: str, bracket: Bracket, numbers: set[int | None] | None = None
) -> set[str]:
    """The parties whose wording stands in a bracket, or in those of its options."""
    sheet = text.sheet(unit, lang)
    assert sheet is not None
    options = [o for n, o in enumerate(bracket.options) if numbers is None or n in numbers]
    names = {p for o in options for p in o.parties}
    return {w.name for w in sheet.witnesses if w.party and w.name in names and w.speaks(bracket.id)}
