"""From the text of a file to its blocks: fields with their places, one block an act, ``---`` between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.acts.blocks import Block
from travaux.formats.acts.nodes import Line, Mapped

LARGEST = 20_000_000  # characters of one file
# Characters that may not stand in a file as such: controls, lone surrogates, odd line ends, direction marks.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Read:
    """One block that holds something: its fields as far as they could be read, and what was wrong."""

    fields: Mapped | None
    faults: tuple[Fault, ...]


def blocks(text: str) -> Iterator[Read] | Refused:
    """The blocks of a file in their order, those that hold only comments left out.

    A text that is too large (``notation.large``) or holds a character that cannot stand there
    (``notation.character``) is refused as a whole. A byte order mark at the start is not part of it; CR LF is
    read as LF.
    """
    if len(text) > LARGEST:
        return refused("notation.large", size=len(text), most=LARGEST)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if found := _FORBIDDEN.search(text):
        return Refused((_forbidden(text, found.start()),))
    return _blocks(text)


def _forbidden(text: str, at: int) -> Fault:
    start = text.rfind("\n", 0, at) + 1
    place = Place("", text.count("\n", 0, at) + 1, at - start + 1)
    return Fault("notation.character", place, {"code": f"U+{ord(text[at]):04X}"})


def _blocks(text: str) -> Iterator[Read]:
    lines = text.split("\n")
    unended = bool(lines[-1])
    if not unended:
        lines.pop()
    start = 0
    before: tuple[Fault, ...] = ()
    for n, words in enumerate([*lines, "---"]):
        if not words.startswith(("---", "...")) or words[3:4] not in ("", " ", "\t"):
            continue
        block = Block(lines[start:n], start + 1, unended and n == len(lines))
        fields = block.read()
        faults = (*before, *block.faults)
        if fields is not None or faults:
            yield Read(fields, faults)
        start, before = n + 1, _separator(Line(words, n + 1))


def _separator(line: Line) -> tuple[Fault, ...]:
    """The fault of a line that separates blocks but holds something else, or is of the wrong sort."""
    if line.text[0] == ".":
        return (line.fault("notation.end_mark", 0),)
    rest = line.text[3:].lstrip(" ")
    return (line.fault("notation.separator", len(line.text) - len(rest)),) if rest and rest[0] != "#" else ()
