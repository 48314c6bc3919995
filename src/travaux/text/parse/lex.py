"""Marks of a bracketed text, places as line and column, and the raw counts of its brackets.

Offsets are `str` indices; every character of the source belongs to exactly one slice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"\\[\[\]{}\\]|[\[\]{}]")
_BRACKET = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the marks of `text` stand: brackets and braces, an escaped one with its backslash as one mark."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def slices(self) -> Iterator[str]:
        """Marks and the words between them, in order; joined they are the text."""
        at = 0
        for start, end in zip(self.starts, self.ends, strict=True):
            if at < start:
                yield self.text[at:start]
            yield self.text[start:end]
            at = end
        if at < len(self.text):
            yield self.text[at:]


def marks(text: str) -> Marks:
    """The marks of any string at all."""
    spans = [match.span() for match in _MARK.finditer(text)]
    return Marks(text, tuple(start for start, _ in spans), tuple(end for _, end in spans))


@dataclass(frozen=True, slots=True)
class Lines:
    """Line starts of a text: a line ends with a line feed."""

    starts: tuple[int, ...]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of offset `at`, both from 1, columns in characters."""
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


def lines(text: str) -> Lines:
    """The lines of `text`; an empty text has one."""
    found = [0]
    at = text.find("\n")
    while at >= 0:
        found.append(at + 1)
        at = text.find("\n", at + 1)
    return Lines(tuple(found))


@dataclass(frozen=True, slots=True)
class Raw:
    """Every bracket character of a text, one stack over all of it, nothing interpreted.

    `top` and `nested` are opening brackets that found the stack empty or not; `depth` is the deepest the
    stack became; `unclosed` and `stray` are offsets of brackets without a partner.
    """

    chars: int
    opens: int
    closes: int
    top: int
    nested: int
    depth: int
    unclosed: tuple[int, ...]
    stray: tuple[int, ...]


def raw(text: str) -> Raw:
    """The raw counts of `text`; escaped brackets and those of links are brackets like all others."""
    stack: list[int] = []
    stray: list[int] = []
    opens = top = depth = 0
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opens += 1
            top += not stack
            stack.append(match.start())
            depth = max(depth, len(stack))
        elif stack:
            stack.pop()
        else:
            stray.append(match.start())
    closes = opens - len(stack) + len(stray)
    return Raw(len(text), opens, closes, top, opens - top, depth, tuple(stack), tuple(stray))
