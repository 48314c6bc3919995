"""Meetings: planned, held, moved, called off."""

from __future__ import annotations

from travaux.acts.base import Deed, Filled, NewId, Ref
from travaux.acts.when import When


class Convene(Deed, tag="convene", frozen=True):
    """A meeting is planned: for when (`planned`), where, with whom, on what."""

    meeting: NewId
    title: Filled
    planned: When
    body: str = ""
    where: str = ""
    who: tuple[Ref, ...] = ()
    agenda: tuple[str, ...] = ()


class Meet(Deed, tag="meet", frozen=True):
    """A meeting was held: who was there, where, its agenda and outcome in words."""

    meeting: NewId
    title: str = ""
    body: str = ""
    where: str = ""
    who: tuple[Ref, ...] = ()
    agenda: tuple[str, ...] = ()
    outcome: str = ""


class Postpone(Deed, tag="postpone", frozen=True):
    """A planned meeting moves to another date, or to an open one."""

    meeting: Ref
    to: When | None = None
    why: str = ""


class Cancel(Deed, tag="cancel", frozen=True):
    """A planned meeting will not be held."""

    meeting: Ref
    why: str = ""
