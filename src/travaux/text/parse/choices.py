"""The options that one pair of brackets, or one label, puts forward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from travaux.text.model import Kind, Position
from travaux.text.parse.attribution import led, trailed
from travaux.text.parse.inside import Inside
from travaux.text.parse.kinds import Sort, hole, number, sort_of
from travaux.text.parse.names import Lexicon, Said
from travaux.text.parse.pair import Pair
from travaux.text.parse.slash import splits


@dataclass(slots=True)
class Choice:
    """One option: its words are text[start:end]; `sort` WORDS, BLANK, NONE or PARKED; `label` as printed."""

    start: int
    end: int
    sort: Sort = Sort.WORDS
    said: list[Said] = field(default_factory=list)
    label: str = ""

    @property
    def stances(self) -> tuple[Position, ...]:
        """Who stands how to this option, each party with each stance once."""
        if not self.said:
            return ()
        return tuple(dict.fromkeys(position for told in self.said for position in told.stances))

    @property
    def kind(self) -> Kind | None:
        """Insertion or deletion, where an attribution says so."""
        return next((told.kind for told in self.said if told.kind is not None), None)


def of_pair(
    text: str, one: Inside, inside: Sequence[Inside], pairs: Sequence[Pair], lexicon: Lexicon, slash: bool
) -> list[Choice]:
    """The options of one pair: one, or several that slashes part."""
    cuts = _cuts(text, one, inside, pairs) if slash and one.sort is Sort.WORDS else []
    if not cuts:
        return [Choice(*trimmed(text, one.start, one.end), one.sort, list(one.said))]
    edges = [one.start, *(at for cut in cuts for at in cut), pairs[one.pair].close]
    made = []
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        first = led(text, a, b, lexicon)
        last = trailed(text, first.start, b, lexicon)
        own = [told for told in (first.said, last.said) if told is not None]
        start, end = trimmed(text, first.start, last.end)
        made.append(Choice(start, end, plain(sort_of(text[start:end], glued=one.glued)), own))
    shared = [told for told in one.said if told is not one.tail]
    for choice in made:
        behind = [one.tail] if one.tail and not any(other.said for other in made[:-1]) else []
        choice.said = [*shared, *choice.said, *(told for told in behind if choice is not made[-1])]
    return made


def plain(sort: Sort) -> Sort:
    """`sort` where only words, a blank or no text can stand."""
    return sort if sort in (Sort.BLANK, Sort.NONE) else Sort.WORDS


def _cuts(text: str, one: Inside, inside: Sequence[Inside], pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    if text.find("/", one.start, one.end) < 0:
        return []
    gaps = []
    at = one.start
    for k in one.children:
        gaps.append((at, max(at, min(pairs[k].open, one.end))))
        at = inside[k].until
    gaps.append((at, max(at, one.end)))
    return splits(text, gaps, one.start, one.end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends that only part marks from words: one before and one after an
    attribution. Other white space is part of the option.
    """
    if start > 0 and text[start - 1] in ":/" and text[start : start + 1] == " ":
        start += 1
    if text[end : end + 1] in ("(", "/") and end > start and text[end - 1] == " ":
        end -= 1
    return (start, end) if start <= end else (start, start)


def settle(text: str, choices: Iterable[Choice]) -> None:
    """A word such as “date” is a blank beside a number or a blank, and a word beside other words."""
    listed = list(choices)
    if len(listed) < 2:
        return
    words = [one for one in listed if one.sort is Sort.WORDS]
    if any(not number(text[one.start : one.end]) for one in words):
        for one in listed:
            if one.sort is Sort.BLANK and not hole(text[one.start : one.end]):
                one.sort = Sort.WORDS
