"""Measures: who is bound by a promise, and of what a report can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travaux.acts import kinds as k
from travaux.register.filing import MOVES, steps
from travaux.register.ladder import decided
from travaux.rules.case import Case
from travaux.rules.sentence import Id, Ids, Sentence


def measure(case: Case) -> Iterator[Sentence]:
    """What is said of a measure is said of one that somebody undertook."""
    act: Any = case.act
    if case.sort(act.measure) != "measure":
        yield case.refuse("not_a_measure", thing=Id(act.measure))


def undertake(case: Case) -> Iterator[Sentence]:
    """A party binds itself; others are bound by their own signature, or by an instrument they adopted."""
    act: Any = case.act
    others = [p for p in act.parties if p not in case.signers]
    if others and not (act.under and settled_by(case, act.under, others)):
        yield case.refuse("binds_others", parties=Ids(others))


def settled_by(case: Case, under: str, parties: list[str]) -> bool:
    """True where `parties` are members of a level that adopted `under`."""
    done = (e for e in steps(case.asof, MOVES, under) if isinstance(e.act, k.Adopt))
    levels = (case.book.level(e.act.at) for e in done if decided(case.asof, under, e.act.at))
    return any(level is not None and set(parties) <= set(case.members(level)) for level in levels)
