"""Renderings of a bracketed text for people: clean, one party's, attributed inline, attributed in columns.

The notation that is read back is `travaux.text.notation`; what stands here is for reading only. Nothing here
decides who may see names: that is for the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from travaux.acts.fault import Fault, Place, Refused, refused_all
from travaux.text.attribution import Groups, compress
from travaux.text.model import (
    Begins,
    Bracket,
    Closes,
    Ends,
    Opens,
    Position,
    Run,
    Stance,
    Text,
    brackets,
    walk,
)
from travaux.text.resolve import resolve


@dataclass(frozen=True, slots=True)
class Row:
    """One option in a table: the id of its `bracket`, its words with inner brackets, who holds what."""

    bracket: str
    words: str
    stances: tuple[tuple[str, str], ...]


def clean(text: Text) -> str | Refused:
    """The words alone, where nothing is open; else one fault per open bracket, with its options."""
    open_ones = [
        Fault("text.open", Place(f"bracket {bracket.id}"), {"options": " / ".join(_options(bracket))})
        for bracket in brackets(text)
    ]
    return refused_all(open_ones) or "".join(piece.text for piece in text if isinstance(piece, Run))


def one_party(text: Text, party: str) -> str | Refused:
    """What `party` would read now, as printed; refused where it holds no option of a bracket."""
    return resolve(text, party)


def unattributed(text: Text) -> str:
    """The text with brackets and without names; an option that is empty is not shown."""
    return _marked(text, lambda _: "")


def attributed(text: Text, groups: Groups | None = None) -> str:
    """The text with every stance inside its bracket: supporters first, then each other stance by name."""
    return _marked(text, lambda stances: told(stances, groups))


def told(stances: tuple[Position, ...], groups: Groups | None = None) -> str:
    """`` (ARV, TOL; opposes: KES)``, or nothing where nobody has said anything."""
    parts = [f"{name}: {held}" if name else held for name, held in by_stance(stances, groups)]
    return f" ({'; '.join(parts)})" if parts else ""


def by_stance(stances: tuple[Position, ...], groups: Groups | None = None) -> tuple[tuple[str, str], ...]:
    """(stance, parties) for each stance that somebody takes; supporters come under an empty name."""
    found = []
    for stance in Stance:
        names = [position.party for position in stances if position.stance is stance]
        if names:
            label = "" if stance is Stance.SUPPORTS else stance.value.replace("_", " ")
            found.append((label, compress(names, groups)))
    return tuple(found)


def columns(text: Text, groups: Groups | None = None) -> tuple[Row, ...]:
    """One row per option of every bracket, outer before inner: plain data for a table."""
    return tuple(
        Row(bracket.id, unattributed(option.text), by_stance(option.stances, groups))
        for bracket in brackets(text)
        for option in bracket.options
    )


def _options(bracket: Bracket) -> list[str]:
    return [unattributed(option.text).strip() or "—" for option in bracket.options]


def _marked(text: Text, names: Callable[[tuple[Position, ...]], str]) -> str:
    parts: list[str] = []
    stances: list[tuple[Position, ...]] = []
    begun: list[int] = []
    for event in walk(text):
        match event:
            case Run():
                parts.append(event.text)
            case Begins():
                stances.append(event.stances)
                begun.append(len(parts))
                parts.append("[")
            case Ends():
                said, start = names(stances.pop()), begun.pop()
                if len(parts) == start + 1 and not said:
                    parts.pop()
                else:
                    parts.append(said + "]")
            case Opens() | Closes():
                pass
    return "".join(parts)
