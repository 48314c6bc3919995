"""Instruments: what is put on the table, taken off it, and how it is classed."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Deed, Filled, Names, NewId, Ref
from travaux.acts.basis import Hash


class Table(Deed, tag="table", frozen=True):
    """An instrument is put on the table: roadmap, programme, agreement, decree, treaty …

    `count` says how many it stands for where only the number is known (28 programmes). `derived` names the
    instruments it was worked out from, `within` the one it is part of, `document` the hash of its text.
    """

    instrument: NewId
    type: Filled
    titles: Names
    number: str = ""
    count: Annotated[int, Meta(ge=1)] | None = None
    derived: tuple[Ref, ...] = ()
    within: str = ""
    parties: tuple[Ref, ...] = ()
    document: Hash | None = None


class Withdraw(Deed, tag="withdraw", frozen=True):
    """An instrument is taken off the table by those who put it there."""

    instrument: Ref
    why: str = ""


class Classify(Deed, tag="classify", frozen=True):
    """An instrument is put in a class that the rules know (sensitive, budgetary, procedural …)."""

    instrument: Ref
    category: Filled
    why: str = ""
