"""Compile: time per provision, and contested words beside what a clerk who saw every edit would print.

The provisions come from the tests' generator with seeds that no test uses. Processor time of
one core; no peer is run here.
"""

from __future__ import annotations

import random
from statistics import median
from time import process_time

from tests.text.generator import NOUNS, Case, Edit, applied, case, edit, oracle, paragraph, spell

from bench.row import Row
from travaux.text.compile import Compiled, compile  # noqa: A004

_LIMITS = {2: (200, 0.5), 5: (200, 1.5), 20: (100, 5.0), 100: (20, 35.0)}
_JOINTS = ["of the", "and the", "in the", "to the", "for a", "by the"]


def rows() -> list[Row]:
    """Each case of the compile with its target; times in milliseconds, one core."""
    found: list[Row] = []
    for parties, (count, limit) in _LIMITS.items():
        cases = [case(random.Random(90_000 + seed), parties) for seed in range(count)]
        took, made = _timed(cases)
        found.append(_within(f"compile, 60 words, {parties} parties", took, limit))
        if parties == 20:
            found.append(_quality(cases, made))
    found += [_within(f"compile, {name}", _median([versions]), limit) for name, versions, limit in _large()]
    few = compile(_few(random.Random(91_001))).counts.contested_words
    found.append(
        Row("contested words, 5,000 words out of few", few, None, None, "<= 2500", "words", few <= 2500)
    )
    found.append(_within("compile, 500 provisions, 193 parties in 12 wordings", _median(_blocs()), 5000.0))
    return found


def _timed(cases: list[Case]) -> tuple[float, list[Compiled]]:
    """Milliseconds a case and what came out: the median of three rounds, after one that is not counted."""
    made = [compile(one.versions) for one in cases]
    return _median([one.versions for one in cases]) / len(cases), made


def _median(provisions: list[dict[str, str]]) -> float:
    took = []
    for _ in range(3):
        start = process_time()
        for versions in provisions:
            compile(versions)
        took.append((process_time() - start) * 1000)
    return median(took)


def _within(name: str, took: float, limit: float) -> Row:
    return Row(name, round(took, 2), None, None, f"<= {limit} ms", "ms", took <= limit)


def _quality(cases: list[Case], made: list[Compiled]) -> Row:
    ours = sum(one.counts.contested_words for one in made)
    truth = sum(oracle(one)[1] for one in cases)
    ratio = ours / truth
    return Row(
        "contested words, 20 parties, peer = oracle", ours, truth, ratio, "<= 1.2", "words", ratio <= 1.2
    )


def _large() -> list[tuple[str, dict[str, str], float]]:
    rng = random.Random(91_000)
    base = paragraph(rng, 60)
    private = {f"P{k}": spell(applied(base, _apart(rng, base, 3))) for k in range(193)}
    rivals = {f"P{k}": spell(paragraph(rng, 60)) for k in range(193)}
    return [
        ("60 words, 193 parties with edits of their own", private, 500.0),
        ("60 words, 193 unrelated texts", rivals, 500.0),
        ("5,000 words out of few, 5 versions", _few(rng), 300.0),
    ]


def _few(rng: random.Random) -> dict[str, str]:
    """One paragraph of 5,000 words, few of them distinct, in five versions with 120 edits each."""
    few: list[str] = []
    while len(few) < 5000:
        few += [*rng.choice(_JOINTS).split(), rng.choice(NOUNS[:12])]
    words = tuple(few[:5000])
    return {f"P{k}": spell(applied(words, _spread(rng, words, 120))) for k in range(5)}


def _blocs() -> list[dict[str, str]]:
    """500 provisions of 60 words, each in some twelve wordings that 193 parties share out."""
    rng = random.Random(92_000)
    provisions = []
    for _ in range(500):
        base = paragraph(rng, 60)
        wordings = [spell(applied(base, _apart(rng, base, rng.choice([0, 1, 1, 2, 3])))) for _ in range(12)]
        provisions.append({f"P{k}": rng.choice(wordings) for k in range(193)})
    return provisions


def _apart(rng: random.Random, base: tuple[str, ...], count: int) -> tuple[Edit, ...]:
    chosen: list[Edit] = []
    for _ in range(count):
        one = edit(rng, base)
        if all(one.end < other.start or other.end < one.start for other in chosen):
            chosen.append(one)
    return tuple(chosen)


def _spread(rng: random.Random, base: tuple[str, ...], count: int) -> tuple[Edit, ...]:
    starts = sorted(rng.sample(range(0, len(base) - 6, 8), count))
    return tuple(Edit(k, k + rng.randint(0, 4), (rng.choice(NOUNS),)) for k in starts)
