"""Forecasts for parties only: how likely a measure is on time, and how well such forecasts did so far.

Base rates come first: what a body and a programme did on time before, shrunk to the whole where there is
little. A forecast is shown only while its back test has skill: while it beats the plain base rate on measures
whose outcome is known (Brier score). Never shown to the public: it would be a judgement of a party's conduct.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LEAST: Final = 20  # outcomes before a back test says anything
WEIGHT: Final = 4.0  # how many outcomes the whole counts for where a body has few of its own
BINS: Final = 5


@dataclass(frozen=True, slots=True)
class Past:
    """A measure whose date has passed: `on_time` says whether it was agreed done by its first date.

    `known` is the day on which that was certain, `body` who led it, `programme` what it was under,
    `moves` how often its date had moved by then.
    """

    measure: str
    body: str
    programme: str
    due: date
    known: date
    on_time: bool
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """A measure whose date lies ahead."""

    measure: str
    body: str
    programme: str
    due: date
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Bin:
    """Of `n` forecasts around `said` (their mean), `came` is the share that came true."""

    said: float
    came: float
    n: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """How forecasts did on known outcomes, each made from what was known before its date.

    `brier` is the mean squared error, `plain` that of the overall rate, `skill` one less their ratio.
    """

    n: int
    brier: float
    plain: float
    bins: tuple[Bin, ...]

    @property
    def skill(self) -> float:
        """Above 0: better than the plain rate."""
        return 1 - self.brier / self.plain if self.plain else 0.0

    @property
    def shown(self) -> bool:
        """True where there are enough outcomes and the forecast beats the plain rate."""
        return self.n >= LEAST and self.skill > 0


def chance(coming: Coming, past: Iterable[Past]) -> float:
    """The chance that it will be on time, from outcomes known so far: 0 to 1, never either.

    The body's rate is shrunk to the programme's, the programme's to the whole, the whole to one in two; each
    time a date moved before counts as one more outcome that was late.
    """
    known = list(past)
    whole = _rate(known, 0.5, 2.0)
    programme = _rate([p for p in known if p.programme == coming.programme], whole, WEIGHT)
    body = [p for p in known if p.body == coming.body]
    hits, n = sum(p.on_time for p in body), len(body) + coming.moves
    return (hits + WEIGHT * programme) / (n + WEIGHT)


def backtest(past: Sequence[Past]) -> Backtest:
    """Forecast each outcome from those known before its date, in order of time, and compare."""
    ordered = sorted(past, key=lambda p: (p.due, p.measure))
    said: list[tuple[float, float, bool]] = []
    for one in ordered:
        before = [p for p in ordered if p.known < one.due and p.measure != one.measure]
        if len(before) < 5:
            continue
        plain = _rate(before, 0.5, 2.0)
        made = chance(Coming(one.measure, one.body, one.programme, one.due, one.moves), before)
        said.append((made, plain, one.on_time))
    n = len(said)
    if not n:
        return Backtest(0, 0.0, 0.0, ())
    brier = sum((made - came) ** 2 for made, _, came in said) / n
    plain = sum((rate - came) ** 2 for _, rate, came in said) / n
    return Backtest(n, brier, plain, _bins([(made, came) for made, _, came in said]))


def earned(dues: Iterable[date], done: int) -> date | None:
    """Earned schedule: the day by which the adopted dates expected as many measures as are agreed done."""
    ordered = sorted(dues)
    return ordered[min(done, len(ordered)) - 1] if done and ordered else None


def critical_path(
    lengths: dict[str, float], needs: dict[str, tuple[str, ...]], start: Callable[[str], float]
) -> dict[str, float]:
    """The earliest finish of each measure, in days: after all it needs, and no earlier than its own start.

    `needs` must hold no circle (see `travaux.delivery.waits`); measures in one are left out by the caller.
    """
    finish: dict[str, float] = {}
    for measure in order(lengths, needs):
        after = max((finish[n] for n in needs.get(measure, ()) if n in finish), default=0.0)
        finish[measure] = max(after, start(measure)) + lengths[measure]
    return finish


def order(lengths: Iterable[str], needs: dict[str, tuple[str, ...]]) -> list[str]:
    """Measures so that each comes after all it needs (Kahn 1962); those in a circle are left out."""
    names = sorted(lengths)
    known = set(names)
    left = {m: {n for n in needs.get(m, ()) if n in known} for m in names}
    after: dict[str, list[str]] = {m: [] for m in names}
    for measure, wanted in left.items():
        for need in wanted:
            after[need].append(measure)
    free = [m for m in names if not left[m]]
    found: list[str] = []
    while free:
        measure = free.pop()
        found.append(measure)
        for later in after[measure]:
            left[later].discard(measure)
            if not left[later]:
                free.append(later)
    return found


def _rate(known: Sequence[Past], prior: float, weight: float) -> float:
    return (sum(p.on_time for p in known) + weight * prior) / (len(known) + weight)


def _bins(said: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found = []
    for b in range(BINS):
        inside = [(m, c) for m, c in said if b / BINS <= m < (b + 1) / BINS or (b == BINS - 1 and m == 1)]
        if inside:
            n = len(inside)
            found.append(Bin(sum(m for m, _ in inside) / n, sum(c for _, c in inside) / n, n))
    return tuple(found)
