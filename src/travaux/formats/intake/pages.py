"""Lines of a page become paragraphs: which belong together, which are running heads, where words are broken.

Nothing here knows what a PDF is. Lengths are points, the origin of a page is its lower left corner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_STOP = re.compile(r"[.:;!?…]['\"”’»)\]]*\Z")
_BULLET = re.compile(r"(?:[•‣▪◦●–—*-]|\(?(?:\d{1,3}|[a-zа-я]|[ivx]{1,5})[.)])\s+", re.I)
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:page|стр\.?|p\.)?\s*\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?(?:\s*[-–—])?", re.I
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines from the top or bottom of a page that may be running heads
SOFT = "\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its words and its box; `page` counts from 1, `size` is the height of letters."""

    words: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that make one block of text: `words` joined, `kind` as in `Block`."""

    words: str
    kind: str
    lines: tuple[Line, ...]


def stretches(pages: Sequence[Sequence[Line]]) -> list[Stretch]:
    """The blocks of a document, in reading order; running heads and page numbers come as asides.

    A paragraph that goes on over the page stays one block, and the heads between follow it.
    """
    heads = _running(pages)
    size = _body_size([line for page in pages for line in page])
    found: list[Stretch] = []
    for page in pages:
        body = [line for line in page if line not in heads]
        groups = [Stretch(joined(g), _kind(g, size), tuple(g)) for g in _paragraphs(body)]
        last = next((n for n in range(len(found) - 1, -1, -1) if found[n].kind != "aside"), None)
        if groups and last is not None and _goes_on(found[last], groups[0]):
            both = (*found[last].lines, *groups[0].lines)
            found[last] = Stretch(joined(both), found[last].kind, both)
            groups = groups[1:]
        asides = [(Stretch(x.words, "aside", (x,)), _above(x, body)) for x in page if x in heads]
        found += [s for s, above in asides if above]
        found += groups
        found += [s for s, above in asides if not above]
    return [s for s in found if s.words.strip()]


def joined(lines: Sequence[Line]) -> str:
    """The words of lines as one paragraph. A word broken at the end of a line keeps a soft hyphen there.

    The reader passes over soft hyphens, so the word is whole for it, and the text still shows the break.
    """
    text = ""
    for line in lines:
        words = line.words.strip()
        if not text:
            text = words
        elif text[-1] == SOFT:
            text += words
        elif text[-1] in "-‐" and _broken(text, words):
            text = text[:-1] + SOFT + words
        elif text[-1] in "-‐‑":
            text += words
        else:
            text += f" {words}"
    return text.rstrip(SOFT)


def _broken(before: str, after: str) -> bool:
    """Whether a hyphen at the end of a line breaks a word: letters on both sides, the second part small."""
    stem = re.search(r"([^\W\d_]+)[-‐]\Z", before)
    compound = "-" in before.rsplit(" ", 1)[-1][:-1]
    return stem is not None and len(stem[1]) > 1 and after[:1].islower() and not compound


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[Line]:
    """Lines near the edge of their page that stand on several pages, figures aside; and page numbers."""
    edges = [(line, _DIGITS.sub("0", line.words.strip())) for page in pages for line in _edges(page)]
    counts = Counter((w, round(line.top / 12)) for line, w in edges)
    least = max(2, min(3, len(pages) // 2 + 1))
    repeated = len(pages) > 1
    return frozenset(
        line for line, w in edges
        if (repeated and counts[w, round(line.top / 12)] >= least) or _PAGE_NUMBER.fullmatch(w)
    )  # fmt: skip


def _edges(page: Sequence[Line]) -> list[Line]:
    """The highest and the lowest lines of a page that stand apart from the rest; and outermost numbers."""
    order = sorted(page, key=lambda line: -line.top)
    back = order[::-1]
    numbers = [x for x in (*order[:1], *back[:1]) if _PAGE_NUMBER.fullmatch(x.words.strip())]
    apart = (*_apart(order, lambda a, b: a.bottom - b.top), *_apart(back, lambda a, b: b.bottom - a.top))
    return list(dict.fromkeys((*numbers, *apart)))


def _apart(order: Sequence[Line], gap: Callable[[Line, Line], float]) -> Sequence[Line]:
    """The first few lines of `order`, where a wide gap divides them from the next."""
    for n, (line, after) in enumerate(pairwise(order[: _EDGE + 1]), 1):
        if gap(line, after) > line.size * 1.1:
            return order[:n]
    return ()


def _above(line: Line, body: Sequence[Line]) -> bool:
    return not body or line.bottom >= max(b.bottom for b in body)


def _body_size(lines: Sequence[Line]) -> float:
    """The size of most letters of the document."""
    sizes = [round(line.size, 1) for line in lines for _ in range(max(1, len(line.words) // 10))]
    return median(sizes) if sizes else 0.0


def _kind(lines: Sequence[Line], size: float) -> str:
    words = joined(lines)
    if _BULLET.match(words):
        return "item"
    large = median(line.size for line in lines) > size * 1.15
    return "heading" if large and len(words) < 250 and len(lines) < 5 else "body"


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that belong together."""
    between = [(a.bottom - b.top, a.size) for a, b in pairwise(lines)]
    gaps = [gap for gap, size in between if -size < gap < size * 2]
    usual = median(gaps) if gaps else 0.0
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, usual, _edge(group[-1], lines)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _edge(line: Line, lines: Sequence[Line]) -> float:
    """The right edge of the column in which a line stands: of lines that begin about where it does."""
    return max(x.right for x in lines if abs(x.left - line.left) < max(x.size, line.size) * 4)


def _flows(lines: Sequence[Line], first: Line) -> bool:
    """Whether text flows on from these lines into `first` over the end of a page or column."""
    last, begin = lines[-1].words.strip(), first.words.strip()
    if _STOP.search(last) or _BULLET.match(begin):
        return False
    full = len(lines) > 1 and lines[-1].right > max(x.right for x in lines) - lines[-1].size * 6
    return full or begin[:1].islower() or last[-1:] in f",-‐{SOFT}"


def _begins(group: Sequence[Line], line: Line, usual: float, right: float) -> bool:
    """Whether `line` begins a paragraph of its own after `group`."""
    last = group[-1]
    gap = last.bottom - line.top
    if gap < -last.size * 1.5:
        return not _flows(group, line)
    if gap > usual + last.size * 0.6:
        return True
    if abs(line.size - last.size) > max(line.size, last.size) * 0.2 or _BULLET.match(line.words.strip()):
        return True
    ended = bool(_STOP.search(last.words.strip()))
    short = last.right < right - (right - last.left) * 0.15
    indented = line.left > last.left + line.size * 0.8
    return ended and (short or (indented and not _BULLET.match(group[0].words.strip())))


def _goes_on(before: Stretch, after: Stretch) -> bool:
    """Whether a paragraph of one page goes on on the next: it has no end, and what follows no beginning."""
    if before.kind not in ("body", "item") or after.kind != "body":
        return False
    return _flows(before.lines, after.lines[0])
