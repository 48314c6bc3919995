"""Sealed acts, disclosures and erasures: one's own to seal and to open, and what nobody can take away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from travaux.acts import kinds as k
from travaux.acts.base import Act
from travaux.register.sources import documents_of
from travaux.rules.case import Case
from travaux.rules.sentence import Ids, Sentence

# Documents without which the record could not be judged again.
_KEPT: Final = (k.Found, k.AmendRules, k.Disclose, k.Propose)


def seal(case: Case) -> Iterator[Sentence]:
    """Only parties say anything that could be hidden."""
    if case.observed:
        yield case.refuse("observed_only_reports")
    elif case.keeper:
        yield case.refuse("keeper_alone")


def disclose(case: Case) -> Iterator[Sentence]:
    """A sealed part is opened once, by the party that sealed it."""
    act = case.act
    if not isinstance(act, k.Disclose):
        return
    entered = next((e for e in case.asof.recorded_acts() if e.id == act.discloses), None)
    if entered is None:
        yield case.refuse("no_such_act", act=act.discloses[:12])
    elif act.part >= len(entered.parts):
        yield case.refuse("no_such_part", act=act.discloses[:12], part=act.part)
    elif entered.party != case.party:
        yield case.refuse("not_its_seal", owners=Ids((entered.party,)))
    elif any((d.act.discloses, d.act.part) == (act.discloses, act.part) for d in case.asof.acts(k.Disclose)):
        yield case.refuse("disclosed_already", act=act.discloses[:12], part=act.part)


def erase(case: Case) -> Iterator[Sentence]:
    """A document goes with the word of every party that has an act which names it."""
    act = case.act
    if not isinstance(act, k.Erase):
        return
    naming = [e for e in case.asof.recorded_acts() if act.sha256 in _documents(e.act)]
    if not naming:
        yield case.refuse("no_such_document", sha256=act.sha256[:12])
    elif any(isinstance(_said(e.act), _KEPT) for e in naming):
        yield case.refuse("never_erased", sha256=act.sha256[:12])
    elif missing := tuple(dict.fromkeys(e.party for e in naming if e.party not in case.signers)):
        yield case.refuse("erase_needs", owners=Ids(missing))
    elif any(e.act.sha256 == act.sha256 for e in case.asof.acts(k.Erase)):
        yield case.refuse("erased_already", sha256=act.sha256[:12])


def _said(act: object) -> object:
    """The act itself; of a correction what it puts in the place."""
    return act.instead if isinstance(act, k.Correct) else act


def _documents(act: object) -> list[str]:
    if isinstance(act, k.Found):
        return [act.rules]
    return documents_of(act) if isinstance(act, Act) else []
