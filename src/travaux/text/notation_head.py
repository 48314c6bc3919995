"""The head of our plain notation: parties, groups and typography, one line each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from travaux.acts.fault import Place, Refused, refused
from travaux.text.attribution import Groups, compress, expand, quoted
from travaux.text.compile import Compiled
from travaux.text.typography import Touch

_FIRST = "Wordings: "
_GROUP = re.compile(r'Group ("(?:[^"\\]|\\.)*"|[^":]+): (.+)')
_TOUCHED = re.compile(r'As ((?:"(?:[^"\\]|\\.)*"|[^":])+): (.*)')
_TOUCH = re.compile(r'(?:lines|(\d{1,12})\+(\d{1,12})) ("(?:[^"\\]|\\.)*")(?:, |\Z)')
_NAME = re.compile(r'("(?:[^"\\]|\\.)*"|[^",]+)(?:, |\Z)')


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says; `body` is the index of the first character of the text (characters)."""

    parties: tuple[str, ...]
    groups: dict[str, tuple[str, ...]]
    typography: tuple[tuple[str, tuple[Touch, ...]], ...]
    body: int
    lines: int


def head(compiled: Compiled, groups: Groups) -> str:
    """The head lines and the empty line after them."""
    lines = [_FIRST + ", ".join(map(quoted, compiled.parties))]
    lines += [
        f"Group {quoted(name)}: {', '.join(map(quoted, sorted(groups[name])))}" for name in sorted(groups)
    ]
    alike: dict[tuple[Touch, ...], list[str]] = {}
    for party, made in compiled.typography:
        alike.setdefault(made, []).append(party)
    for made, names in alike.items():
        told = ", ".join(f"{_where(t)} {json.dumps(t.surface)}" for t in made)
        lines.append(f"As {compress(names)}: {told}")
    return "\n".join(lines) + "\n\n"


def _where(touch: Touch) -> str:
    return "lines" if touch.start < 0 else f"{touch.start}+{touch.length}"


def parse_head(text: str) -> Head | Refused:
    """The head of `text`, or why it cannot be read, with the line."""
    if not text.startswith(_FIRST.rstrip()):
        return refused("text.notation_head", Place("", 1, 1))
    end = text.find("\n\n")
    if end < 0:
        return refused("text.notation_body", Place("", text.count("\n") + 1, 1))
    lines = text[:end].split("\n")
    parties = _names(lines[0][len(_FIRST) :])
    if parties is None or len(set(parties)) < len(parties):
        return refused("text.notation_line", Place("", 1, 1), line=lines[0])
    groups: dict[str, tuple[str, ...]] = {}
    touched: list[tuple[str, tuple[Touch, ...]]] = []
    for number, line in enumerate(lines[1:], 2):
        if (group := _GROUP.fullmatch(line)) and (members := _names(group[2])) is not None:
            groups[(_names(group[1]) or (group[1],))[0]] = members
        elif (found := _touches(line, parties)) is not None:
            touched += found
        else:
            return refused("text.notation_line", Place("", number, 1), line=line)
    return Head(parties, groups, tuple(sorted(touched)), end + 2, len(lines) + 1)


def _names(text: str) -> tuple[str, ...] | None:
    names: list[str] = []
    at = 0
    while at < len(text):
        match = _NAME.match(text, at)
        if match is None:
            return None
        try:
            name = json.loads(match[1]) if match[1].startswith('"') else match[1]
        except ValueError:
            return None
        names.append(name)
        at = match.end()
    return tuple(names)


def _touches(line: str, parties: tuple[str, ...]) -> list[tuple[str, tuple[Touch, ...]]] | None:
    match = _TOUCHED.fullmatch(line)
    if match is None:
        return None
    names = expand(match[1], parties)
    made: list[Touch] = []
    at = 0
    while at < len(match[2]):
        one = _TOUCH.match(match[2], at)
        if one is None:
            return None
        try:
            made.append(Touch(int(one[1] or -1), int(one[2] or 0), json.loads(one[3])))
        except ValueError:
            return None
        at = one.end()
    return None if isinstance(names, Refused) else [(name, tuple(made)) for name in sorted(names)]
