"""What a party wrote where the printed text differs from it in typography only.

A touch replaces characters ``start`` to ``start + length`` (exclusive, in characters of the wording taken out
of the brackets) by `surface`. Touches of one wording rise and do not overlap. A touch at -1 comes first and
is applied last: every line end of the wording is its `surface`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from travaux.text.tokens import Tokens, tokenize

_LONG = 4_000_000  # characters times characters; beyond this short touches are not looked for
_LINES, _ENDS = -1, "\r\n"


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """One place where a party's own surface stands instead of the printed one."""

    start: int
    length: int
    surface: str


def touches(printed: str, written: str) -> tuple[Touch, ...]:
    """The touches that make `written` out of `printed`: few and short where the two are alike."""
    plain = unlined(written)
    if plain != written:
        return (Touch(_LINES, 0, _ENDS), *_within(printed, plain))
    return _within(printed, written)


def _within(printed: str, written: str) -> tuple[Touch, ...]:
    one, other = tokenize(printed), tokenize(written)
    if one.keys != other.keys:
        return tuple(_edits(0, printed, written))
    made: list[Touch] = []
    at = 0
    mine, theirs = (_parts(tokens) for tokens in (one, other))
    for here, there in zip(mine, theirs, strict=True):
        if here != there:
            made += _edits(at, here, there)
        at += len(here)
    return tuple(made)


def unlined(text: str) -> str:
    """`text` with LF for CR LF, where all its line ends are that; else `text` itself."""
    ends = text.count(_ENDS)
    return text.replace(_ENDS, "\n") if ends and ends == text.count("\n") else text


def _parts(tokens: Tokens) -> list[str]:
    """Gaps and surfaces in turn."""
    pairs = zip(tokens.gaps, (*tokens.surfaces, ""), strict=True)
    return [part for pair in pairs for part in pair]


def _edits(at: int, printed: str, written: str) -> Iterator[Touch]:
    """Touches within one stretch that begins at `at`; a long one is a single touch."""
    if len(printed) * len(written) > _LONG:
        yield Touch(at, len(printed), written)
        return
    for code in Levenshtein.opcodes(printed, written):
        if code.tag != "equal":
            surface = written[code.dest_start : code.dest_end]
            yield Touch(at + code.src_start, code.src_end - code.src_start, surface)


def touched(printed: str, made: Iterable[Touch]) -> str:
    """`printed` with the touches applied; one that lies outside is applied at the end of the text."""
    parts: list[str] = []
    at = 0
    ends = "\n"
    for touch in made:
        if touch.start == _LINES:
            ends = touch.surface
            continue
        parts += [printed[at : touch.start], touch.surface]
        at = touch.start + touch.length
    words = "".join([*parts, printed[at:]])
    return words if ends == "\n" else words.replace("\n", ends)
