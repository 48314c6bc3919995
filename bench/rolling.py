"""The live text, in processor time: one more wording, its page, and how still the other brackets stay."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

from tests.text.generator import case

from bench.row import Row
from travaux.text.drafting import worded
from travaux.text.live import Sheet, mark
from travaux.text.model import Bracket, Degree, Text, brackets
from travaux.text.paths import plain
from travaux.text.progress import progress
from travaux.text.rolling import Provision, Rolling
from travaux.text.settling import Level, settled

_SEED = 900_000
_PARTIES = {2: 1.5, 5: 4.0, 20: 15.0, 100: 120.0}  # parties -> limit of one more wording, ms
_BOARD = Level("board", Degree.WORDS_AGREED)


def rows() -> list[Row]:
    """The figures of the live text."""
    return [*(_one_more(n, limit) for n, limit in _PARTIES.items()), _still(), _settle_still(), _figures()]


def sheet(seed: int, parties: int) -> tuple[Sheet, str, str]:
    """A provision of 60 words in the hands of all parties but one; that party and its wording."""
    *versions, last = case(random.Random(seed), parties).versions.items()
    made = Sheet(f"k{seed}")
    for party, words in versions:
        made = worded(made, party, words, party)
    return made, *last


def _one_more(parties: int, limit: float) -> Row:
    made = [sheet(_SEED + n, parties) for n in range(20 if parties < 100 else 4)]
    took = median(_ms(partial(worded, *one, "act")) for one in made)
    told = f"live text: one more wording of 60 words, {parties} parties"
    return Row(told, took, None, None, f"<= {limit} ms", "ms", took <= limit)


def _ms(done: Callable[[], object]) -> float:
    start = process_time()
    done()
    return (process_time() - start) * 1000


def _options(text: Text) -> dict[str, frozenset[str]]:
    return {b.id: frozenset(mark(o) for o in b.options) for b in brackets(text)}


def _still() -> Row:
    """An edit beyond agreed words: the share of the other brackets that keep their id and all options."""
    agreed = " The depositary keeps a register of carriers and publishes it every year in both languages."
    same = total = 0
    for n in range(120):
        versions = {p: w + agreed for p, w in case(random.Random(_SEED + n), 5).versions.items() if w}
        before = Sheet("k")
        for party, words in versions.items():
            before = worded(before, party, words, party)
        mover = next(iter(versions))
        after = _options(
            worded(before, mover, versions[mover].replace("every year", "each spring"), "act").tree
        )
        old = _options(before.tree)
        total += len(old)
        same += sum(after.get(name) == options for name, options in old.items())
    share = 100 * same / total
    told = "live text: brackets untouched by an edit beyond agreed words"
    return Row(told, share, None, None, ">= 99 %", "%", share >= 99)


def _settle_still() -> Row:
    """A bracket settled: the share of the brackets beside it that keep their id and all options."""
    same = total = 0
    for n in range(120):
        made, party, words = sheet(_SEED + n, 5)
        made = worded(made, party, words, party)
        for bracket in [piece for piece in made.tree if isinstance(piece, Bracket)][:3]:
            done = settled(made, bracket.id, plain(bracket.options[0]), _BOARD, "act")
            assert isinstance(done, Sheet)
            inner = {b.id for b in brackets((bracket,))}
            old, new = _options(made.tree), _options(done.tree)
            beside = set(old) - inner
            total += len(beside)
            same += sum(new.get(name) == old[name] for name in beside)
    share = 100 * same / total
    told = "live text: brackets untouched by a settlement beside them"
    return Row(told, share, None, None, "100 %", "%", share == 100)


def _figures() -> Row:
    """The figures of progress of 100 provisions of 20 parties."""
    sheets = {f"u{n}": sheet(_SEED + n, 20)[0] for n in range(20)}
    units = [
        Provision(f"{name}-{k}", "a", sheets={"en": made}) for name, made in sheets.items() for k in range(5)
    ]
    text = Rolling("x", {unit.id: unit for unit in units})
    took = _ms(lambda: progress(text, "en"))
    told = "live text: progress of 100 provisions, 20 parties"
    return Row(told, took, None, None, "<= 500 ms", "ms", took <= 500)
