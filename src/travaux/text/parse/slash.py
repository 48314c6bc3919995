"""Slashes: between the options of one bracket, in fixed expressions, and bare in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SLASH = re.compile(r"/+")
_LEFT = re.compile(r"[^\s/\[\]()]*\Z")
_RIGHT = re.compile(r"[^\s/\[\]()]*")
_TOKEN = re.compile(r"[^\s\[\]()]*\Z")
_TOKEN_REST = re.compile(r"[^\s\[\]()]*")
_ENDINGS = frozenset("s es ies ed er r n ing".split())
_FIXED = frozenset(
    """
    and/or or/and either/or he/she she/he his/her her/his him/her s/he he/they his/their n/a w/o c/o km/h
    m/s t/a p/a g/km kg/m input/output per/cent his/hers himself/herself 24/7 a/c i/o kwh/day mg/l
    """.split()
)
_BARE = re.compile(r"(?<=[^\W\d_])[ \t]/[ \t](?=[^\W\d_])")


def splits(text: str, gaps: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Slashes (start, end) that part the options of one bracket; `gaps` are its own words, without inner
    brackets, within text[start:end].
    """
    found = []
    for a, b in gaps:
        for match in _SLASH.finditer(text, a, b):
            if _parts(text, *match.span(), start, end):
                found.append(match.span())
    return found


def _parts(text: str, at: int, after: int, start: int, end: int) -> bool:
    left = _LEFT.search(text, max(start, at - 60), at)
    right = _RIGHT.match(text, after, min(end, after + 60))
    one, other = (left[0] if left else ""), (right[0] if right else "")
    if not text[start:at].strip() or not text[after:end].strip():
        return False
    if not one and not other:
        beside = text[at - 1 : at], text[after : after + 1]
        return "]" not in beside and "[" not in beside
    if not one or not other:
        return text[at - 1 : at] not in ("]", "<") and text[after : after + 1] not in ("[", "")
    return not _fixed(one, other) and not _symbol(text, at, start, end)


def _symbol(text: str, at: int, start: int, end: int) -> bool:
    """Whether a slash stands in the symbol of a document (A/RES/70/1)."""
    token = _TOKEN.search(text, max(start, at - 60), at + 1)
    rest = _TOKEN_REST.match(text, at + 1, min(end, at + 60))
    whole = (token[0] if token else "") + (rest[0] if rest else "")
    return (
        whole.count("/") > 1
        and any(map(str.isdigit, whole))
        and any(map(str.isupper, whole))
        and "/" in whole
    )


def _fixed(one: str, other: str) -> bool:
    """Whether two words that a slash joins are one expression: and/or, 2030/31, a symbol, an address."""
    left, right = one.strip("(.,;:“”\"'"), other.strip(").,;:“”\"'")
    if right in _ENDINGS or f"{left}/{right}".lower() in _FIXED or left.endswith(":") or one.endswith(":"):
        return True
    if left.isdigit() and right.isdigit():
        short = len(left) == len(right) == 1 and left < right
        return short or (len(left) == 4 and len(right) == 2) or (len(left) == 2 and len(right) == 4)
    symbol = re.compile(r"[A-Z]{1,6}[\d.]*|[A-Z]*\d[\w.]*")
    return bool(
        symbol.fullmatch(left)
        and symbol.fullmatch(right)
        and any(map(str.isdigit, left + right))
        and not (left + right).isdigit()
        and any(map(str.isalpha, left + right))
    )


def bare(text: str, outside: Sequence[tuple[int, int]]) -> list[int]:
    """Offsets of slashes with blanks around them in prose: perhaps alternatives, perhaps not."""
    return [match.start() + 1 for a, b in outside for match in _BARE.finditer(text, a, b)]
