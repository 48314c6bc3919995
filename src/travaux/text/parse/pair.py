"""Which bracket closes which: afresh in each paragraph, then what is left over across paragraphs.

So a stray mark does its harm in its own paragraph only. No recursion; linear in the number of marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from travaux.text.parse.lex import Marks
from travaux.text.parse.paragraphs import FOOTNOTE, HEADING, Paragraph

_ENDS = re.compile(r"[\s\].,;:*_}]*(?:\([^()\[\]\n]{1,160}\)[\s.,;:]*)?\Z")
_SENTENCE_BEFORE = re.compile(r"(?:\A|[.;:!?\]}*])[\s*_\[]*\Z")

_TAIL = 400


@dataclass(frozen=True, slots=True)
class Pair:
    """Offsets of an opening and its closing bracket; `parent` is the index of the pair around it or -1;
    `across` says that they stand in different paragraphs.
    """

    open: int
    close: int
    parent: int = -1
    across: bool = False


@dataclass(frozen=True, slots=True)
class Paired:
    """All pairs in the order of their opening brackets, and what stayed single."""

    pairs: tuple[Pair, ...]
    unclosed: tuple[int, ...]
    stray: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Left:
    """A bracket left over in its paragraph; `block` where a sentence or paragraph has its edge."""

    at: int
    opens: bool
    paragraph: int
    block: bool


def pair(found: Marks, paragraphs: Sequence[Paragraph]) -> Paired:
    """The pairs of the brackets of a text; escaped brackets are none, footnotes keep to themselves."""
    starts = [paragraph.start for paragraph in paragraphs]
    text = found.text
    joined: list[tuple[int, int]] = []
    left: list[tuple[int, bool, int]] = []
    stack: list[int] = []
    current = -2
    for at, end in zip(found.starts, found.ends, strict=True):
        if end - at > 1 or text[at] in "{}":
            continue
        home = bisect_right(starts, at) - 1
        if home != current:
            left += [(k, True, current) for k in stack]
            stack, current = [], home
        if text[at] == "[":
            stack.append(at)
        elif stack:
            joined.append((stack.pop(), at))
        else:
            left.append((at, False, home))
    left += [(k, True, current) for k in stack]
    left.sort()
    return _whole(joined, *_across(text, left, paragraphs))


def _whole(
    inside: list[tuple[int, int]], across: list[tuple[int, int]], single: list[tuple[int, bool]]
) -> Paired:
    """Pairs sorted and given their parents; singles told apart."""
    spans = sorted([(a, b, False) for a, b in inside] + [(a, b, True) for a, b in across])
    made: list[Pair] = []
    stack: list[int] = []
    for start, end, far in spans:
        while stack and made[stack[-1]].close < start:
            stack.pop()
        made.append(Pair(start, end, stack[-1] if stack else -1, far))
        stack.append(len(made) - 1)
    single.sort()
    return Paired(tuple(made), tuple(a for a, o in single if o), tuple(a for a, o in single if not o))


def _across(
    text: str, left: list[tuple[int, bool, int]], paragraphs: Sequence[Paragraph]
) -> tuple[list[tuple[int, int]], list[tuple[int, bool]]]:
    """Pairs of left-over brackets, and those that stay single.

    First those that stand at the edges of sentences or paragraphs, then the rest, each time nearest first;
    a bracket in the middle of a sentence is not closed beyond a heading.
    """
    if all(opens for _, opens, _ in left) or not any(opens for _, opens, _ in left):
        return [], [(at, opens) for at, opens, _ in left]
    notes = [item for item in left if item[2] >= 0 and paragraphs[item[2]].kind == FOOTNOTE]
    items = [
        _left(text, *item, paragraphs) for item in left if item[2] < 0 or paragraphs[item[2]].kind != FOOTNOTE
    ]
    headings = _running(paragraphs)
    edges = _nearest([item for item in items if item.block], {}, headings)
    rest = _nearest(items, edges, headings)
    made = {**edges, **rest}
    taken = set(made) | set(made.values())
    single = [(at, opens) for at, opens, _ in notes] + [(i.at, i.opens) for i in items if i.at not in taken]
    return list(made.items()), single


def _running(paragraphs: Sequence[Paragraph]) -> list[int]:
    """How many headings stand before each paragraph and at it."""
    count = 0
    found = []
    for paragraph in paragraphs:
        count += paragraph.kind == HEADING
        found.append(count)
    return [*found, count]


def _nearest(items: list[_Left], fixed: dict[int, int], headings: list[int]) -> dict[int, int]:
    """Opening → closing bracket, nearest first, never across a pair of `fixed`."""
    made: dict[int, int] = {}
    closes = set(fixed.values())
    stack: list[_Left | None] = []
    for item in items:
        if item.at in fixed:
            stack.append(None)
        elif item.at in closes:
            while stack.pop() is not None:
                pass
        elif item.opens:
            stack.append(item)
        else:
            while stack and (top := stack[-1]) is not None and not _fits(top, headings, item):
                stack.pop()
            if stack and (top := stack[-1]) is not None:
                stack.pop()
                made[top.at] = item.at
    return made


def _fits(top: _Left, headings: list[int], item: _Left) -> bool:
    return top.block or headings[top.paragraph] == headings[item.paragraph]


def _left(text: str, at: int, opens: bool, home: int, paragraphs: Sequence[Paragraph]) -> _Left:
    if home < 0:
        return _Left(at, opens, home, True)
    own = paragraphs[home]
    if not opens:
        return _Left(
            at, opens, home, own.end - at <= _TAIL and _ENDS.match(text, at + 1, own.end) is not None
        )
    before = text[max(own.start, at - 12) : at]
    begins = own.kind == HEADING or at <= own.content or bool(_SENTENCE_BEFORE.search(before))
    last = text[max(own.start, own.end - 12) : own.end].rstrip(" \t\r*_")
    return _Left(at, opens, home, begins or last.endswith((":", "[", "—", "–")))
