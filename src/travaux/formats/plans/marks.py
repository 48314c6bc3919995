"""Marks in the cells of a drawn timeline: a cross, a tick, a block, a 1, a colour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from travaux.formats.plans.cells import Cell
from travaux.formats.plans.words import NONE, plainly

COLOUR: Final = "colour "
_NOT: Final = frozenset({"0", "no", "non", "nein", "нет", "не", "ні"})
_SIGNS: Final = (
    ("x", re.compile(r"[xх×]+\Z")),
    ("tick", re.compile(r"[✓✔√☑v]\Z")),
    ("block", re.compile(r"[■▪◼█▬◾]+\Z")),
    ("dot", re.compile(r"[●•⬤]\Z")),
    ("+", re.compile(r"\++\Z")),
    ("1", re.compile(r"1\Z")),
    ("yes", re.compile(r"(?:yes|да|oui|ja|sí|так)\Z")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in one cell of a timeline.

    `kind` is that of its sign (x, tick, block, dot, +, 1, yes) or the words of the mapping; "" where it is
    only coloured (`fill`). `unread` is text that is no known mark.
    """

    kind: str = ""
    fill: str = ""
    unread: str = ""


def mark_of(
    cell: Cell | None, known: frozenset[str] = frozenset(), idle: frozenset[str] = frozenset()
) -> Mark | None:
    """The mark of a cell, None where it is empty or says “-”. `known` further marks count, `idle` do not;
    a colour among them is written ``colour 4F81BD``."""
    if cell is None:
        return None
    fill = "" if f"{COLOUR}{cell.fill}".casefold() in idle else cell.fill
    text = plainly(cell.text)
    if text in idle or text in NONE or text in _NOT:
        text = ""
    if not text:
        return Mark(fill=fill) if fill else None
    if text in known:
        return Mark(text, fill)
    kind = next((k for k, sign in _SIGNS if sign.match(text)), "")
    return Mark(kind, fill) if kind else Mark(fill=fill, unread=cell.text)
