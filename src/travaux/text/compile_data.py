"""A compiled text as plain data; ``docs/schema/compile.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travaux.text.compile import Compiled
from travaux.text.model import Bracket, Piece, Text
from travaux.text.render import unattributed


def compiled(made: Compiled, notation: str) -> dict[str, Any]:
    """Figures, every reading of every site with its holders in full, and the text in our notation."""
    counts = made.counts
    return {
        "parties": list(made.parties),
        "sites": counts.sites,
        "contested_words": counts.contested_words,
        "options": counts.options,
        "readings": list(_readings(made.text)),
        "text": notation,
    }


def _readings(text: Text) -> Iterator[dict[str, Any]]:
    """Outer sites before inner ones, in reading order; the empty reading is none."""
    stack: list[tuple[Piece, int]] = [(piece, 1) for piece in reversed(text)]
    while stack:
        piece, depth = stack.pop()
        if not isinstance(piece, Bracket):
            continue
        for option in piece.options:
            if option.text:
                yield _reading(piece, option.parties, unattributed(option.text), depth)
        for option in reversed(piece.options):
            stack += [(inner, depth + 1) for inner in reversed(option.text)]


def _reading(site: Bracket, parties: tuple[str, ...], words: str, depth: int) -> dict[str, Any]:
    none = [party for option in site.options if not option.text for party in option.parties]
    return {
        "site": site.id,
        "kind": site.kind.value,
        "depth": depth,
        "words": words,
        "parties": list(parties),
        "no_text": none,
    }
