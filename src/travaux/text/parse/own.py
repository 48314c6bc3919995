"""Our own notation read as a draft: the text is that of `travaux.text.notation`, the places are counted."""

from __future__ import annotations

import re

from travaux.acts.fault import Refused
from travaux.text import notation
from travaux.text.model import Begins, Bracket, Closes, Ends, Opens, Option, Run, Text, brackets, walk
from travaux.text.parse import lex
from travaux.text.parse.convention import OWN, Reason
from travaux.text.parse.oddities import Places
from travaux.text.parse.parsed import Defect, Parsed, Point, Reading
from travaux.text.parse.parties import Source

_MARK = re.compile(r"\\u\{[0-9a-fA-F]{1,6}\}|\\.|[\[\]]|[^\\\[\]]+|\\", re.DOTALL)
_SHOWN = 200


def parse(text: str, reason: Reason) -> Parsed | Refused:
    """A text that `travaux compile` printed; refused where it is anything else."""
    read = notation.parse(text)
    if isinstance(read, Refused):
        return read
    lines = lex.lines(text)
    places = Places(lines)
    spans = _openings(text)
    found = list(brackets(read.text))
    depths = _depths(read.text)
    points = tuple(
        _point(site, span, depth, lines) for site, span, depth in zip(found, spans, depths, strict=True)
    )
    return Parsed(
        slices=tuple(lex.marks(text).slices()),
        text=read.text,
        raw=lex.raw(text),
        points=points,
        parties=read.parties,
        source=Source.DECLARED,
        convention=OWN,
        why=places.defect(reason.code, max(0, reason.at), line=1, name=OWN.name),
        typography=read.typography,
        lines=lines,
    )


def refusal(text: str) -> tuple[Defect, ...]:
    """Why a text that begins like our notation was not read as such."""
    read = notation.parse(text)
    if not isinstance(read, Refused):
        return ()
    fault = read.faults[0]
    return (Defect("brackets.own_refused", fault.place.line, fault.place.col, {"why": fault.sentence()}),)


def _openings(text: str) -> list[tuple[int, int]]:
    """Where each place begins and ends, outer before inner: brackets that touch are one place."""
    made: list[list[int]] = []
    stack: list[list[int]] = []
    last: dict[int, list[int]] = {}
    for match in _MARK.finditer(text, text.index("\n\n") + 2):
        if match[0] == "[":
            site = last.get(len(stack))
            if site is None or site[1] != match.start():
                site = [match.start(), -1]
                made.append(site)
            last[len(stack)] = site
            stack.append(site)
            last.pop(len(stack), None)
        elif match[0] == "]" and stack:
            stack.pop()[1] = match.end()
    return [(start, end) for start, end in made]


def _depths(text: Text) -> list[int]:
    found: list[int] = []
    depth = 0
    for event in walk(text):
        if isinstance(event, Opens):
            depth += 1
            found.append(depth)
        elif isinstance(event, Closes):
            depth -= 1
    return found


def _point(site: Bracket, span: tuple[int, int], depth: int, lines: lex.Lines) -> Point:
    readings = tuple(_reading(option) for option in site.options)
    return Point(site.id, *span, *lines.place(span[0]), "", site.kind, readings, depth)


def _reading(option: Option) -> Reading:
    if not option.text:
        return Reading("", "none", "", option.stances)
    parts: list[str] = []
    length = 0
    for event in walk(option.text):
        part = event.text if isinstance(event, Run) else {Begins: "[", Ends: "]"}.get(type(event), "")
        parts.append(part)
        length += len(part)
        if length > _SHOWN:
            break
    words = " ".join("".join(parts).split())
    return Reading(words if length <= _SHOWN else words[:_SHOWN] + "…", "words", "", option.stances)
