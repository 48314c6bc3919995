"""Texts and packages: who puts them on the table, takes them off, signs them; what is done stays done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travaux.acts import kinds as k
from travaux.register.filing import AFTER, MOVES, steps
from travaux.register.ladder import decided, package, package_of, results, withdrawn
from travaux.rules.case import Case
from travaux.rules.hearing import lies
from travaux.rules.sentence import Id, Ids, Sentence


def table(case: Case) -> Iterator[Sentence]:
    """A text is put on the table, or put there anew by those who tabled it."""
    act: Any = case.act
    owners = tabled_by(case, act.instrument)
    if owners and not owners & case.signers:
        yield case.refuse("not_its_text", thing=Id(act.instrument), owners=Ids(sorted(owners)))
    if owners:
        yield from not_final(case, act.instrument)
    if act.document and act.document != document_of(case, act.instrument):
        yield from only_formal(case)


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
    """A text enters into force by the rule of the rulebook for it.

    Without one: once it is adopted at the top, or signed or ratified by all its parties.
    """
    act: Any = case.act
    if case.book.force is not None:
        return
    signed = {
        e.party for e in steps(case.asof, AFTER, act.subject) if not isinstance(e.act, k.EnterIntoForce)
    }
    parties = set(bound_by(case, act.subject))
    if not parties <= signed and not is_final(case, act.subject):
        yield case.refuse("not_yet_in_force", thing=Id(act.subject), parties=Ids(sorted(parties - signed)))


def bound_by(case: Case, instrument: str) -> tuple[str, ...]:
    """The parties to a text: those it names, else all who decide at some level."""
    named = parties_of(case, instrument)
    return named or tuple(dict.fromkeys(m for lv in case.book.levels for m in case.members(lv)))


def only_formal(case: Case) -> Iterator[Sentence]:
    """After an adoption subject to legal review, nothing but formal changes is made."""
    act: Any = case.act
    review = [e for e in results(case.asof, act.instrument) if e.act.legal_review]
    if review and decided(case.asof, act.instrument, review[-1].act.at):
        yield case.refuse("only_formal", thing=Id(act.instrument), level=Id(review[-1].act.at))


def tabled_by(case: Case, instrument: str) -> set[str]:
    """The parties that put `instrument` on the table by acts of their own, alone or with others."""
    tabled = (e for e in steps(case.asof, MOVES, instrument) if isinstance(e.act, k.Table))
    return {p for e in tabled for p in (e.party, *(name.partition("/")[0] for name in e.cosigners))}


def parties_of(case: Case, instrument: str) -> tuple[str, ...]:
    """The parties that the text itself names, as last tabled."""
    for entered in steps(case.asof, MOVES, instrument, newest=True):
        if isinstance(entered.act, k.Table) and entered.act.parties:
            return entered.act.parties
    return ()


def document_of(case: Case, instrument: str) -> str:
    """The hash of the text as last tabled, "" where none was."""
    tabled = (e.act for e in steps(case.asof, MOVES, instrument, newest=True) if isinstance(e.act, k.Table))
    return next((act.document for act in tabled if act.document), "")


def is_final(case: Case, thing: str) -> bool:
    """True where `thing` is decided at the top of its ladder."""
    level = case.book.level(lies(case.asof, case.book, thing))
    return level is not None and not level.above and decided(case.asof, thing, level.id) is not None


def not_final(case: Case, thing: str) -> Iterator[Sentence]:
    """What the highest level has adopted is not undone by one party."""
    if case.sort(thing) and is_final(case, thing):
        yield case.refuse("already_final", thing=Id(thing))


def undecided(case: Case, instrument: str) -> Iterator[Sentence]:
    """Words are open until the level where the text lies has decided; referring it anew reopens them."""
    at = lies(case.asof, case.book, instrument)
    done = decided(case.asof, instrument, at)
    if done and not done.act.legal_review:
        yield case.refuse("already_decided", thing=Id(instrument), level=Id(at), day=done.act.on.last)
