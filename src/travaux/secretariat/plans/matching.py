"""Which row of one edition is which of another: by number and text, by text, by number; likeness asks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from travaux.secretariat.plans.joining import wholes
from travaux.secretariat.plans.likeness import plain_text

if TYPE_CHECKING:
    from travaux.secretariat.plans.comparing import Promise

REWORDED: Final = 60  # of 100: under one number, texts at least so alike are one measure reworded
ASKED: Final = 72  # of 100: under different numbers, texts at least so alike are asked about
MOST: Final = 2000  # rows on either side up to which likeness is looked for


@dataclass(frozen=True, slots=True)
class Pair:
    """Row `old` of the one and `new` of the other are one measure; `by` says what shows it."""

    old: int
    new: int
    by: str


@dataclass(frozen=True, slots=True)
class Paired:
    """Pairs, rows without one on either side, and (old, new, likeness) that a person has to decide on.

    `merged` are (old rows, the new one they became), `split` (new rows, the old one they come from).
    """

    pairs: tuple[Pair, ...]
    dropped: tuple[int, ...]
    added: tuple[int, ...]
    doubts: tuple[tuple[int, int, int], ...]
    merged: tuple[tuple[tuple[int, ...], int], ...] = ()
    split: tuple[tuple[tuple[int, ...], int], ...] = ()


def pair(old: Sequence[Promise], new: Sequence[Promise]) -> Paired:
    """Each row belongs to one pair at most; nothing is paired by likeness alone."""
    free_old, free_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
    pairs: list[Pair] = []
    texts = {id(p): plain_text(p.what) for p in (*old, *new)}
    keys: tuple[tuple[str, Callable[[Promise], Hashable]], ...] = (
        ("number and text", lambda p: (p.number, texts[id(p)]) if p.number else None),
        ("text and date", lambda p: (texts[id(p)], p.due)),
        ("text", lambda p: texts[id(p)]),
    )
    for by, key in keys:
        for i, j in _unique(old, new, free_old, free_new, key):
            pairs.append(Pair(i, j, by))
            del free_old[i], free_new[j]
    merged, split = _joins(old, new, free_old, free_new)
    for i, j in _unique(old, new, free_old, free_new, lambda p: p.number or None):
        score = round(fuzz.token_sort_ratio(texts[id(old[i])], texts[id(new[j])]))
        if score >= REWORDED:
            pairs.append(Pair(i, j, "number"))
            del free_old[i], free_new[j]
    doubts = _alike(old, new, free_old, free_new, texts)
    pairs.sort(key=lambda p: p.old)
    return Paired(tuple(pairs), tuple(free_old), tuple(free_new), tuple(doubts), merged, split)


_Joins = tuple[tuple[tuple[int, ...], int], ...]


def _joins(
    old: Sequence[Promise], new: Sequence[Promise], free_old: dict[int, None], free_new: dict[int, None]
) -> tuple[_Joins, _Joins]:
    """What was merged and what was split among the rows not paired; they are free no longer."""
    if max(len(free_old), len(free_new)) > MOST:
        return (), ()
    merged = wholes({j: new[j].what for j in free_new}, {i: old[i].what for i in free_old})
    for one in merged:
        del free_new[one.whole]
        for i in one.parts:
            del free_old[i]
    split = wholes({i: old[i].what for i in free_old}, {j: new[j].what for j in free_new})
    for one in split:
        del free_old[one.whole]
        for j in one.parts:
            del free_new[j]
    return tuple((m.parts, m.whole) for m in merged), tuple((s.parts, s.whole) for s in split)


def _unique(
    old: Sequence[Promise], new: Sequence[Promise], free_old: dict[int, None], free_new: dict[int, None],
    key: Callable[[Promise], Hashable],
) -> list[tuple[int, int]]:  # fmt: skip
    """Rows with the same key that stands once on each side, or as often on both in the same order."""
    left: defaultdict[Hashable, list[int]] = defaultdict(list)
    right: defaultdict[Hashable, list[int]] = defaultdict(list)
    for free, rows, into in ((free_old, old, left), (free_new, new, right)):
        for i in free:
            if (k := key(rows[i])) not in (None, ""):
                into[k].append(i)
    return [
        (i, j)
        for k, found in left.items()
        if len(found) == len(right.get(k, ()))
        for i, j in zip(found, right[k], strict=True)
    ]


def _alike(
    old: Sequence[Promise], new: Sequence[Promise], free_old: dict[int, None], free_new: dict[int, None],
    texts: dict[int, str],
) -> list[tuple[int, int, int]]:  # fmt: skip
    """What is left and alike, the likest first: neither dropped nor added until a person says."""
    if not free_old or not free_new or max(len(free_old), len(free_new)) > MOST:
        return []
    lefts, rights = list(free_old), list(free_new)
    choices = [texts[id(new[j])] for j in rights]
    found = sorted(
        (
            (round(score), a, b)
            for a, i in enumerate(lefts)
            for _, score, b in process.extract(
                texts[id(old[i])], choices, scorer=fuzz.token_sort_ratio, score_cutoff=ASKED, limit=3
            )
        ),
        key=lambda f: (-f[0], f[1], f[2]),
    )
    used: Counter[tuple[str, int]] = Counter()
    doubts = []
    for score, a, b in found:
        if used["old", a] or used["new", b]:
            continue
        used["old", a] += 1
        used["new", b] += 1
        doubts.append((lefts[a], rights[b], score))
        del free_old[lefts[a]], free_new[rights[b]]
    return doubts
