"""The way of one wording through a bracketed text: which option it takes where, and what that covers.

A bracket covers characters `start` to `end` (exclusive) of the words read on the way. `Covered` says the same
in tokens, which are alike in two printings of one wording that differ in typography only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from travaux.text.model import Bracket, Option, Run, Stance, Text, brackets
from travaux.text.tokens import print_weight, tokenize

Choose = Callable[[Bracket], int | None]
"""The number of the option to take in a bracket, or None where there is no telling."""

Span = tuple[int, int]
"""Tokens from (inclusive) and to (exclusive)."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A bracket on the way, the option taken, and the characters of the reading that it covers."""

    bracket: str
    option: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Way:
    """What is read: `words`, and the brackets passed, outer before inner."""

    words: str
    passed: tuple[Passed, ...]


def way(text: Text, choose: Choose) -> Way | None:
    """The reading of `text` by the options that `choose` takes; None where it takes none.

    Where two words would run into each other at the edge of a bracket, one blank is put between them.
    """
    parts: list[str] = []
    at = 0
    edge = False
    passed: list[Passed | None] = []
    stack: list[Run | Bracket | tuple[int, str, int, int]] = list(reversed(text))
    while stack:
        item = stack.pop()
        if isinstance(item, Run):
            if edge and parts and item.text and _runs_into(parts[-1][-1:], item.text[0]):
                parts.append(" ")
                at += 1
            edge = edge and not item.text
            parts += [item.text] if item.text else []
            at += len(item.text)
        elif isinstance(item, Bracket):
            edge = True
            number = choose(item)
            if number is None:
                return None
            stack.append((len(passed), item.id, number, at))
            passed.append(None)
            stack.extend(reversed(item.options[number].text))
        else:
            place, bracket, number, start = item
            edge = True
            passed[place] = Passed(bracket, number, start, at)
    return Way("".join(parts), tuple(p for p in passed if p))


def _runs_into(last: str, first: str) -> bool:
    """Whether two characters cannot be the edges of two words without a blank between them."""
    if not (first.isalnum() and (last.isalnum() or last in ".,;:!?")):
        return False
    return not any(print_weight(c) == 0.6 for c in (last, first))


def held_by(party: str) -> Choose:
    """Take the option that `party` supports."""

    def choose(bracket: Bracket) -> int | None:
        for number, option in enumerate(bracket.options):
            for held in option.stances:
                if held.party == party and held.stance is Stance.SUPPORTS:
                    return number
        return None

    return choose


@dataclass(frozen=True, slots=True)
class Covered:
    """A bracket and the tokens of one reading that it covers: from `start`, up to and without `end`."""

    bracket: str
    start: int
    end: int


def covered(taken: Way) -> tuple[Covered, ...]:
    """The brackets of a way in tokens, in order of their starts."""
    starts = token_starts(taken.words)
    found = (
        Covered(p.bracket, bisect_left(starts, p.start), bisect_left(starts, p.end)) for p in taken.passed
    )
    return tuple(sorted(found, key=lambda c: (c.start, -c.end)))


@lru_cache(maxsize=4096)
def token_starts(words: str) -> tuple[int, ...]:
    """The character at which each token of `words` begins."""
    tokens = tokenize(words)
    starts, at = [], 0
    for gap, surface in zip(tokens.gaps, tokens.surfaces, strict=False):
        at += len(gap)
        starts.append(at)
        at += len(surface)
    return tuple(starts)


def spans_of(taken: Way, outside: Collection[str]) -> tuple[Span, ...]:
    """The tokens of a way that lie in none of the brackets `outside`."""
    size = len(token_starts(taken.words))
    found, at = [], 0
    for one in covered(taken):
        if one.bracket in outside:
            found.append((at, min(one.start, size)))
            at = max(at, one.end)
    return tuple((a, b) for a, b in [*found, (at, size)] if a < b)


def mapped(old: str, new: str) -> Callable[[int], int]:
    """Token boundaries of `old` as boundaries of `new`: rising, exact inside what the two share."""
    blocks = _blocks(old, new)

    def place(boundary: int) -> int:
        at = 0
        for a, b, n in blocks:
            if boundary < a:
                return at
            if boundary <= a + n:
                return b + boundary - a
            at = b + n
        return at

    return place


def moved(old: str, new: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans of tokens of `old` where their tokens stand in `new`; what did not stay is left out."""
    if old == new or not spans:
        return spans
    found: list[Span] = []
    for a, b, n in _blocks(old, new):
        for start, end in spans:
            low, high = max(start, a), min(end, a + n)
            if low >= high:
                continue
            if found and found[-1][1] == b + low - a and low > start:
                found[-1] = (found[-1][0], b + high - a)
            else:
                found.append((b + low - a, b + high - a))
    return tuple(found)


@lru_cache(maxsize=1024)
def _blocks(old: str, new: str) -> tuple[tuple[int, int, int], ...]:
    """(start in `old`, start in `new`, length) of tokens that both have, rising; the last one is empty."""
    numbers: dict[str, int] = {}
    one, two = ([numbers.setdefault(key, len(numbers)) for key in tokenize(t).keys] for t in (old, new))
    return tuple((m.a, m.b, m.size) for m in LCSseq.editops(one, two).as_matching_blocks())


def above(text: Text, bracket: str) -> dict[str, int] | None:
    """The options to take in the brackets around `bracket` to get to it; None where it is not in `text`."""
    stack: list[tuple[Text, tuple[tuple[str, int], ...]]] = [(text, ())]
    while stack:
        level, taken = stack.pop()
        for piece in level:
            if isinstance(piece, Bracket):
                if piece.id == bracket:
                    return dict(taken)
                stack.extend((option.text, (*taken, (piece.id, n))) for n, option in enumerate(piece.options))
    return None


def find(text: Text, bracket: str) -> Bracket | None:
    """The bracket of that id."""
    return next((b for b in brackets(text) if b.id == bracket), None)


def lead(bracket: Bracket, voices: Mapping[str, float]) -> int:
    """The option that most `voices` hold (party: weight); among equals the filled one, then by words."""

    def rank(number: int) -> tuple[float, bool, str]:
        option = bracket.options[number]
        return -sum(voices.get(party, 0.0) for party in option.parties), not option.text, plain(option)

    return min(range(len(bracket.options)), key=rank)


def plain(option: Option) -> str:
    """The words of an option as a reader sees them: inner brackets marked, no names, no blank at the ends."""
    parts: list[str] = []
    stack: list[Run | Bracket | str] = list(reversed(option.text))
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Run):
            parts.append(item.text)
        else:
            for inner in reversed(item.options):
                stack += ["]", *reversed(inner.text), "["] if inner.text else []
    return "".join(parts).strip()
