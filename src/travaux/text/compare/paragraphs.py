"""A text as paragraphs that tile it: every character belongs to one paragraph or to the tail.

Where lines are filled to a width, a paragraph goes on over single line ends; elsewhere every line is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from travaux.text.compare.labels import Label, label_at
from travaux.text.tokens import Tokens, tokenize

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BREAKS = re.compile(r"\r\n?|[\n\u2028\u2029\x0b\x0c\x85]")
_ENDED = tuple('.;:!?…。；：！？"”»)]')
_WIDE, _NARROW, _SLACK = 140, 40, 2


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of a text that has an identity: `id` is permanent, `text` its words with the blanks around."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`start` is where the white space before it begins, `body` its first character, `end` (exclusive) the
    end of its last word; `number` counts from 1; `id` is permanent where there is one.
    """

    number: int
    start: int
    body: int
    end: int
    label: Label | None = None
    id: str = ""

    @property
    def words(self) -> int:
        """Where the words begin, after the label."""
        return self.label.words if self.label else self.body


@dataclass(frozen=True, slots=True)
class Draft:
    """One version: its `text`, its `paragraphs`, and the offset where the `tail` of white space begins."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def tail(self) -> int:
        """Where the last paragraph ends."""
        return self.paragraphs[-1].end if self.paragraphs else 0

    def content(self, k: int) -> str:
        """The words of paragraph number `k` + 1, without its label."""
        paragraph = self.paragraphs[k]
        return self.text[paragraph.words : paragraph.end]

    def tokens(self, k: int) -> Tokens:
        """The same as tokens."""
        return tokenize(self.content(k))


def draft(source: str | Sequence[Provision]) -> Draft:
    """The paragraphs of a text, or of provisions in order (their texts joined are the text)."""
    if isinstance(source, str):
        return Draft(source, tuple(_numbered(source, [(span, "") for span in _spans(source)])))
    text = "".join(provision.text for provision in source)
    return Draft(text, tuple(_numbered(text, list(_provided(source)))))


def _provided(provisions: Sequence[Provision]) -> Iterable[tuple[tuple[int, int], str]]:
    """The span of words of each provision; one that holds no word has none, and goes to its neighbour."""
    at = 0
    for provision in provisions:
        text = provision.text
        if text.strip():
            yield (at + len(text) - len(text.lstrip()), at + len(text.rstrip())), provision.id
        at += len(text)


def _numbered(text: str, spans: list[tuple[tuple[int, int], str]]) -> Iterable[Paragraph]:
    before = 0
    for number, ((start, end), name) in enumerate(spans, 1):
        yield Paragraph(number, before, start, end, label_at(text, start, end), name)
        before = end


def _spans(text: str) -> list[tuple[int, int]]:
    lines = [span for match in _LINE.finditer(text) if (span := _stripped(text, *match.span()))]
    return _joined(text, lines) if _filled(text, lines) else lines


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if start < end else None


def _filled(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines end where the page is full: the next word would not have fitted."""
    width = max((end - start for start, end in lines), default=0)
    if not _NARROW <= width <= _WIDE:
        return False
    followed = full = ended = 0
    for (start, end), (after, stop) in pairwise(lines):
        if _breaks(text, end, after) != 1:
            continue
        word = text[after : min(stop, after + width)].split(None, 1)[0]
        followed += 1
        full += end - start + 1 + len(word) >= width - _SLACK
        ended += text[end - 1] in _ENDED
    return followed > 0 and full >= 0.8 * followed and ended * 2 < followed


def _breaks(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _BREAKS.finditer(text, start, end))


def _joined(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in lines:
        goes_on = spans and _breaks(text, spans[-1][1], start) == 1 and not label_at(text, start, end)
        if goes_on:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
