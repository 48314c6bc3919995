"""Aligning wordings to one of them, and cutting all of them at once.

A wording is a ``str`` with one character per token (see `compile_lexicon`); positions count tokens. A cut is
one position in every wording; any rising choice of cuts splits every wording without loss, whatever the
alignment is worth. Alignment is the longest common subsequence (Hyyrö's bit-parallel form, by rapidfuzz).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from rapidfuzz.distance import Indel, LCSseq, Levenshtein

Weights = Mapping[str, float]
Block = tuple[int, int, int]
"""Start in the pivot, start in the other wording, length."""

_LONG = 30_000  # above this the edit list of the subsequence would need too much memory
_NOWHERE = -1
_LIKE, _LIKE_TRIPLES, _MANY = 0.45, 0.2, 2_000
_SHORT = 6


def similarity(one: str, other: str) -> float:
    """Twice the longest common subsequence over both lengths: 0 to 1."""
    return Indel.normalized_similarity(one, other)


def kindred(one: str, other: str) -> bool:
    """Whether two wordings are versions of one text, not rivals; long ones are told by triples of tokens."""
    if one == other:
        return True
    if min(len(one), len(other)) <= _MANY:
        return Indel.normalized_similarity(one, other, score_cutoff=_LIKE) > 0
    ours, theirs = ({row[k : k + 3] for k in range(len(row) - 2)} for row in (one, other))
    return 2 * len(ours & theirs) >= _LIKE_TRIPLES * (len(ours) + len(theirs))


def align(pivot: str, other: str, weights: Weights) -> list[Block]:
    """Blocks that `pivot` and `other` share, rising in both, without stray common words in a rewrite."""
    measure = LCSseq if max(len(pivot), len(other)) <= _LONG else Levenshtein
    found = measure.editops(pivot, other).as_matching_blocks()
    blocks = [(block.a, block.b, block.size) for block in found if block.size]
    return _without_strays(_slid(blocks, pivot, other), pivot, other, weights)


def _slid(blocks: list[Block], pivot: str, other: str) -> list[Block]:
    """Push a block across a pure insertion or deletion that repeats it, where it then joins its neighbour."""
    done: list[Block] = []
    for block in blocks:
        done.append(block)
        while len(done) > 1 and (fused := _fused(done[-2], done[-1], pivot, other)):
            done[-2:] = [fused]
    return done


def _fused(left: Block, right: Block, pivot: str, other: str) -> Block | None:
    (a, b, n), (c, d, m) = left, right
    gap_pivot, gap_other = pivot[a + n : c], other[b + n : d]
    if not gap_pivot and not gap_other:
        return a, b, n + m
    if gap_pivot and gap_other:
        return None
    gap = gap_pivot or gap_other
    if n <= m and gap.endswith(pivot[a : a + n]):
        return c - n, d - n, n + m
    if m < n and gap.startswith(pivot[c : c + m]):
        return a, b, n + m
    return None


def _without_strays(blocks: list[Block], pivot: str, other: str, weights: Weights) -> list[Block]:
    """Drop short light blocks that stand between heavier changes, until none is left to drop."""
    if not any(n <= _SHORT for _, _, n in blocks):
        return blocks
    heavy = _Sums(pivot, other, weights)
    kept: list[Block] = [(0, 0, 0)]
    waiting = [(len(pivot), len(other), 0), *reversed(blocks)]
    while len(waiting) > 1:
        block = waiting.pop()
        if block[2] <= _SHORT and heavy.outweighed(kept[-1], block, waiting[-1]):
            if len(kept) > 1:
                waiting.append(kept.pop())
        else:
            kept.append(block)
    return kept[1:]


class _Sums:
    """Weights of any stretch of two wordings, by running sums."""

    def __init__(self, pivot: str, other: str, weights: Weights):
        self._pivot = list(accumulate(map(weights.__getitem__, pivot), initial=0.0))
        self._other = list(accumulate(map(weights.__getitem__, other), initial=0.0))

    def outweighed(self, before: Block, block: Block, after: Block) -> bool:
        """Whether `block` is light beside the changes on both sides, and each wording has a change there."""
        (a0, b0, n0), (a, b, n), (a1, b1, _) = before, block, after
        if (a0 + n0 == a and a + n == a1) or (b0 + n0 == b and b + n == b1):
            return False
        left = max(self._pivot[a] - self._pivot[a0 + n0], self._other[b] - self._other[b0 + n0])
        right = max(self._pivot[a1] - self._pivot[a + n], self._other[b1] - self._other[b + n])
        return self._pivot[a + n] - self._pivot[a] <= 0.8 * min(left, right)


def _positions(blocks: list[Block], length: int, other: int) -> tuple[list[int], list[int]]:
    """For each boundary of the pivot, the first and last position in the other wording that matches it."""
    low = [_NOWHERE] * (length + 1)
    high = low.copy()
    a0 = b0 = 0
    for a, b, n in [*blocks, (length, other, 0)]:
        if a0 == a:
            low[a], high[a] = b0, b
        elif b0 == b:
            low[a0 : a + 1] = high[a0 : a + 1] = [b] * (a - a0 + 1)
        else:
            low[a0] = high[a0] = b0
            low[a] = high[a] = b
        if n > 1:
            low[a + 1 : a + n] = high[a + 1 : a + n] = range(b + 1, b + n)
        a0, b0 = a + n, b + n
    return low, high


def cuts(readings: Sequence[str], pivot: str, weights: Weights) -> list[tuple[int, ...]]:
    """Legal cuts, from all starts to all ends, rising; none inside a stretch that was rewritten, and none
    between two tokens that stand together in every wording.
    """
    blocks = [align(pivot, reading, weights) for reading in readings]
    placed = [_positions(row, len(pivot), len(r)) for row, r in zip(blocks, readings, strict=True)]
    lows, highs = zip(*placed, strict=True)
    inside = _inside(blocks, len(pivot))
    found: list[tuple[int, ...]] = []
    for low, high, deep in zip(zip(*lows, strict=True), zip(*highs, strict=True), inside, strict=True):
        if deep == len(readings) or _NOWHERE in low:
            continue
        if not found or low != found[-1]:
            found.append(low)
        if high != low:
            found.append(high)
    return found


def _inside(blocks: list[list[Block]], length: int) -> list[int]:
    """For each boundary of the pivot, in how many wordings it lies within a block."""
    steps = [0] * (length + 2)
    for row in blocks:
        for a, _, n in row:
            if n > 1:
                steps[a + 1] += 1
                steps[a + n] -= 1
    return list(accumulate(steps[: length + 1]))


def forced_cuts(
    readings: Sequence[str], pivot: str, weights: Weights
) -> tuple[list[tuple[int, ...]], list[int]]:
    """Cuts that may go through rewritten stretches, in proportion; for each, through how many wordings."""
    lows, highs = _all_positions(readings, pivot, weights)
    guessed = [_filled(low) for low in lows]
    raised = [[max(pair) for pair in zip(g, h, strict=True)] for g, h in zip(guessed, highs, strict=True)]
    found: list[tuple[int, ...]] = []
    through: list[int] = []
    for k, (low, high) in enumerate(zip(zip(*guessed, strict=True), zip(*raised, strict=True), strict=True)):
        count = sum(positions[k] == _NOWHERE for positions in lows)
        for cut in (low, high):
            if not found or cut != found[-1]:
                found.append(cut)
                through.append(count)
    return found, through


def _all_positions(
    readings: Sequence[str], pivot: str, weights: Weights
) -> tuple[list[list[int]], list[list[int]]]:
    lows, highs = [], []
    for reading in readings:
        low, high = _positions(align(pivot, reading, weights), len(pivot), len(reading))
        lows.append(low)
        highs.append(high)
    return lows, highs


def _filled(positions: list[int]) -> list[int]:
    known = [k for k, position in enumerate(positions) if position != _NOWHERE]
    filled = positions.copy()
    for left, right in pairwise(known):
        for k in range(left + 1, right):
            filled[k] = positions[left] + (positions[right] - positions[left]) * (k - left) // (right - left)
    return filled
