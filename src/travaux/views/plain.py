"""The brief as plain text lines: what tests and pipes see. The same brief and width, the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from travaux import messages
from travaux.views.page import Brief, Line, Section
from travaux.views.wording import short

MOST_REFS = 4


def plain(brief: Brief, width: int = 100) -> list[str]:
    """The first page, then in full whatever did not fit on it. `width` is in characters, at least 40."""
    width = max(width, 40)
    words = dict(brief.legend)
    lines = [*wrap(brief.title, width), *wrap(brief.stand, width)]
    for section in brief.sections:
        lines += _section(section, front_of(section), words, width, said_empty=not section.lines)
    rest = [s for s in brief.sections if in_full(s)]
    if rest:
        lines += ["", messages.say("view.in_full", {}, brief.lang).center(width, "─").rstrip()]
    for section in rest:
        lines += _section(section, section.lines, words, width)
    return [line.rstrip() for line in lines]


def front_of(section: Section) -> tuple[Line, ...]:
    """The lines of a section that stand on the first page."""
    return tuple(one for one in section.lines if one.front)


def in_full(section: Section) -> bool:
    """True where a section has lines that did not fit on the first page."""
    return any(not one.front for one in section.lines)


def refs(acts: Iterable[str]) -> str:
    """The acts a line ends with: short ids, at most `MOST_REFS`, an ellipsis where there are more."""
    ids = [short(a) for a in acts]
    return "[" + " ".join(ids[:MOST_REFS]) + (" …]" if len(ids) > MOST_REFS else "]") if ids else ""


def _section(
    section: Section, shown: tuple[Line, ...], words: dict[str, str], width: int, *, said_empty: bool = False
) -> Iterator[str]:
    if not shown and not said_empty:
        return
    yield ""
    yield section.title.upper()
    if said_empty:
        yield f"  {section.empty}"
    for heading, group in groupby(shown, key=lambda one: one.group):
        if heading:
            yield f"  {heading}"
        for one in group:
            yield from _line(one, words, width)


def _line(one: Line, words: dict[str, str], width: int) -> Iterator[str]:
    head = f"{one.when}  " if one.when else ""
    marks = "".join(f" <{words[m]}>" for m in one.marks)
    yield from _block("  - ", f"{head}{one.text}{marks}{_source(one.sources)} {refs(one.acts)}", width)
    if one.quote:
        yield from _block("      ", one.quote, width)
    for each in one.sides:
        marks = "".join(f" <{words[m]}>" for m in each.marks)
        said = f"{each.name}: {each.text}{marks}{_source(each.sources)} {refs(each.acts)}"
        yield from _block("      ", said, width)


def _source(sources: str) -> str:
    return f" ({sources})" if sources else ""


def _block(indent: str, text: str, width: int) -> list[str]:
    return wrap(text.strip(), width, initial_indent=indent, subsequent_indent=" " * (len(indent) + 2))
