"""Taking one party's wording out of a bracketed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.acts.fault import Refused, refused
from travaux.text.model import Bracket, Option, Piece, Text
from travaux.text.typography import touched

if TYPE_CHECKING:
    from travaux.text.compile import Compiled


def resolve(source: Compiled | Text, party: str) -> str | Refused:
    """What `party` wrote, code point for code point; from a bare `Text`, what it would read now.

    Refused where the text does not say: a party that handed in nothing (``text.no_version``) or holds no
    option of some bracket (``text.no_option``).
    """
    if isinstance(source, tuple):
        words = chosen(source, party)
        return refused("text.no_option", party=party) if words is None else words
    if party not in source.parties:
        return refused("text.no_version", party=party, parties=", ".join(source.parties))
    words = chosen(source.text, party)
    if words is None:
        return refused("text.no_option", party=party)
    return touched(words, dict(source.typography).get(party, ()))


def chosen(text: Text, party: str) -> str | None:
    """The runs of `text` with the option of `party` in each bracket, as printed; None where it holds none."""
    parts: list[str] = []
    stack: list[Piece] = list(reversed(text))
    while stack:
        piece = stack.pop()
        if not isinstance(piece, Bracket):
            parts.append(piece.text)
        elif (option := option_of(piece, party)) is None:
            return None
        else:
            stack.extend(reversed(option.text))
    return "".join(parts)


def option_of(bracket: Bracket, party: str) -> Option | None:
    """The option that `party` supports: the first one that names it, or None."""
    return next((option for option in bracket.options if party in option.parties), None)
