"""Taking one party's wording out of a bracketed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.acts.fault import Refused, refused
from travaux.text.model import Bracket, Option, Piece, Text
from travaux.text.typography import touched

Held = dict[int, dict[str, Option]]
"""By `id` of a bracket: party → its option. Good as long as the text itself is kept."""

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


def chosen(text: Text, party: str, held: Held | None = None) -> str | None:
    """The runs of `text` with the option of `party` in each bracket, as printed; None where it holds none.

    `held` keeps who holds what between calls on one text.
    """
    parts: list[str] = []
    stack: list[Piece] = list(reversed(text))
    while stack:
        piece = stack.pop()
        if not isinstance(piece, Bracket):
            parts.append(piece.text)
            continue
        if held is None:
            option = option_of(piece, party)
        else:
            option = _holders(piece, held).get(party)
        if option is None:
            return None
        stack.extend(reversed(option.text))
    return "".join(parts)


def _holders(bracket: Bracket, held: Held) -> dict[str, Option]:
    """Who supports which option of `bracket`; the first option that names a party counts."""
    if (known := held.get(id(bracket))) is None:
        options = reversed(bracket.options)
        known = held[id(bracket)] = {party: option for option in options for party in option.parties}
    return known


def option_of(bracket: Bracket, party: str) -> Option | None:
    """The option that `party` supports: the first one that names it, or None."""
    return next((option for option in bracket.options if party in option.parties), None)
