"""Where a change begins and ends: an inserted or deleted stretch that could as well stand some words to the
left or right is put where a reader expects it, at the edge of a phrase or sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int, int, int]
"""Tokens that differ: start and end in the old row, start and end in the new row (ends exclusive)."""

_REACH = 8
_JOINING = frozenset("and or but nor which that if unless et ou mais и или но а либо і або але ды".split())
_OPEN, _CLOSE = frozenset("([{«“"), frozenset(")]}»”")


def settled(
    stretches: list[Stretch], old: str, new: str, olds: Sequence[str], news: Sequence[str]
) -> list[Stretch]:
    """`stretches` with each pure insertion or deletion slid to its best place; `old` and `new` are the rows
    as one character a token, `olds` and `news` the words themselves.
    """
    done: list[Stretch] = []
    for k, (a0, a1, b0, b1) in enumerate(stretches):
        after = stretches[k + 1] if k + 1 < len(stretches) else (len(old) + 1, 0, len(new) + 1, 0)
        before = done[-1] if done else (0, -1, 0, -1)
        if a0 == a1:
            by = _best(new, news, b0, b1, b0 - before[3] - 1, after[2] - b1 - 1)
        elif b0 == b1:
            by = _best(old, olds, a0, a1, a0 - before[1] - 1, after[0] - a1 - 1)
        else:
            by = 0
        done.append((a0 + by, a1 + by, b0 + by, b1 + by))
    return done


def _best(row: str, words: Sequence[str], start: int, end: int, left: int, right: int) -> int:
    """How far to slide `start` to `end` of `row`; `left` and `right` are the most it may go."""
    low = high = 0
    while low > -min(_REACH, left) and row[start + low - 1] == row[end + low - 1]:
        low -= 1
    while high < min(_REACH, right) and row[start + high] == row[end + high]:
        high += 1
    if low == high:
        return 0
    return max(
        range(low, high + 1), key=lambda by: (_score(words[start + by : end + by]) - 0.05 * abs(by), -by)
    )


def _score(words: Sequence[str]) -> float:
    first, last = words[0], words[-1]
    score = (1.0 if first.lower() in _JOINING else 0.0) + (0.3 if first[:1].isupper() else 0.0)
    score += {".": 0.6, ";": 0.6, ",": 0.4}.get(last, -0.7 if last.lower() in _JOINING else 0.0)
    if not first[0].isalnum() and first not in _OPEN:
        score -= 0.5
    if sum(word in _OPEN for word in words) != sum(word in _CLOSE for word in words):
        score -= 1.5
    return score
