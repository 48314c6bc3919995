"""Short expressions for sets of parties, and back to exactly the same set.

An expression is a list of items with commas between them: a name; a quoted name, where marks or reserved
words stand in it; a group (``G77``); a group with exceptions (``G77 except TOL and KES``); ``all others``,
which stands for every party of the place that no other item around it names. The table of groups is an
argument, so an old text is read with the groups of its day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping

from travaux.acts.fault import Refused, refused

ALL_OTHERS = "all others"
NO_TEXT = "no text"
Groups = Mapping[str, Collection[str]]

_PLAIN = re.compile(r"[^\W_](?:[\w.'’+/ -]*[\w.'’+])?")
_RESERVED = re.compile(rf"{ALL_OTHERS}|{NO_TEXT}|.*\b(?:and|except)\b.*")
_WORDS = re.compile(r'("(?:[^"\\]|\\.)*"|[^",]+?)(?:\s+except\s+(.+))?')
_SPLIT = re.compile(r'((?:"(?:[^"\\]|\\.)*"|[^",])*)(?:,|\Z)')
_NAMES = re.compile(r'((?:"(?:[^"\\]|\\.)*"|(?!\s+and\s)[^"])+)(?:\s+and\s+|\Z)')


def quoted(name: str) -> str:
    """`name` as it stands in an expression: plain where nothing in it could be misread, else in quotes."""
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name) and name.isprintable():
        return name
    told = json.dumps(name)
    return "".join(f"\\u{ord(c):04x}" if c in "[](){}|\u2423" else c for c in told)


def compress(names: Iterable[str], groups: Groups | None = None) -> str:
    """A short expression for exactly the set `names`: groups first, then names in order of text."""
    left = set(names)
    items: list[str] = []
    for group in _by_size(groups or {}):
        members = set((groups or {})[group])
        missing = members - left
        gained = members & left
        if len(gained) > 2 * len(missing) + 1:
            without = f" except {' and '.join(map(quoted, sorted(missing)))}" if missing else ""
            items.append(quoted(group) + without)
            left -= gained
    return ", ".join(items + [quoted(name) for name in sorted(left)])


def _by_size(groups: Groups) -> list[str]:
    return sorted(groups, key=lambda group: (-len(groups[group]), group))


def expand(expression: str, among: Collection[str], groups: Groups | None = None) -> frozenset[str] | Refused:
    """The parties of `expression`; every name must be in `among`, a party of that name before a group.

    ``all others`` is for the caller, who knows what stands beside the expression: here it is refused.
    """
    found: set[str] = set()
    for part in _split(_SPLIT, expression):
        held = _item(part, among, groups or {})
        if isinstance(held, Refused):
            return held
        found |= held
    return frozenset(found)


def _item(part: str, among: Collection[str], groups: Groups) -> frozenset[str] | Refused:
    match = _WORDS.fullmatch(part)
    name = _unquoted(match[1]) if match else None
    if match is None or name is None:
        return refused("text.attribution", part=part)
    if name in among and not match[2]:
        return frozenset((name,))
    if name not in groups:
        return refused("text.attribution", part=part)
    without = [_unquoted(held) for held in _split(_NAMES, match[2] or "")]
    if any(held not in groups[name] for held in without):
        return refused("text.attribution", part=part)
    return frozenset(groups[name]).difference(held for held in without if held is not None)


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for match in pattern.finditer(text) if (part := match[1]).strip()]


def _unquoted(word: str) -> str | None:
    if not word.startswith('"'):
        return word
    try:
        told = json.loads(word)
    except ValueError:
        return None
    return told if isinstance(told, str) else None
