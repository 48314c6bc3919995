"""What stands inside each pair of brackets: its attribution, its words, its sort."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from travaux.text.parse.attribution import followed, led, signed, trailed
from travaux.text.parse.kinds import Sort, literal, sort_of
from travaux.text.parse.names import Lexicon, Said
from travaux.text.parse.pair import Pair
from travaux.text.parse.paragraphs import HEADING, Paragraph

_SENTENCE = re.compile(r"(?:\A|[.;:!?)]|\n)[\s*_]*\Z")
_MOST_CHILDREN = 40


@dataclass(slots=True)
class Inside:
    """One pair read: its words are text[start:end]; `until` is the end of an attribution behind the bracket;
    `why` says why brackets are probably no dispute; `glued` that a letter touches them.
    """

    pair: int
    start: int
    end: int
    until: int
    sort: Sort
    said: list[Said] = field(default_factory=list)
    why: str = ""
    glued: bool = False
    children: list[int] = field(default_factory=list)
    tail: Said | None = None


def insides(
    text: str,
    pairs: Sequence[Pair],
    paragraphs: Sequence[Paragraph],
    braces: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> list[Inside]:
    """Each pair read, in the order of `pairs`."""
    found = [_inside(text, k, pair, lexicon) for k, pair in enumerate(pairs)]
    edges = {paragraph.start for paragraph in paragraphs} | {paragraph.content for paragraph in paragraphs}
    ends = [paragraph.end for paragraph in paragraphs]
    heads = {paragraph.end for paragraph in paragraphs if paragraph.kind == HEADING}
    for k, pair in enumerate(pairs):
        if pair.parent >= 0:
            found[pair.parent].children.append(k)
    _listed(text, pairs, found)
    for k, pair in enumerate(pairs):
        one = found[k]
        _sorted(text, one, pairs)
        if one.sort is Sort.STATUS and not _is_mark(text, pair, edges, ends, heads):
            one.sort = Sort.WORDS
        if _within(pair, braces):
            one.sort = Sort.NOTE
    return found


def _listed(text: str, pairs: Sequence[Pair], found: list[Inside]) -> None:
    """Letters in brackets that number the items of a list (`[a] …` and `[b] …` at line starts)."""
    items: dict[str, list[Inside]] = {}
    for one, pair in zip(found, pairs, strict=True):
        word = text[pair.open + 1 : pair.close] if pair.close - pair.open == 2 else ""
        if word.islower() and text[pair.close + 1 : pair.close + 2] in (" ", "\t"):
            line = max(text.rfind("\n", max(0, pair.open - 20), pair.open), -1)
            if not text[line + 1 : pair.open].strip() and (line >= 0 or pair.open < 20):
                items.setdefault(word, []).append(one)
    if "a" in items and "b" in items:
        for one in (one for listed in items.values() for one in listed):
            one.sort, one.why = Sort.LITERAL, "brackets.item"


def _inside(text: str, number: int, pair: Pair, lexicon: Lexicon) -> Inside:
    why = literal(text, pair.open, pair.close)
    if why:
        return Inside(number, pair.open + 1, pair.close, pair.close + 1, Sort.LITERAL, why=why)
    glued = (pair.open > 0 and text[pair.open - 1].isalpha()) or text[
        pair.close + 1 : pair.close + 2
    ].isalpha()
    if not signed(text, pair.open + 1, pair.close):
        return Inside(number, pair.open + 1, pair.close, pair.close + 1, Sort.WORDS, glued=glued)
    first = led(text, pair.open + 1, pair.close, lexicon)
    last = trailed(text, first.start, pair.close, lexicon)
    after = followed(text, pair.close + 1, len(text), lexicon)
    said = [told for told in (first.said, last.said, after.said) if told is not None]
    return Inside(number, first.start, last.end, after.end, Sort.WORDS, said, glued=glued, tail=last.said)


def _sorted(text: str, one: Inside, pairs: Sequence[Pair]) -> None:
    """Set the sort of a pair from its own words."""
    if one.sort is Sort.LITERAL:
        return
    if one.children:
        head = text[one.start : min(one.end, pairs[one.children[0]].open)]
        sort = sort_of(head, glued=True) if head.strip() else Sort.WORDS
        one.sort = sort if sort in (Sort.NOTE, Sort.PARKED) else Sort.WORDS
        return
    one.sort = sort_of(text[one.start : one.end], one.glued and not one.said)
    if one.sort is Sort.BLANK and one.said and not text[one.start : one.end].strip():
        one.sort = Sort.NAMES


def names_only(text: str, one: Inside, pair: Pair, lexicon: Lexicon) -> Said | None:
    """What a pair says that holds nothing but names (`[ARV, TOL]`)."""
    if one.children or one.sort is not Sort.WORDS or pair.close - pair.open > 160:
        return None
    if not lexicon.names or text[pair.open + 1 : pair.open + 3].strip()[:1].islower():
        return None
    said = lexicon.said(text, pair.open + 1, pair.close)
    if said is None or (said.verbs and said.stances):
        return said
    return said if not one.said and lexicon.only(text, pair.open + 1, pair.close) else None


def _is_mark(text: str, pair: Pair, edges: set[int], ends: list[int], heads: set[int]) -> bool:
    """Whether a word such as “agreed” stands at the edge of a paragraph, where marks of status stand."""
    k = bisect_left(ends, pair.close + 1)
    last = k < len(ends) and not text[pair.close + 1 : min(ends[k], pair.close + 40)].strip(" .*_\t\n")
    before = text[max(0, pair.open - 12) : pair.open]
    return pair.open in edges or (last and (ends[k] in heads or _SENTENCE.search(before) is not None))


def _within(pair: Pair, braces: Sequence[tuple[int, int]]) -> bool:
    k = bisect_left(braces, (pair.open, -1)) - 1
    return k >= 0 and braces[k][0] < pair.open < braces[k][1]
