"""Choosing brackets: which places to open, how wide, and what to nest.

In: wordings as strings of one character per token, with the number of their supporters. Out: a `Plan`, the
cheapest print found for the sum of a price per site, per reading, and per word inside. The work is cut into
windows between heavy shared runs; each window is solved alone, with its wordings interned again. A budget of
sub-solves bounds the time for any input; when it is spent, plainer plans, still exact, are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TypeAlias

from travaux.text.compile_align import cuts, forced_cuts, kindred, similarity

_EMPTY, _TOUCH, _NEST, _FORCED, _SLACK = 0.2, 0.3, 1.0, 0.05, 5.0
_DEPTH = 14
_LONG = 30  # wordings this long with rivals among them are aligned all at once only if all share an anchor
_KEPT = 0.8
_REACH, _WORK = 60, 400_000  # how many atoms a site may grow over; more while atoms and wordings are few
_SWEEP = (
    (0.5, 0.2, 1.5),
    (1.0, 0.4, 2.5),
    (1.5, 0.5, 3.0),
    (2.5, 0.8, 4.0),
    (3.0, 0.8, 5.0),
    (4.0, 1.0, 6.0),
)


@dataclass(frozen=True, slots=True)
class Site:
    """An open place: each option a plan and the wordings (by number) that take it."""

    options: tuple[tuple[Plan, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sub:
    """A plan over other wordings: `numbers` gives, for each wording here, its number there."""

    plan: Plan
    numbers: tuple[int, ...]


Plan: TypeAlias = tuple["str | Site | Sub", ...]
Priced: TypeAlias = tuple[float, Plan]
_Classes: TypeAlias = tuple[list[int], list[float], list[bool]]
_Grown: TypeAlias = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a site, a reading and the lightest anchor weigh, in words; `alpha` is the coarse-fine knob."""

    site: float
    reading: float
    anchor: float

    @classmethod
    def of(cls, alpha: float) -> Prices:
        """The prices that belong to `alpha`: the nearest row above it, the last row beyond the table."""
        for limit, reading, anchor in _SWEEP:
            if alpha <= limit:
                return cls(alpha, reading, anchor)
        return cls(alpha, 1.0, max(8.0, alpha))


class Solver:
    """One compile: its weights, prices, memory and budget."""

    def __init__(self, printed: Mapping[str, float], anchors: Mapping[str, float], alpha: float, size: int):
        self._printed, self._anchors = printed, anchors
        self._prices = Prices.of(alpha)
        self._left = 400 + size // 20
        self._kept = self._left * _KEPT  # of the budget, for windows: nests may not use it up
        self._known: dict[tuple[tuple[str, ...], tuple[int, ...]], Priced] = {}
        self._words: dict[str, float] = {"": 0.0}
        self._heavy: dict[str, float] = {"": 0.0}

    def words(self, reading: str) -> float:
        """Printed weight of a reading, in words."""
        if (known := self._words.get(reading)) is None:
            known = self._words[reading] = sum(map(self._printed.__getitem__, reading))
        return known

    def weight(self, reading: str) -> float:
        """Anchoring weight of a reading."""
        if (known := self._heavy.get(reading)) is None:
            known = self._heavy[reading] = sum(map(self._anchors.__getitem__, reading))
        return known

    def _price(self, reading: str) -> float:
        return self._prices.reading + self.words(reading) if reading else _EMPTY

    def _flat(self, readings: Sequence[str]) -> Priced:
        options = tuple(((reading,) if reading else (), (k,)) for k, reading in enumerate(readings))
        return self._prices.site + sum(map(self._price, readings)), (Site(options),)

    def solve(self, readings: tuple[str, ...], supporters: tuple[int, ...], depth: int = 0) -> Priced:
        """The cheapest plan found for distinct `readings`, ordered by supporters, then text."""
        if len(readings) == 1:
            return self.words(readings[0]), readings
        start, end = _common(readings)
        if start or end:
            head, tail = readings[0][:start], readings[0][len(readings[0]) - end :]
            inner = tuple(reading[start : len(reading) - end] for reading in readings)
            price, plan = self.solve(inner, supporters, depth)
            return price + self.words(head) + self.words(tail), (head, *plan, tail)
        known = self._known.get((readings, supporters))
        if known is None:
            self._known[readings, supporters] = known = self._flat(readings)
            least = 2 * (self._prices.site + self._prices.reading + _EMPTY)
            if known[0] > least and self._left > 0 and depth < _DEPTH:
                self._left -= 1
                known = self._best(readings, supporters, depth, known)
                self._known[readings, supporters] = known
        return known

    def _best(
        self, readings: tuple[str, ...], supporters: tuple[int, ...], depth: int, flat: Priced
    ) -> Priced:
        rivals = len(readings) > 2 and depth < _DEPTH - 6
        families = self._families(readings, supporters, depth) if rivals else []
        found = [flat, *families]
        pivots = self._pivots(readings, supporters)
        if families and max(map(len, readings)) >= _LONG:
            pivots = pivots if self._anchored(readings, pivots[0]) else []
        for pivot in pivots:
            found.append(self._star(readings, supporters, pivot, depth))
        best = min(found, key=lambda priced: priced[0])
        costly = len(readings) >= 5 and best[0] > 25 and len(best[1]) == 1
        if costly and not families and self._left > 0:
            best = min(best, self._forced(readings, supporters, depth), key=lambda priced: priced[0])
        return best

    def _pivots(self, readings: tuple[str, ...], supporters: tuple[int, ...]) -> list[str]:
        order = sorted(range(len(readings)), key=lambda k: (-supporters[k], -len(readings[k]), readings[k]))
        best = [readings[k] for k in order if readings[k]]
        if len(readings) > 12 or max(map(len, readings)) > 60 or len(readings) == 2:
            return best[:1]
        roots = [sqrt(count) for count in supporters]

        def score(pivot: str) -> float:
            return -sum(r * similarity(pivot, other) for r, other in zip(roots, readings, strict=True))

        return sorted(best[:5], key=score)[:2]

    def _star(self, readings: tuple[str, ...], supporters: tuple[int, ...], pivot: str, depth: int) -> Priced:
        atoms = _atoms(readings, cuts(readings, pivot, self._anchors))
        windows = self._windows(atoms)
        if len(windows) == 1:
            return self._cheapest(atoms, [0] * (len(atoms) + 1), supporters, depth)
        price, plan = 0.0, []
        for window in windows:
            more, piece = self._part(window, supporters, depth)
            price += more
            plan.append(piece)
        return price, tuple(plan)

    def _anchored(self, readings: tuple[str, ...], pivot: str) -> bool:
        """Whether all readings, rivals too, share a heavy run."""
        if not all(readings):
            return False
        atoms = _atoms(readings, cuts(readings, pivot, self._anchors))
        return any(len(set(atom)) == 1 and self.weight(atom[0]) >= self._prices.anchor for atom in atoms)

    def _windows(self, atoms: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Joined atoms: heavy shared runs apart, everything between two of them in one."""
        windows: list[tuple[str, ...]] = []
        waiting: list[tuple[str, ...]] = []
        for atom in atoms:
            if len(set(atom)) == 1 and self.weight(atom[0]) >= self._prices.anchor:
                windows += [_glued(waiting)] * bool(waiting) + [atom]
                waiting = []
            else:
                waiting.append(atom)
        return windows + [_glued(waiting)] * bool(waiting)

    def _part(
        self, parts: tuple[str, ...], supporters: tuple[int, ...], depth: int
    ) -> tuple[float, str | Sub]:
        """Solve one stretch of every wording, equal ones taken together."""
        counts: dict[str, int] = {}
        for part, count in zip(parts, supporters, strict=True):
            counts[part] = counts.get(part, 0) + count
        if len(counts) == 1:
            return self.words(parts[0]), parts[0]
        order = sorted(counts, key=lambda part: (-counts[part], part))
        price, plan = self.solve(tuple(order), tuple(counts[part] for part in order), depth + 1)
        rank = {part: k for k, part in enumerate(order)}
        return price, Sub(plan, tuple(rank[part] for part in parts))

    def _families(self, readings: tuple[str, ...], supporters: tuple[int, ...], depth: int) -> list[Priced]:
        """Texts that are alike compiled together, rival texts beside them as readings of an outer site."""
        found: dict[tuple[int, ...], int] = {}
        leaders = [k for k, reading in enumerate(readings) if reading][:2]
        for leader in leaders:
            like = tuple(k for k, r in enumerate(readings) if r and kindred(readings[leader], r))
            if 1 < len(like) < len(readings):
                found[like] = sum(supporters[k] for k in like)
        if not found:
            return []
        family = max(found, key=lambda like: (found[like], [-k for k in like]))
        inside, plan = self.solve(
            tuple(readings[k] for k in family), tuple(supporters[k] for k in family), depth + 1
        )
        rank = {k: n for n, k in enumerate(family)}
        sub = Sub(plan, tuple(rank.get(k, 0) for k in range(len(readings))))
        others = [k for k in range(len(readings)) if k not in rank]
        options = [((sub,), family), *(((readings[k],) if readings[k] else (), (k,)) for k in others)]
        rivals = sum(self._price(readings[k]) for k in others)
        price = self._prices.site + self._prices.reading + inside + _NEST + rivals
        return [(price, (Site(tuple(options)),))]

    def _forced(self, readings: tuple[str, ...], supporters: tuple[int, ...], depth: int) -> Priced:
        pivot = next(reading for reading in readings if reading)
        if sum(similarity(pivot, reading) for reading in readings) < 0.55 * len(readings):
            return self._flat(readings)
        positions, through = forced_cuts(readings, pivot, self._anchors)
        return self._cheapest(_atoms(readings, positions), through, supporters, depth)

    def _cheapest(
        self, atoms: list[tuple[str, ...]], through: list[int], supporters: tuple[int, ...], depth: int
    ) -> Priced:
        """The best way to group `atoms` into shared text and sites (dynamic programming over boundaries)."""
        atoms, through = _alike_joined(atoms, through)
        spans = self._offered(atoms, supporters, depth)
        best: list[float] = [0.0] + [float("inf")] * len(atoms)
        came: list[tuple[int, str | Sub | None, bool]] = [(0, None, False)] * (len(atoms) + 1)

        def reach(start: int, end: int, price: float, piece: str | Sub | None, site: bool) -> None:
            total = best[start] + price + (_FORCED * through[start] if start else 0.0)
            total += _TOUCH if site and came[start][2] else 0.0
            if total < best[end]:
                best[end], came[end] = total, (start, piece, site)

        told = [self._classes(atom) for atom in atoms]
        roof = self._ceilings(told)
        for start, atom in enumerate(atoms):
            for end, (price, piece) in spans.get(start, ()):
                reach(start, end, price, piece, True)
            if len(set(atom)) == 1:
                reach(start, start + 1, self.words(atom[0]), atom[0], False)
                continue
            for end, price in self._grow(told, start, best, roof):
                reach(start, end, price, None, True)
        return best[-1], self._read_back(atoms, came, supporters, depth)

    def _classes(self, atom: tuple[str, ...]) -> _Classes:
        """Wordings that hold the same part of an atom: a number per wording, then words per number."""
        numbers: dict[str, int] = {}
        classes = [numbers.setdefault(part, len(numbers)) for part in atom]
        return classes, [self.words(part) for part in numbers], [not part for part in numbers]

    def _ceilings(self, told: list[_Classes]) -> list[float]:
        """For each boundary, what it costs to get there with a site for every atom that is not shared."""
        total = [0.0]
        for _, weights, empty in told:
            total.append(total[-1] + (self._site_price(weights, empty) if len(weights) > 1 else weights[0]))
        return total

    def _site_price(self, weights: list[float], empty: list[bool]) -> float:
        bare = sum(empty)
        readings = (len(weights) - bare) * self._prices.reading + bare * _EMPTY
        return self._prices.site + sum(weights) + readings

    def _grow(self, told: list[_Classes], start: int, best: list[float], roof: list[float]) -> _Grown:
        """(end, price) of every site that begins at `start`, until it is far too dear."""
        grown: _Grown = []
        classes, weights, empty = told[start]
        shared, bare = 0.0, sum(empty)
        reach = max(_REACH, _WORK // (len(told) * len(classes)))
        for end in range(start, min(len(told), start + reach)):
            parts, heavy, nothing = told[end]
            if len(heavy) == 1:
                shared, bare = shared + heavy[0], 0
            elif end > start:
                pairs = dict.fromkeys(zip(classes, parts, strict=True))
                grown_apart = len(pairs) > len(weights)
                weights = [weights[c] + heavy[part] for c, part in pairs]
                if bare:
                    empty = [empty[c] and nothing[part] for c, part in pairs]
                    bare = sum(empty)
                if grown_apart:
                    numbers = dict(zip(pairs, range(len(pairs)), strict=True))
                    classes = list(map(numbers.__getitem__, zip(classes, parts, strict=True)))
            count = len(weights)
            price = self._prices.site + sum(weights) + shared * count
            price += (count - bare) * self._prices.reading + bare * _EMPTY
            if best[start] + price > min(best[end + 1], roof[end + 1]) + _SLACK:
                break
            if len(heavy) > 1:
                grown.append((end + 1, price))
        return grown

    def _offered(
        self, atoms: list[tuple[str, ...]], supporters: tuple[int, ...], depth: int
    ) -> dict[int, list[tuple[int, tuple[float, str | Sub]]]]:
        """Stretches of some length that one wording drops whole, solved as nests; by start."""
        spans: set[tuple[int, int]] = set()
        for parts in zip(*atoms, strict=True) if len(supporters) > 2 else ():
            start = 0
            for k in range(len(atoms) + 1):
                if k == len(atoms) or parts[k]:
                    if k - start > 1 and sum(max(map(len, atom)) for atom in atoms[start:k]) >= 5:
                        spans.add((start, k))
                    start = k + 1
        offered: dict[int, list[tuple[int, tuple[float, str | Sub]]]] = {}
        for start, end in sorted(spans - {(0, len(atoms))}, key=lambda span: (span[0] - span[1], span))[:8]:
            if self._left <= self._kept:
                break
            priced = self._part(_glued(atoms[start:end]), supporters, depth)
            offered.setdefault(start, []).append((end, priced))
        return offered

    def _refined(self, parts: tuple[str, ...], supporters: tuple[int, ...], depth: int) -> str | Sub:
        """A site as the choice of groups left it; with three readings or more, solved again by itself."""
        order = list(dict.fromkeys(parts))
        if len(order) > 2:
            return self._part(parts, supporters, depth)[1]
        return Sub(self._flat(order)[1], tuple(map(order.index, parts)))

    def _read_back(
        self,
        atoms: list[tuple[str, ...]],
        came: list[tuple[int, str | Sub | None, bool]],
        supporters: tuple[int, ...],
        depth: int,
    ) -> Plan:
        plan: list[str | Site | Sub] = []
        end = len(atoms)
        while end:
            start, piece, _ = came[end]
            plan.append(
                self._refined(_glued(atoms[start:end]), supporters, depth) if piece is None else piece
            )
            end = start
        return tuple(reversed(plan))


def _common(readings: tuple[str, ...]) -> tuple[int, int]:
    """How many tokens all readings share at the start, and then at the end."""
    low, high = min(readings), max(readings)
    start = next(
        (k for k, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high))
    )
    turned = [reading[start:][::-1] for reading in readings]
    low, high = min(turned), max(turned)
    end = next(
        (k for k, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high))
    )
    return start, end


def _glued(atoms: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(map("".join, zip(*atoms, strict=True)))


def _atoms(readings: tuple[str, ...], positions: list[tuple[int, ...]]) -> list[tuple[str, ...]]:
    """What stands between neighbouring cuts in each wording; shared neighbours are joined."""
    atoms: list[tuple[str, ...]] = []
    shared = False
    for before, after in pairwise(positions):
        atom = tuple(r[i:j] for r, i, j in zip(readings, before, after, strict=True))
        alike = atom.count(atom[0]) == len(atom)
        if alike and shared:
            atoms[-1] = (atoms[-1][0] + atom[0],) * len(atom)
        else:
            atoms.append(atom)
        shared = alike
    return atoms


def _alike_joined(
    atoms: list[tuple[str, ...]], through: list[int]
) -> tuple[list[tuple[str, ...]], list[int]]:
    """Neighbouring atoms that split the wordings the same way made one, and the boundaries that are left."""
    joined: list[tuple[str, ...]] = []
    kept = [0]
    last: list[tuple[int, bool]] = []
    for k, atom in enumerate(atoms):
        numbers: dict[str, int] = {}
        split = [(numbers.setdefault(part, len(numbers)), not part) for part in atom]
        if split == last and not through[k]:
            joined[-1] = tuple(map("".join, zip(joined[-1], atom, strict=True)))
        else:
            joined.append(atom)
            if k:
                kept.append(through[k])
        last = split if len(numbers) > 1 else []
    return joined, [*kept, 0]
