"""Which quotation marks open, which close, and what stands between them.

A mark's role comes from its neighbours: set against the word that follows it opens, set against the word or
stop before it closes. Its shape decides only where the neighbours do not. One pass, one stack, no search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from travaux.reader.segments import Paragraph

_BRACKET = re.compile(r"[()\[\]]")

_OPEN_SHAPES = "“„«‹‟〝"
_CLOSE_SHAPES = "”»›〞"
_BEFORE_OPEN = frozenset(" \n([{–-/:\"'")
_AFTER_CLOSE = frozenset(" \n.,;:!?)]}–\"'…")
_STOPS = frozenset(".!?,…")


class Quoted(msgspec.Struct, frozen=True, gc=False):
    """The characters between two marks, marks out. `closed` is false where the paragraph ended first.

    `opens` and `closes` are where the marks themselves stand (`closes` is one past the closing mark); `bare`
    is true where dashes stand instead of marks.
    """

    start: int
    end: int
    opens: int
    closes: int
    paragraph: int
    closed: bool = True
    bare: bool = False


def role(text: str, shape: str, at: int, stack: Sequence[int] = ()) -> str:
    """``open``, ``close`` or ``""`` (an inch mark) for the mark at `at`, given where the open ones stand.

    Free on one side only, it stands against a word there; free on both or on none, its shape decides, and of
    straight marks whether one is open. A straight mark cannot nest in itself.
    """
    before = text[at - 1] if at else " "
    if not stack and before.isdigit() and at:
        return ""  # inches or seconds
    after = text[at + 1] if at + 1 < len(text) else " "
    free_before = before in _BEFORE_OPEN
    if free_before != (after in _AFTER_CLOSE or after.isspace()):
        opens = free_before
    elif shape[at] in _OPEN_SHAPES:
        opens = True
    elif shape[at] in _CLOSE_SHAPES:
        opens = False
    else:
        return "close" if stack else "open"
    if opens and stack and shape[at] == '"' and shape[stack[-1]] == '"':
        return "close" if before in _STOPS else "open"
    return "open" if opens else "close"


def quoted(text: str, shape: str, paras: Sequence[Paragraph]) -> list[Quoted]:
    """The outermost quoted stretches of all paragraphs, in order."""
    found: list[Quoted] = []
    for paragraph in paras:
        if paragraph.kind != "aside":
            before = found[-1] if found else None
            goes_on = before is not None and not before.closed and before.paragraph == paragraph.number - 1
            found += _in_paragraph(text, shape, paragraph, goes_on)
    return found


def _in_paragraph(text: str, shape: str, paragraph: Paragraph, goes_on: bool) -> list[Quoted]:
    """The quotations of one paragraph; `goes_on` where the one before left its last open: a mark that only
    closes then ends it here."""
    found: list[Quoted] = []
    stack: list[int] = []
    at = text.find('"', paragraph.start, paragraph.end)
    while at >= 0:
        what = role(text, shape, at, stack)
        if what == "open":
            stack.append(at)
        elif what == "close" and stack:
            opened = stack.pop()
            if not stack:
                found.append(Quoted(opened + 1, at, opened, at + 1, paragraph.number))
        elif what == "close" and goes_on and not found:
            found.append(Quoted(paragraph.start, at, paragraph.start, at + 1, paragraph.number))
        at = text.find('"', at + 1, paragraph.end)
    if stack:
        found += _unclosed(text, stack, paragraph)
    return [q for q in found if text[q.start : q.end].strip()]


def _unclosed(text: str, stack: list[int], paragraph: Paragraph) -> list[Quoted]:
    """A quotation that runs to the paragraph's end: only when enough words follow its mark."""
    opened = stack[0]
    end = paragraph.end
    if len(stack) > 1 and text[end - 1] == '"':
        return [Quoted(opened + 1, end - 1, opened, end, paragraph.number)]
    if text.count(" ", opened, end) < 4:
        return []
    if len(stack) > 1 and stack[-1] - opened > 0 and text[stack[-1] - 2 : stack[-1] - 1] in tuple(".!?,"):
        return [Quoted(opened + 1, end, opened, end, paragraph.number, closed=False)]
    return [Quoted(opened + 1, end, opened, end, paragraph.number, closed=False)]


def singles(text: str, shape: str, paras: Sequence[Paragraph], taken: Sequence[Quoted]) -> list[Quoted]:
    """Quotations in single marks, outside double ones: opened before a word, closed after a stop. Linear."""
    found: list[Quoted] = []
    held = cover(len(text), [(q.opens, q.closes) for q in taken]) if "'" in text else bytearray()
    for paragraph in paras:
        opened = -1
        at = text.find("'", paragraph.start, paragraph.end)
        while at >= 0:
            if held[at]:
                opened = -1
            elif opened >= 0 and _single_closes(text, opened, at):
                found.append(Quoted(opened + 1, at, opened, at + 1, paragraph.number))
                opened = -1
            elif opened < 0 and _single_open(text, shape, at, paragraph.start):
                opened = at
            at = text.find("'", at + 1, paragraph.end)
    return found


def _single_open(text: str, shape: str, at: int, first: int) -> bool:
    before = text[at - 1] if at > first else " "
    return shape[at] != "’" and (before.isspace() or before in "([–") and text[at + 1 : at + 2].isalnum()


def _single_closes(text: str, opened: int, at: int) -> bool:
    """Whether the mark at `at` closes: after a stop, before no letter, more than a word after its opening."""
    after = text[at + 1 : at + 2]
    return text[at - 1] in ",.!?…" and not after.isalnum() and at - opened > 12


def cover(size: int, spans: Sequence[tuple[int, int]]) -> bytearray:
    """One byte a character: 1 inside any of `spans` (end exclusive)."""
    mask = bytearray(size)
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask


def brackets(text: str, paras: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """The outermost bracketed stretches, brackets in; one that never closes is none. Linear, depth
    counted."""
    found: list[tuple[int, int]] = []
    marks = list(_BRACKET.finditer(text))
    n = 0
    for paragraph in paras:
        depth = 0
        opened = paragraph.start
        while n < len(marks) and marks[n].start() < paragraph.end:
            at, char = marks[n].start(), marks[n][0]
            n += 1
            if at < paragraph.start:
                continue
            if char in "([":
                if depth == 0:
                    opened = at
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    found.append((opened, at + 1))
    return found
