"""Which brackets of one level are options of one place: those that touch in a paragraph, or a slash joins."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence

from travaux.text.parse.convention import Convention
from travaux.text.parse.inside import Inside
from travaux.text.parse.kinds import Sort, measure, number
from travaux.text.parse.pair import Pair
from travaux.text.parse.slash import splits

_TOUCH = re.compile(r"[ \t\r]*\n?[ \t]*\Z")
_SLASH = re.compile(r"\s{0,3}(?:/{1,3}|\bor\b\s{0,2}/)\s{0,3}\Z")
_NOTED = re.compile(r"(?:[¹²³⁰-⁹]{1,3}|\d{1,2}|[*†‡]{1,3})[ \t]*\Z")
_ITEM = re.compile(r"\s*(?:\([a-z]{1,4}\)|\(\d{1,2}\)|\d{1,2}[.)]|[a-z]\))\s")
_ADDS = re.compile(r"\s*(?:[,;]\s*\w|(?:and/or|and|or|as well as|including|in particular)\s[\w\[])")
_PUNCTUATION = re.compile(r"[\s.,;:!?–—-]+\Z")
_JOINT = re.compile(r"\s*(?:and|or|and/or)\s*\Z")
_DISPUTES = (Sort.WORDS, Sort.BLANK, Sort.NONE, Sort.PARKED)


def groups(
    text: str,
    children: Sequence[int],
    inside: Sequence[Inside],
    pairs: Sequence[Pair],
    starts: Sequence[int],
    convention: Convention,
) -> list[list[int]]:
    """The disputes among `children` (pairs of one level, in order), those of one place together.

    `starts` are the offsets where paragraphs begin.
    """
    disputes = [k for k in children if inside[k].sort in _DISPUTES]
    joints = [
        _joint(text, inside[a], inside[b], pairs, starts, convention) for a, b in itertools.pairwise(disputes)
    ]
    made: list[list[int]] = []
    for n, k in enumerate(disputes):
        joint = joints[n - 1] if n else ""
        beside = {joints[n - 2] if n > 1 else "", joints[n] if n < len(joints) else ""}
        if joint == "apart" and "touch" in beside:
            joint = ""
        if joint:
            made[-1].append(k)
        else:
            made.append([k])
    return made


def _joint(
    text: str,
    first: Inside,
    second: Inside,
    pairs: Sequence[Pair],
    starts: Sequence[int],
    convention: Convention,
) -> str:
    """How two brackets of one level are options of one place: “slash”, “touch”, “apart” by a blank, or not.

    Where some touch and others stand apart, only those that touch belong together.
    """
    a, b = first.until, pairs[second.pair].open
    if b - a > 12:
        return ""
    gap = text[a:b]
    if _SLASH.match(gap):
        return "slash" if convention.slash else ""
    if not convention.adjacent or not (_TOUCH.match(gap) or _NOTED.match(gap)):
        return ""
    if bisect_right(starts, pairs[first.pair].close) != bisect_right(starts, b):
        return ""
    apart = gap != "" and not first.said and not second.said
    if not _alike(text, first, second, bool(gap), pairs):
        return ""
    return "apart" if apart else "touch"


def _alike(text: str, first: Inside, second: Inside, apart: bool, pairs: Sequence[Pair]) -> bool:
    """Whether two touching brackets could be options of one place."""
    one, other = text[first.start : first.end][:300], text[second.start : second.end][:300]
    if (
        _ITEM.match(one)
        or _ITEM.match(other)
        or (_JOINT.match(other) and one.rstrip().endswith((";", ",", ".")))
    ):
        return False
    if _ADDS.match(other) and (apart or not _ADDS.match(one)) and not second.said:
        return False
    if _stops(one, other) or _stops(other, one):
        return False
    if not apart:
        return True
    if _slashed(text, first) or _slashed(text, second):
        return False
    if first.sort is Sort.BLANK and second.sort is Sort.BLANK:
        return False
    if _fused(text, first, pairs) and not _fused(text, second, pairs):
        return False
    if one.rstrip().endswith(",") or (number(other) and first.sort is Sort.WORDS and not number(one)):
        return False
    return not (measure(other) and (first.sort is Sort.BLANK or number(one)) and not number(other))


def _fused(text: str, one: Inside, pairs: Sequence[Pair]) -> bool:
    """Whether a letter stands right before a bracket."""
    at = pairs[one.pair].open
    return at > 0 and text[at - 1].isalpha()


def _stops(one: str, other: str) -> bool:
    """Whether one bracket holds a stop or comma alone and the other words that do not begin with one."""
    return _PUNCTUATION.match(one) is not None and other[:1].isalnum()


def _slashed(text: str, one: Inside) -> bool:
    """Whether slashes part options inside a bracket, so that it is a place of its own."""
    return not one.children and bool(splits(text, [(one.start, one.end)], one.start, one.end))
