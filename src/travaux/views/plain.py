"""The brief as plain text lines: what tests and pipes see. The same brief and width, the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from travaux import messages
from travaux.views.page import Brief, Line, Mark, Section


def plain(brief: Brief, width: int = 100) -> list[str]:
    """The first page, then in full whatever did not fit on it. `width` is in characters, at least 40."""
    width = max(width, 40)
    words = brief.tags
    lines = [*wrap(brief.title, width), *wrap(brief.stand, width)]
    for section in brief.sections:
        lines += _section(section, section.front, words, width, said_empty=not section.lines)
    rest = [s for s in brief.sections if s.front != s.lines]
    if rest:
        lines += ["", messages.say("view.in_full", {}, brief.lang).center(width, "─").rstrip()]
    for section in rest:
        lines += _section(section, section.lines, words, width)
    return [line.rstrip() for line in lines]


def _section(
    section: Section, shown: tuple[Line, ...], words: dict[str, str], width: int, *, said_empty: bool = False
) -> Iterator[str]:
    if not shown and not said_empty:
        return
    yield ""
    yield from wrap(section.title.upper(), width)
    if said_empty:
        yield from _block("  ", section.empty, width)
    for heading, group in groupby(shown, key=lambda one: one.group):
        if heading:
            yield from _block("  ", heading, width)
        for one in group:
            yield from _line(one, words, width)


def _line(one: Line, words: dict[str, str], width: int) -> Iterator[str]:
    head = f"{one.when}  " if one.when else ""
    ends = "" if one.told_by_sides else f"{_source(one.sources)} {one.refs}"
    yield from _block("  - ", f"{head}{one.text}{_marks(one.marks, words)}{ends}", width)
    if one.quote:
        yield from _block("      ", one.quote, width)
    for each in one.joined:
        marks = _marks(each.marks, words)
        said = f"{each.name}: {each.text}{marks}{_source(each.sources)} {each.refs}"
        yield from _block("      ", said, width)
        if each.quote:
            yield from _block("        ", each.quote, width)


def _marks(marks: Iterable[Mark], words: dict[str, str]) -> str:
    return "".join(f" <{words[m]}>" for m in marks if m in words)


def _source(sources: str) -> str:
    return f" ({sources})" if sources else ""


def _block(indent: str, text: str, width: int) -> list[str]:
    if len(indent) + len(text) <= width and text.isprintable() and not text.startswith(" "):
        return [(indent + text).rstrip()]
    return wrap(text.strip(), width, initial_indent=indent, subsequent_indent=" " * (len(indent) + 2))
