"""Compiling on a base text: what the base says tells insertions from deletions, and never who holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from travaux.text.compile import Compiled, compile  # noqa: A004
from travaux.text.model import Bracket, Kind, Option, Piece, Position, rebuild


def compile_on(base: str, versions: Mapping[str, str], *, alpha: float = 3.0) -> Compiled:
    """The bracketed text of `versions` aligned with `base`. A place where parties hold one reading or
    nothing is a deletion if the base has words there, else an insertion. The base holds no option.
    """
    name = "\0base"
    while name in versions:
        name += "\0"
    made = compile({**versions, name: base}, alpha=alpha)
    text = rebuild(made.text, lambda bracket: _without(bracket, name))
    typography = tuple((party, touches) for party, touches in made.typography if party != name)
    return Compiled(text, tuple(sorted(versions)), typography)


def _without(bracket: Bracket, name: str) -> Iterable[Piece]:
    """`bracket` without the base's stance; with one option left, the words of that option."""
    based = next((option for option in bracket.options if name in option.parties), None)
    left = [Option(option.text, _others(option, name)) for option in bracket.options]
    held = [option for option in left if option.stances]
    if len(held) == 1:
        return held[0].text
    rivals = sum(bool(option.text) for option in held)
    kind = Kind.ALTERNATIVES
    if rivals < 2:
        kind = Kind.UNKNOWN
        if based is not None:
            kind = Kind.DELETION if based.text else Kind.INSERTION
    return (replace(bracket, options=tuple(held), kind=kind),)


def _others(option: Option, name: str) -> tuple[Position, ...]:
    return tuple(held for held in option.stances if held.party != name)
