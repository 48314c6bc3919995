"""What a party wrote where the printed text differs from it in typography only.

A touch replaces characters ``start`` to ``start + length`` (exclusive, in characters of the wording taken out
of the brackets) by `surface`. Touches of one wording rise and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """One place where a party's own surface stands instead of the printed one."""

    start: int
    length: int
    surface: str


def touches(printed: str, written: str) -> tuple[Touch, ...]:
    """The touches that make `written` out of `printed`: few and short where the two are alike."""
    codes = Levenshtein.opcodes(printed, written)
    return tuple(
        Touch(code.src_start, code.src_end - code.src_start, written[code.dest_start : code.dest_end])
        for code in codes
        if code.tag != "equal"
    )


def touched(printed: str, made: Iterable[Touch]) -> str:
    """`printed` with the touches applied; one that lies outside is applied at the end of the text."""
    parts: list[str] = []
    at = 0
    for touch in made:
        parts += [printed[at : touch.start], touch.surface]
        at = touch.start + touch.length
    return "".join([*parts, printed[at:]])
