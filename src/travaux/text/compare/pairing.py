"""Which paragraph of the new text is which of the old: near linear in the length of both.

First by permanent id, then by equal words that stand once on each side, then by votes of rare triples of
words, checked by similarity; then what is left between two neighbours that stay. Labels decide nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from travaux.text.compare.lexicon import Side

_RARE, _TRIED = 6, 3
_SURE = 0.75
_LIKE = 0.5  # two paragraphs of which no more than this is common are rival texts, not one edited
_LOOSE = 0.4  # the same where both stand between the same neighbours
_FAR_WORDS, _FAR_LIKE = 6, 0.6  # less than this does not show that a paragraph went elsewhere
_FAR_SHORT, _FAR_SHORT_LIKE = 24, 0.8  # nor does less than this of a short one
_REACH = 4


@dataclass(frozen=True, slots=True)
class Pairing:
    """`partner` gives, for each new paragraph (from 0), the old one or None; `moved` the new ones that
    stand elsewhere now.
    """

    partner: tuple[int | None, ...]
    moved: frozenset[int]


def pair(old: Side, new: Side) -> Pairing:
    """The pairing of two versions; no paragraph is in two pairs."""
    found = _Found(len(old.draft.paragraphs), len(new.draft.paragraphs))
    _by_id(old, new, found)
    _by_words(old, new, found)
    _in_place(old, new, found)
    _by_votes(old, new, found)
    named = {j for j, i in found.pairs() if new.draft.paragraphs[j].id and old.draft.paragraphs[i].id}
    moved = _crossing(old, found)
    for j in [j for j in moved if j not in named and not _far(old, new, found.old_of[j], j)]:
        found.part(j)
        moved.discard(j)
    _headings(old, new, found, moved)
    _between(old, new, found, moved)
    moved |= _beside(old, new, found, moved)
    moved |= _headings(old, new, found, frozenset())
    return Pairing(tuple(found.old_of), frozenset(moved))


class _Found:
    """Pairs as they are found."""

    def __init__(self, old: int, new: int):
        self.old_of: list[int | None] = [None] * new
        self.new_of: list[int | None] = [None] * old

    def join(self, i: int, j: int) -> bool:
        if self.new_of[i] is not None or self.old_of[j] is not None:
            return False
        self.new_of[i], self.old_of[j] = j, i
        return True

    def part(self, j: int) -> None:
        i = self.old_of[j]
        self.old_of[j] = None
        if i is not None:
            self.new_of[i] = None

    def pairs(self) -> list[tuple[int, int]]:
        """(new, old) in the order of the new text."""
        return [(j, i) for j, i in enumerate(self.old_of) if i is not None]


def _free(partners: Sequence[int | None]) -> list[int]:
    return [k for k, partner in enumerate(partners) if partner is None]


def _by_id(old: Side, new: Side, found: _Found) -> None:
    places = {paragraph.id: i for i, paragraph in enumerate(old.draft.paragraphs) if paragraph.id}
    for j, paragraph in enumerate(new.draft.paragraphs):
        if paragraph.id in places:
            found.join(places[paragraph.id], j)


def _may_join(old: Side, new: Side, i: int, j: int) -> bool:
    """Two paragraphs with different permanent ids are never one."""
    one, other = old.draft.paragraphs[i].id, new.draft.paragraphs[j].id
    return not (one and other) or one == other


def _by_words(old: Side, new: Side, found: _Found) -> None:
    """Equal words; where the same words stand several times, first with first if there are as many."""
    left, right = _by_content(old, _free(found.new_of)), _by_content(new, _free(found.old_of))
    for words, here in left.items():
        there = right.get(words, [])
        if len(here) == len(there):
            for i, j in zip(here, there, strict=True):
                if _may_join(old, new, i, j):
                    found.join(i, j)


def _by_content(side: Side, among: Iterable[int]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for k in among:
        if words := side.draft.content(k):
            places.setdefault(words, []).append(k)
    return places


def _by_votes(old: Side, new: Side, found: _Found) -> None:
    places = _postings(old, _free(found.new_of))
    ratio = len(found.old_of) / max(1, len(found.new_of))
    likely: list[tuple[float, float, int, int]] = []
    for j in _free(found.old_of):
        code = new.code(j)
        for i in _elected(code, places):
            like = Indel.normalized_similarity(old.code(i), code, score_cutoff=_LIKE)
            if like and _may_join(old, new, i, j):
                likely.append((-like, abs(i * (1 / ratio if ratio else 1) - j), i, j))
    for _, _, i, j in sorted(likely):
        found.join(i, j)


def _postings(side: Side, among: Iterable[int]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for k in among:
        code = side.code(k)
        for triple in {code[n : n + 3] for n in range(len(code) - 2)}:
            known = places.setdefault(triple, [])
            if len(known) <= _RARE:
                known.append(k)
    return places


def _elected(code: str, places: Mapping[str, list[int]]) -> list[int]:
    votes: dict[int, float] = {}
    for triple in {code[n : n + 3] for n in range(len(code) - 2)}:
        known = places.get(triple)
        if known and len(known) <= _RARE:
            for i in known:
                votes[i] = votes.get(i, 0.0) + 1 / len(known)
    return sorted(votes, key=lambda i: (-votes[i], i))[:_TRIED]


def _in_place(old: Side, new: Side, found: _Found) -> None:
    """Where as many paragraphs are free on both sides between two pairs, those that are plainly the same."""
    for lefts, rights in list(_slots(found, _crossing(old, found))):
        if len(lefts) != len(rights):
            continue
        for i, j in zip(lefts, rights, strict=True):
            one, other = old.code(i), new.code(j)
            if one and Indel.normalized_similarity(one, other) >= _SURE and _may_join(old, new, i, j):
                found.join(i, j)


def _headings(old: Side, new: Side, found: _Found, moved: Collection[int]) -> set[int]:
    """A paragraph that is a label alone goes with the paragraph it stands over, unless that one moved; the
    new places that were paired.
    """
    done: set[int] = set()
    for j in range(len(found.old_of) - 2, -1, -1):
        below = found.old_of[j + 1]
        if found.old_of[j] is None and below and found.new_of[below - 1] is None and j + 1 not in moved:
            bare = not old.draft.content(below - 1) and not new.draft.content(j)
            if bare and _may_join(old, new, below - 1, j) and found.join(below - 1, j):
                done.add(j)
    return done


def _crossing(old: Side, found: _Found) -> set[int]:
    """New paragraphs that are not in the heaviest run of pairs that rises on both sides."""
    pairs = found.pairs()
    weights = [1 + old.draft.paragraphs[i].end - old.draft.paragraphs[i].body for _, i in pairs]
    stay = set(_heaviest_rise([i for _, i in pairs], weights))
    return {j for k, (j, _) in enumerate(pairs) if k not in stay}


def _heaviest_rise(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Positions of the heaviest rising subsequence of distinct `values`, in O(n log n)."""
    ends: list[int] = []  # values at which a better chain ends, rising; so do their totals
    totals: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at = bisect_right(ends, value)
        total = weight + (totals[at - 1] if at else 0)
        before.append(last[at - 1] if at else -1)
        stop = at
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[at:stop], totals[at:stop], last[at:stop] = [value], [total], [k]
    chain: list[int] = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append(k)
        k = before[k]
    return chain[::-1]


def _far(old: Side, new: Side, i: int | None, j: int) -> bool:
    """Whether a pair that crosses others has enough in common to be called moved."""
    if i is None:
        return False
    if not old.draft.content(i):
        return True  # a bare heading goes with what it stands over
    one, other = old.code(i), new.code(j)
    size = min(len(one), len(other))
    if size < _FAR_WORDS:
        return False
    return Indel.normalized_similarity(one, other) >= (_FAR_SHORT_LIKE if size < _FAR_SHORT else _FAR_LIKE)


def _between(old: Side, new: Side, found: _Found, moved: set[int]) -> None:
    """Pair what is left in the same slot, in order: near neighbours that have enough in common."""
    for lefts, rights in _slots(found, moved):
        at = 0
        ratio = len(lefts) / len(rights)
        for n, j in enumerate(rights):
            first = max(at, int(n * ratio) - _REACH)
            best = (_LOOSE, -1)
            for k in range(first, min(len(lefts), max(first, int(n * ratio)) + _REACH + 1)):
                like = _slot_likeness(old, new, lefts[k], j)
                if like > best[0] and _may_join(old, new, lefts[k], j):
                    best = (like, k)
            if best[1] >= 0:
                found.join(lefts[best[1]], j)
                at = best[1] + 1


def _beside(old: Side, new: Side, found: _Found, moved: Collection[int]) -> set[int]:
    """New places of free paragraphs that stand beside a moved one on both sides and have enough in common:
    they went with it.
    """
    done: set[int] = set()
    waiting = sorted(moved)
    while waiting:
        j = waiting.pop()
        for step in (-1, 1):
            i, k = (found.old_of[j] or 0) + step, j + step
            if not (0 <= i < len(found.new_of) and 0 <= k < len(found.old_of)):
                continue
            free = found.new_of[i] is None and found.old_of[k] is None and _may_join(old, new, i, k)
            if free and _slot_likeness(old, new, i, k) >= _LOOSE and found.join(i, k):
                done.add(k)
                waiting.append(k)
    return done


def _slot_likeness(old: Side, new: Side, i: int, j: int) -> float:
    one, other = old.code(i), new.code(j)
    if not one and not other:
        return 1.0
    return Indel.normalized_similarity(one, other)


def _slots(found: _Found, moved: set[int]) -> Iterable[tuple[list[int], list[int]]]:
    """Free old and new paragraphs that stand between the same two pairs that stay."""
    last_old = last_new = -1
    ends = [(j, i) for j, i in found.pairs() if j not in moved]
    for j, i in [*ends, (len(found.old_of), len(found.new_of))]:
        lefts = [k for k in range(last_old + 1, i) if found.new_of[k] is None]
        rights = [k for k in range(last_new + 1, j) if found.old_of[k] is None]
        if lefts and rights:
            yield lefts, rights
        last_old, last_new = i, j
