"""Everything about texts beside other tools: ``python -m bench.text [--peers]``.

Without ``--peers`` only programs of the machine run, and libraries show stored figures; with it (here or
after ``python -m bench``) each library runs in an environment of its own, made in the cache folder
(TRAVAUX_BENCH_CACHE) and nowhere else. A library gets TRAVAUX_BENCH_LIMIT seconds (180).
"""

from __future__ import annotations

import random
import sys
import time
from statistics import median

from tests.text.generator import case

from bench import text_compare, text_compile, text_peers
from bench.row import Row
from bench.table import printed
from travaux.text.compile import compile  # noqa: A004

_COLLATED = {20: (10, 100.0), 100: (2, 300.0)}


def rows() -> list[Row]:
    """Ours with targets, then one row a tool and case; `ours` and `peer` are seconds."""
    peers = "--peers" in sys.argv
    found = [*text_compile.rows(), *text_compare.rows()]
    ours = next(row.ours for row in found if row.unit == "s" and row.name.startswith("redline"))
    for told in text_peers.redlining(peers):
        found.append(_beside(f"redline beside {told.tool} ({_what(told)})", ours, told))
    for parties, (provisions, wanted) in _COLLATED.items():
        told = text_peers.collating(parties, provisions, peers)
        found += _collated(parties, provisions, wanted, told)
    return found


def _what(told: text_peers.Told) -> str:
    moves = "moves not counted" if told.moves is None else f"{told.moves} moves"
    words = "" if told.words is None else f", {told.words:,} words"
    return f"{moves}{words}; {told.source}"


def _beside(name: str, ours: float, told: text_peers.Told) -> Row:
    ratio = None if told.seconds is None or not ours else told.seconds / ours
    return Row(name, ours, told.seconds, ratio, "-", "s", True)


def _collated(parties: int, provisions: int, wanted: float, told: text_peers.Told) -> list[Row]:
    cases = [case(random.Random(90_000 + seed), parties).versions for seed in range(provisions)]
    spent = []
    for _ in range(3):
        start = time.process_time()
        made = [compile(versions) for versions in cases]
        spent.append((time.process_time() - start) / provisions)
    ours = median(spent)
    name = f"compile beside CollateX, {parties} parties ({told.source})"
    ratio = None if told.seconds is None else told.seconds / ours
    judged = told.source == "measured"  # a stored figure is of another machine
    target = f">= {wanted:g} x" if judged else "-"
    met = not judged or (ratio or 0) >= wanted
    found = [Row(name, ours, told.seconds, ratio, target, "s", met)]
    if told.words and judged:
        words = sum(one.counts.contested_words for one in made)
        share = words / told.words
        good = share <= 0.65 or parties != 20
        found.append(Row(f"{name}: contested words", words, told.words, share, "<= 0.65", "words", good))
    return found


if __name__ == "__main__":
    printed(rows())
