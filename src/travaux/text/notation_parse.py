"""Reading our plain notation back: the inverse of `travaux.text.notation.render`, and of nothing else.

Texts in other conventions of brackets are not read here. What cannot be read is refused with line and column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from travaux.acts.fault import Place, Refused, refused
from travaux.text.attribution import ALL_OTHERS, NO_TEXT, Groups, expand
from travaux.text.compile import Compiled
from travaux.text.compile_print import identified
from travaux.text.model import (
    Begins,
    Closes,
    Degree,
    Ends,
    Event,
    Kind,
    Opens,
    Position,
    Run,
    build,
    rebuild,
)
from travaux.text.notation_head import Head, parse_head

_TOKEN = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\(.)|([\[\]|\u2423])|([^\\\[\]|\u2423]+)|(\\)", re.DOTALL)
_NAMES = re.compile(r'\((?:"(?:[^"\\]|\\.)*"|[^"()])*\)')


@dataclass(slots=True)
class _Words:
    """Literal words in parts, each with the index where it was read; a `hard` blank goes with no bracket."""

    parts: list[tuple[int, str]]
    hard: bool = False

    @property
    def text(self) -> str:
        return "".join(part for _, part in self.parts)


@dataclass(slots=True)
class _Option:
    """One printed option: its items, its names as written, whether it is “no text”, where it begins."""

    items: list[_Words | _Site] = field(default_factory=list)
    names: str = ""
    none: bool = False
    place: int = 0


@dataclass(slots=True)
class _Site:
    """Options that touch each other."""

    options: list[_Option] = field(default_factory=list)


_Odd: TypeAlias = tuple[str, int, dict[str, object]]
_Shared: TypeAlias = list[tuple[_Option, frozenset[str]]]
_Todo: TypeAlias = "tuple[_Option, frozenset[str]] | Event"


def parse(text: str) -> Compiled | Refused:
    """The `Compiled` that `render` wrote as `text`; refused where it is anything else."""
    top = parse_head(text)
    if isinstance(top, Refused):
        return top
    whole = text[top.body :].removesuffix("\n")
    read = _read(whole)
    if not isinstance(read, _Option):
        code, at, values = read
        return refused(code, _place(whole, at, top), **values)
    events = _events(read, top.parties, top.groups)
    if not isinstance(events, list):
        code, at, values = events
        return refused(code, _place(whole, at, top), **values)
    made = rebuild(build(events), lambda bracket: (bracket,))
    return Compiled(identified(made), tuple(sorted(top.parties)), top.typography)


def _place(whole: str, at: int, top: Head) -> Place:
    return Place("", top.lines + whole.count("\n", 0, at) + 1, at - whole.rfind("\n", 0, at))


def _read(whole: str) -> _Option | _Odd:
    """The items of the text, options within options, on a stack of our own."""
    stack = [_Option()]
    since = 0
    for match in _TOKEN.finditer(whole):
        top, mark = stack[-1], match[3]
        if mark == "[":
            if not (top.items and isinstance(top.items[-1], _Site)):
                top.items.append(_Site())
            stack.append(_Option(place=match.start()))
        elif mark == "]":
            if len(stack) == 1:
                return "text.notation_stray", match.start(), {}
            if not _closed(top, whole, since, match.start()):
                return "text.notation_names", match.start(), {}
            stack.pop()
            _last_site(stack[-1]).options.append(top)
        elif mark == "|":
            top.items.append(_Words([], hard=True))
        elif (word := _word(match)) is None:
            return "text.notation_escape", match.start(), {"escape": match[0]}
        else:
            _add(top, (match.start(), word), mark is not None)
        since = match.end() if mark else since
    return stack[0] if len(stack) == 1 else ("text.notation_open", stack[-1].place, {})


def _last_site(option: _Option) -> _Site:
    site = option.items[-1]
    assert isinstance(site, _Site)
    return site


def _word(match: re.Match[str]) -> str | None:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if code < 0x110000 else None
    return " " if match[3] else match[2] or match[4]


def _add(option: _Option, part: tuple[int, str], hard: bool) -> None:
    last = option.items[-1] if option.items else None
    if isinstance(last, _Words) and not last.hard and not hard:
        last.parts.append(part)
    else:
        option.items.append(_Words([part], hard))


def _closed(option: _Option, whole: str, since: int, end: int) -> bool:
    """Take the names off the end of an option; False where there are none. No mark stands after `since`."""
    start = whole.rfind(" (", since, end)
    last = option.items[-1] if option.items else None
    if start < 0 or not isinstance(last, _Words) or not _NAMES.fullmatch(whole, start + 1, end):
        return False
    option.names = whole[start + 2 : end - 1]
    option.none = option.place + 1 == since and whole[since:start] in ("", NO_TEXT)
    kept = [(at, part[: start - at]) if at + len(part) > start else (at, part) for at, part in last.parts]
    last.parts = [(at, part) for at, part in kept if at < start]
    return True


def _events(read: _Option, parties: tuple[str, ...], groups: Groups) -> list[Event] | _Odd:
    """The events of the text; options get their parties from the level around them."""
    events: list[Event] = []
    stack: list[_Todo] = [(read, frozenset(parties))]
    while stack:
        top = stack.pop()
        if not isinstance(top, tuple):
            events.append(top)
            continue
        todo = _level(*top, groups)
        if isinstance(todo, tuple):
            return todo
        stack.extend(reversed(todo))
    return events


def _level(option: _Option, among: frozenset[str], groups: Groups) -> list[_Todo] | _Odd:
    """One level as events, with its options still to be read."""
    items = option.items
    todo: list[_Todo] = []
    shares: list[_Shared | None] = []
    for k, item in enumerate(items):
        shared: _Shared | None = None
        if isinstance(item, _Site):
            found = _shared(item, among, groups)
            if isinstance(found, tuple):
                return found
            shared = found
            if any(held.none for held, _ in shared):
                _take_blank(items, k)
        shares.append(shared)
    for item, shared in zip(items, shares, strict=True):
        if isinstance(item, _Words):
            todo.append(Run(item.text))
        elif shared is not None:
            todo += _opened(shared)
    return todo


def _opened(shared: _Shared) -> list[_Todo]:
    kind = Kind.ALTERNATIVES if sum(not option.none for option, _ in shared) > 1 else Kind.UNKNOWN
    todo: list[_Todo] = [Opens("", kind, "", Degree.PROPOSED, "")]
    for option, names in shared:
        todo.append(Begins(tuple(map(Position, sorted(names)))))
        if not option.none:
            todo.append((option, names))
        todo.append(Ends())
    return [*todo, Closes()]


def _take_blank(items: list[_Words | _Site], k: int) -> None:
    """Give the blank beside a bracket that may be empty to its options: with a blank or the beginning before
    it, the blank after it; with a blank before it only, that one.
    """
    site = items[k]
    before = items[k - 1] if k else None
    after = items[k + 1] if k + 1 < len(items) else None
    blank_before = isinstance(before, _Words) and not before.hard and before.text.endswith(" ")
    blank_after = isinstance(after, _Words) and not after.hard and after.text.startswith(" ")
    if not isinstance(site, _Site) or not (blank_before or (before is None and blank_after)):
        return
    if blank_after and isinstance(after, _Words):
        after.parts = [(0, after.text[1:])]
    elif isinstance(before, _Words):
        before.parts = [(0, before.text[:-1])]
    for option in site.options:
        if not option.none:
            blank = _Words([(0, " ")], hard=True)
            option.items.insert(len(option.items) if blank_after else 0, blank)


def _shared(site: _Site, among: frozenset[str], groups: Groups) -> _Shared | _Odd:
    """Each option with its parties; an empty option for those that are left over."""
    left = set(among)
    found: list[tuple[_Option, frozenset[str] | None]] = []
    for option in site.options:
        names = None if option.names == ALL_OTHERS else expand(option.names, among, groups)
        if isinstance(names, Refused):
            return "text.notation_party", option.place, {"party": option.names}
        if names is not None and not names <= left:
            return "text.notation_party", option.place, {"party": min(names - left)}
        left -= names or frozenset()
        found.append((option, names))
    done = [(option, frozenset(left) if names is None else names) for option, names in found]
    if left and all(names is not None for _, names in found):
        done.append((_Option(none=True), frozenset(left)))
    return done
