"""Bracket ids carried over from a text to the text that takes its place.

Two texts are compared through the wordings that did not change: such a wording covers the same tokens in
both, so a bracket is where it was when it covers the same stretch. What is left over on both sides with the
same words has slid over words that repeat; nothing else is guessed from likeness.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from travaux.text.model import Bracket, Text, brackets, rebuild
from travaux.text.paths import Covered, covered, held_by, plain, way
from travaux.text.tokens import tokenize

_LEAST = 0.2  # of what two brackets cover together, how much both must cover
_EDGE = 0.25  # tokens a bracket reaches beyond its words, so that an empty option has a place

Move = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Carried:
    """`text` with the ids it now has. `heirs`: for each bracket before, those that stand in its place now.

    A bracket that goes on is its own first heir; one that was swallowed has the bracket that swallowed it.
    """

    text: Text
    heirs: dict[str, tuple[str, ...]]


def carry(
    old: Text, new: Text, unchanged: Iterable[tuple[str, Move | None]], fresh: Callable[[str], str]
) -> Carried:
    """`new` with the ids of `old` where a bracket is where it was; the others get ``fresh(id in new)``.

    `unchanged` names the parties whose wording is the same in both, each with None, or, where it did change,
    with a function from token boundaries before to those after.
    """
    shared = _Shared()
    for party, move in unchanged if any(brackets(old)) else ():
        before, after = way(old, held_by(party)), way(new, held_by(party))
        if before and after:
            shared.add(_moved(covered(before), move), covered(after))
    pairs = shared.pairs([b.id for b in brackets(old)], [b.id for b in brackets(new)])
    pairs |= _slid(old, new, pairs)
    back = {n: o for o, n in pairs.items()}
    ids: dict[str, str] = {}
    taken = set(back.values())
    for bracket in brackets(new):
        name = back.get(bracket.id) or fresh(bracket.id)
        while bracket.id not in back and name in taken:
            name = _next(name)
        ids[bracket.id] = name
        taken.add(name)
    heirs = {o: tuple(ids[n] for n in ns) for o, ns in shared.heirs(pairs).items()}
    return Carried(renamed(new, ids), heirs)


def _slid(old: Text, new: Text, pairs: dict[str, str]) -> dict[str, str]:
    """Brackets that slid over words that repeat: left over on both sides, in order, with the same words."""
    if len(pairs) == sum(1 for _ in brackets(old)):
        return {}
    taken = set(pairs.values())
    waiting: dict[frozenset[tuple[str, ...]], list[str]] = {}
    for bracket in brackets(new):
        if bracket.id not in taken:
            waiting.setdefault(_words(bracket), []).append(bracket.id)
    found: dict[str, str] = {}
    for bracket in brackets(old):
        left = waiting.get(_words(bracket)) if bracket.id not in pairs else None
        if left:
            found[bracket.id] = left.pop(0)
    return found


def _words(bracket: Bracket) -> frozenset[tuple[str, ...]]:
    """The words of each option, whatever their order and capitals."""
    told = (tokenize(plain(option)).keys for option in bracket.options)
    return frozenset(tuple(sorted(key.casefold() for key in keys)) for keys in told)


def renamed(text: Text, ids: dict[str, str]) -> Text:
    """`text` with other ids."""

    def name(bracket: Bracket) -> tuple[Bracket]:
        return (replace(bracket, id=ids[bracket.id]),)

    return rebuild(text, name)


def _next(name: str) -> str:
    stem, _, number = name.partition("-")
    return f"{stem}-{int(number or 1) + 1}"


def _moved(places: tuple[Covered, ...], move: Move | None) -> tuple[Covered, ...]:
    return places if move is None else tuple(Covered(c.bracket, move(c.start), move(c.end)) for c in places)


class _Shared:
    """How much of what brackets before and after cover is the same, summed over the unchanged wordings."""

    def __init__(self) -> None:
        self._both: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._old: defaultdict[str, float] = defaultdict(float)
        self._new: defaultdict[str, float] = defaultdict(float)
        self._seen: set[tuple[tuple[Covered, ...], tuple[Covered, ...]]] = set()

    def add(self, before: tuple[Covered, ...], after: tuple[Covered, ...]) -> None:
        if (before, after) in self._seen:
            return
        self._seen.add((before, after))
        for one in before:
            self._old[one.bracket] += one.end - one.start + 2 * _EDGE
        for one in after:
            self._new[one.bracket] += one.end - one.start + 2 * _EDGE
        starts = [c.start for c in after]
        reach = list(accumulate((c.end for c in after), max))
        for one in before:
            for k in range(bisect_left(reach, one.start), bisect_right(starts, one.end)):
                other = after[k]
                both = min(one.end, other.end) - max(one.start, other.start) + 2 * _EDGE
                if both > 0:
                    self._both[one.bracket, other.bracket] += both

    def pairs(self, old: list[str], new: list[str]) -> dict[str, str]:
        """Brackets before and after that are one, the surest first; each is used once."""
        ranks = {name: k for k, name in enumerate(old)}, {name: k for k, name in enumerate(new)}
        rated = []
        for (o, n), both in self._both.items():
            score = both / (self._old[o] + self._new[n] - both)
            if score >= _LEAST:
                rated.append((-round(score, 9), ranks[0][o], ranks[1][n], o, n))
        pairs: dict[str, str] = {}
        used: set[str] = set()
        for *_, o, n in sorted(rated):
            if o not in pairs and n not in used:
                pairs[o] = n
                used.add(n)
        return pairs

    def heirs(self, pairs: dict[str, str]) -> dict[str, list[str]]:
        """For each bracket before: the one that goes on, then new ones in its place, or what swallowed it."""
        heirs: dict[str, list[str]] = {o: [n] for o, n in pairs.items()}
        known = set(pairs.values())
        rated = [
            (-both / (self._old[o] + self._new[n] - both), o, n, both) for (o, n), both in self._both.items()
        ]
        for _, o, n, both in sorted(rated):
            if both <= 2 * _EDGE and o in heirs:
                continue
            if n not in known or o not in heirs:
                heirs.setdefault(o, []).append(n)
        return heirs
