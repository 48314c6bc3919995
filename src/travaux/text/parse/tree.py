"""Sites as the bracketed text of `travaux.text.model`: without marks, labels, names, notes and pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from travaux.text.model import Begins, Closes, Degree, Ends, Event, Opens, Run, Text, build, joined
from travaux.text.parse.choices import Choice
from travaux.text.parse.kinds import Sort
from travaux.text.parse.sites import Site

_ENDS, _CLOSES = Ends(), Closes()
_ESCAPED = re.compile(r"\\([\[\]{}\\])")
_Children: TypeAlias = dict[tuple[int, int], list[int]]
_Span: TypeAlias = tuple[int, int, tuple[int, int]]


def text_of(
    source: str,
    found: Sequence[Site],
    ids: Sequence[str],
    holes: Sequence[tuple[int, int]],
    footnotes: Sequence[tuple[int, int]],
) -> Text:
    """The interpreted text without `holes` (spans that are no words: sorted, apart); footnotes come last."""
    children = _children(found)
    events: list[Event] = []
    outside = sorted([*holes, *footnotes])
    _emit(source, (0, len(source), (-1, 0)), found, ids, children, Holes(outside), events)
    inner = Holes(list(holes))
    for k, (start, end) in enumerate(footnotes):
        events.append(Run("\n"))
        _emit(
            source,
            (start, end, (-2 - k, 0)),
            found,
            ids,
            _noted(found, start, end, -2 - k, children),
            inner,
            events,
        )
    return joined(build(events))


class Holes:
    """Spans (sorted, apart) to leave out of words."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = [span for span in spans if span[0] < span[1]]
        self._starts = [start for start, _ in self._spans]

    def words(self, source: str, start: int, end: int) -> str:
        """source[start:end] without holes, its escaped brackets plain."""
        if not self._spans or self._spans[-1][1] <= start or self._starts[0] >= end:
            words = source[start:end]
            return _ESCAPED.sub(r"\1", words) if "\\" in words else words
        k = max(0, bisect_right(self._starts, start) - 1)
        parts = []
        while k < len(self._spans) and self._spans[k][0] < end:
            a, b = self._spans[k]
            if b > start:
                parts.append(source[start : max(start, a)])
                start = max(start, b)
            k += 1
        parts.append(source[start:end] if start < end else "")
        return _ESCAPED.sub(r"\1", "".join(parts))


def _children(found: Sequence[Site]) -> _Children:
    """The sites that stand in each option: (site, number of the option) → sites; (-1, 0) is the text."""
    made: _Children = {}
    stack: list[int] = []
    for k, site in enumerate(found):
        if site.footnote:
            continue
        while stack and found[stack[-1]].end <= site.start:
            stack.pop()
        if not stack:
            made.setdefault((-1, 0), []).append(k)
            stack.append(k)
        elif (option := _holder(found[stack[-1]].choices, site)) is not None:
            made.setdefault((stack[-1], option), []).append(k)
            stack.append(k)
    return made


def _holder(choices: Sequence[Choice], site: Site) -> int | None:
    starts = [choice.start for choice in choices]
    k = bisect_right(starts, site.start) - 1
    return k if k >= 0 and site.end <= choices[k].end else None


def _noted(found: Sequence[Site], start: int, end: int, key: int, children: _Children) -> _Children:
    """`children` with the sites of one footnote under its key."""
    top = -1
    for k, site in enumerate(found):
        if site.footnote and start <= site.start and site.end <= end and site.start >= top:
            children.setdefault((key, 0), []).append(k)
            top = site.end
    return children


def _emit(
    source: str,
    whole: _Span,
    found: Sequence[Site],
    ids: Sequence[str],
    children: _Children,
    holes: Holes,
    events: list[Event],
) -> None:
    """The events of one span, nested sites on a stack of our own."""
    stack: list[_Span | int | Event] = [whole]
    while stack:
        item = stack.pop()
        if isinstance(item, int):
            stack.extend(reversed(_opened(found[item], ids[item], item)))
        elif isinstance(item, tuple):
            start, end, key = item
            if key not in children:
                events.append(Run(holes.words(source, start, max(start, end))))
                continue
            todo: list[_Span | int | Event] = []
            for k in children[key]:
                todo += [Run(holes.words(source, start, found[k].start)), k]
                start = found[k].end
            todo.append(Run(holes.words(source, start, max(start, end))))
            stack.extend(reversed(todo))
        else:
            events.append(item)


def _opened(site: Site, name: str, number: int) -> list[_Span | int | Event]:
    todo: list[_Span | int | Event] = [Opens(name, site.kind, "", Degree.UNKNOWN, "")]
    for k, choice in enumerate(site.choices):
        todo.append(Begins(choice.stances))
        if choice.sort is not Sort.NONE:
            todo.append((choice.start, choice.end, (number, k)))
        todo.append(_ENDS)
    todo.append(_CLOSES)
    return todo
