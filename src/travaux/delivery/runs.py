"""Many runs over the links between measures (Monte Carlo): when each may finish, if delays are as they were.

Needs NumPy (``travaux[forecast]``). The same numbers come out for the same input and seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from travaux.delivery.forecast import order

if TYPE_CHECKING:
    import numpy

CHUNK: Final = 1_000
TOGETHER: Final = 0.3
LONGEST: Final = 5_000  # days of one delay
LATEST: Final = 27_000  # days from the first date


@dataclass(frozen=True, slots=True)
class Plan:
    """A measure for the runs: its date, and what it needs (measures, with a lag in days)."""

    measure: str
    due: date
    needs: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Finish:
    """What the runs say of a measure: the share on time, and the days by which half and 80 % of them end."""

    measure: str
    on_time: float
    half: date
    four_fifths: date


def finishes(plans: Sequence[Plan], delays: Sequence[int], runs: int = 10_000, seed: int = 0) -> list[Finish]:
    """`runs` runs; each measure ends on its date or after what it needs, plus a delay drawn from `delays`.

    `delays` are days late of measures whose outcome is known (0: on time); they are drawn partly together
    (`TOGETHER`), since what slows one body slows others. Measures in a circle of needs are left out.
    """
    import numpy as np

    by_id = {p.measure: p for p in plans}
    needs = {p.measure: tuple(n for n, _ in p.needs) for p in plans}
    ordered = order(by_id, needs)
    if not ordered or not delays:
        return []
    start = min(p.due for p in plans)
    drawn = np.sort(np.clip(np.asarray(delays, dtype=np.int16), 0, LONGEST))
    ends = np.empty((len(ordered), runs), dtype=np.int16)
    at = {measure: n for n, measure in enumerate(ordered)}
    dice = np.random.default_rng(seed)
    for first in range(0, runs, CHUNK):
        width = min(CHUNK, runs - first)
        _chunk(ends[:, first : first + width], ordered, by_id, at, drawn, start, dice)
    return [_finish(by_id[m], ends[n], start) for n, m in enumerate(ordered)]


def _finish(plan: Plan, ends: Any, start: date) -> Finish:
    import numpy as np

    last = len(ends) - 1
    ranks = (last // 2, last * 4 // 5)
    on_time = float((ends <= (plan.due - start).days).mean())
    ends.partition(ranks)
    half, fifths = (start + timedelta(days=int(np.int64(ends[rank]))) for rank in ranks)
    return Finish(plan.measure, on_time, half, fifths)


def _chunk(
    ends: Any,
    ordered: Sequence[str],
    by_id: Mapping[str, Plan],
    at: Mapping[str, int],
    drawn: numpy.ndarray[Any, Any],
    start: date,
    dice: numpy.random.Generator,
) -> None:
    """Fill in some runs: one column a run, one row a measure, in the order of needs."""
    import numpy as np

    width, last = ends.shape[1], len(drawn) - 1
    shared = dice.random(width, dtype=np.float32)
    for n, measure in enumerate(ordered):
        plan = by_id[measure]
        begin = np.full(width, (plan.due - start).days, dtype=np.int16)
        for need, lag in plan.needs:
            if need in at:
                np.maximum(begin, ends[at[need]] + lag, out=begin)
        own = dice.random(width, dtype=np.float32)
        # The lowest draws are not used for the place but for the choice to go with the others.
        picked = np.where(own < TOGETHER, shared, (own - TOGETHER) / (1 - TOGETHER))
        ends[n] = np.minimum(begin, LATEST) + drawn[(picked * last + 0.5).astype(np.int16)]
