"""Blocks of options: labels that belong together, over any number of paragraphs, in brackets or without."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from travaux.text.parse.inside import Inside
from travaux.text.parse.labels import Label
from travaux.text.parse.pair import Pair
from travaux.text.parse.paragraphs import FOOTNOTE, HEADING, Paragraph

_BETWEEN = " \t\r\n*_#>•-"


@dataclass(slots=True)
class Part:
    """One option of a block: from its label to `end`; `pair` where it has brackets of its own, else -1."""

    label: Label
    end: int = -1
    pair: int = -1


@dataclass(slots=True)
class Block:
    """Options that belong together in one container (a pair, or -1 for the text); `whole` where they are all
    that stands in it.
    """

    container: int
    parts: list[Part] = field(default_factory=list)
    whole: bool = False

    @property
    def start(self) -> int:
        """Where the first label begins."""
        return self.parts[0].label.start


def blocks(
    text: str,
    found: Sequence[Label],
    inside: Sequence[Inside],
    pairs: Sequence[Pair],
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Block], list[Label]]:
    """The blocks of two and more options, and labels of options that stand alone."""
    homes = _homes(text, found, pairs, inside)
    made = _sequences(found, homes)
    alone = [block.parts[0].label for block in made if len(block.parts) == 1]
    made = [block for block in made if len(block.parts) > 1]
    opens = [pair.open for pair in pairs]
    starts = [paragraph.start for paragraph in paragraphs]
    for block in made:
        _ends(text, block, pairs, paragraphs, inside, opens, starts)
    return made, alone


def _homes(
    text: str, found: Sequence[Label], pairs: Sequence[Pair], inside: Sequence[Inside]
) -> list[tuple[int, int]]:
    """For each label its container and its own pair (-1: none)."""
    inner = innermost([label.start for label in found], pairs)
    count: dict[tuple[int, str], int] = {}
    for home, label in zip(inner, found, strict=True):
        count[home, label.word] = count.get((home, label.word), 0) + 1
    homes = []
    for home, label in zip(inner, found, strict=True):
        own = home >= 0 and count[home, label.word] == 1 and _opens(text, home, label, pairs, inside)
        homes.append((pairs[home].parent, home) if own else (home, -1))
    return homes


def _opens(text: str, home: int, label: Label, pairs: Sequence[Pair], inside: Sequence[Inside]) -> bool:
    """Whether a label is the first thing in a pair."""
    start = pairs[home].open + 1
    if inside[home].start <= label.start:
        start = max(start, inside[home].start)
    return label.start - start < 24 and not text[start : label.start].strip(_BETWEEN + "0123456789.()[")


def innermost(places: Sequence[int], pairs: Sequence[Pair]) -> list[int]:
    """For each offset of `places` (rising) the innermost pair around it, or -1."""
    found: list[int] = []
    stack: list[int] = []
    k = 0
    for at in places:
        while k < len(pairs) and pairs[k].open < at:
            while stack and pairs[stack[-1]].close < pairs[k].open:
                stack.pop()
            stack.append(k)
            k += 1
        while stack and pairs[stack[-1]].close < at:
            stack.pop()
        found.append(stack[-1] if stack else -1)
    return found


def _sequences(found: Sequence[Label], homes: Sequence[tuple[int, int]]) -> list[Block]:
    """Labels of one word in one container whose numbers rise, inner sequences closed by outer ones."""
    made: list[Block] = []
    open_: dict[int, list[Block]] = {}
    for label, (container, own) in zip(found, homes, strict=True):
        stack = open_.setdefault(container, [])
        k = len(stack) - 1
        while k >= 0 and not _continues(stack[k].parts[-1].label, label):
            k -= 1
        if k < 0:
            made.append(Block(container))
            stack.append(made[-1])
            k = len(stack) - 1
        del stack[k + 1 :]
        stack[k].parts.append(Part(label, pair=own))
        if len(stack) > 1 and len(stack[k].parts) == 1 and stack[k - 1].parts[-1].label.word == label.word:
            del stack[k - 1]
    return made


def _continues(last: Label, label: Label) -> bool:
    return last.word == label.word and last.ordinal < label.ordinal and _digits(last) == _digits(label)


def _digits(label: Label) -> bool:
    return any(map(str.isdigit, label.shown)) and not label.word.startswith(("alt ", "item"))


def _ends(
    text: str,
    block: Block,
    pairs: Sequence[Pair],
    paragraphs: Sequence[Paragraph],
    inside: Sequence[Inside],
    opens: Sequence[int],
    starts: Sequence[int],
) -> None:
    """Set where each option ends and whether the block is all of its container."""
    for part, after in zip(block.parts, block.parts[1:], strict=False):
        part.end = pairs[part.pair].close if part.pair >= 0 else _begin(after, pairs)
    last = block.parts[-1]
    if last.pair >= 0:
        last.end = pairs[last.pair].close
    elif block.container >= 0:
        last.end = inside[block.container].end
    else:
        last.end = _last_end(text, block, paragraphs, pairs, opens, starts)
    home = block.container
    block.whole = (
        home >= 0 and _opens(text, home, block.parts[0].label, pairs, inside) and block.parts[0].pair < 0
    )


def _begin(part: Part, pairs: Sequence[Pair]) -> int:
    return pairs[part.pair].open if part.pair >= 0 else part.label.start


def _last_end(
    text: str,
    block: Block,
    paragraphs: Sequence[Paragraph],
    pairs: Sequence[Pair],
    opens: Sequence[int],
    starts: Sequence[int],
) -> int:
    """Where the last option of a block without brackets ends: after as many paragraphs as the one before it
    has, items included, and not beyond the next provision.
    """
    first = _paragraph(starts, block.parts[-1].label.start)
    before = _paragraph(starts, block.parts[-2].label.start)
    model = paragraphs[before:first]
    want = max(1, sum(p.kind != FOOTNOTE for p in model))
    headed = any(p.kind == HEADING for p in model[1:])
    listed = block.parts[0].label.word.startswith("alt ")
    k, count = first, 1
    if not text[block.parts[-1].label.end : paragraphs[first].end].strip() and first + 1 < len(paragraphs):
        k, count = first + 1, 2
    while k + 1 < len(paragraphs) and _reaches(
        text, paragraphs[k], paragraphs[k + 1], count < want, headed, listed
    ):
        k += 1
        count += paragraphs[k].kind != FOOTNOTE
    end = paragraphs[k].end
    for k in range(bisect_left(opens, block.parts[-1].label.start), len(pairs)):
        if pairs[k].open >= end:
            break
        end = max(end, pairs[k].close + 1) if pairs[k].parent < 0 else end
    return end


def _reaches(text: str, last: Paragraph, after: Paragraph, wanted: bool, headed: bool, listed: bool) -> bool:
    """Whether the option goes on with the paragraph `after`."""
    if after.kind == HEADING and not (headed and wanted):
        return False
    if after.level in (2, 3) and (listed or last.level in (2, 3) or text[last.end - 1 : last.end] == ":"):
        return True
    return wanted and not (after.level <= 1 and not headed and last.level > 1)


def _paragraph(starts: Sequence[int], at: int) -> int:
    return max(0, bisect_right(starts, at) - 1)
