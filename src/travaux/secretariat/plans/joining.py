"""Measures merged into one, or one split into several, between two editions: told by their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from travaux.secretariat.plans.likeness import SMALL, plain_text

CONTAINED: Final = 0.8  # of a part's words that the whole has, and of the whole's that the parts have
FEWEST: Final = 2  # words of a part
_MOST: Final = 6  # parts
_STEM: Final = 5  # letters by which words of one root are the same


@dataclass(frozen=True, slots=True)
class Whole:
    """One text (`whole`) and those that say together what it says (`parts`), by their indexes."""

    whole: int
    parts: tuple[int, ...]


def wholes(whole: Mapping[int, str], parts: Mapping[int, str]) -> list[Whole]:
    """The texts of `whole` that say what several of `parts` say together; each text belongs to one at most.

    Every part lies in the whole with its words, adds a word that no other part has, and together they leave
    hardly a word of it out: nothing is paired that is merely alike.
    """
    words = {i: stems(t) for i, t in parts.items()}
    holding: dict[str, set[int]] = {}
    for i, ws in words.items():
        for w in ws:
            holding.setdefault(w, set()).add(i)
    free = set(words)
    found: list[Whole] = []
    for n, text in whole.items():
        mine = stems(text)
        near = Counter(i for w in mine for i in holding.get(w, ()) if i in free)
        inside = [
            i for i, same in near.items()
            if FEWEST <= len(words[i]) < len(mine) and same >= CONTAINED * len(words[i])
        ]  # fmt: skip
        chosen = _together(mine, sorted(inside), words)
        if chosen:
            found.append(Whole(n, chosen))
            free -= set(chosen)
    return found


def _together(
    mine: frozenset[str], inside: Sequence[int], words: Mapping[int, frozenset[str]]
) -> tuple[int, ...]:
    """The fewest parts that make up the words of a whole, () where none do or two choices are as good."""
    for size in range(2, min(len(inside), _MOST) + 1):
        fitting = list(_fitting(mine, combinations(inside[:12], size), words))
        if fitting:
            return fitting[0] if len(fitting) == 1 else ()
    return ()


def _fitting(
    mine: frozenset[str], choices: Iterable[tuple[int, ...]], words: Mapping[int, frozenset[str]]
) -> Iterator[tuple[int, ...]]:
    for chosen in choices:
        counted = Counter(w for i in chosen for w in words[i] & mine)
        own = all(any(counted[w] == 1 for w in words[i] & mine) for i in chosen)
        if own and len(counted) >= CONTAINED * len(mine):
            yield chosen


def stems(text: str) -> frozenset[str]:
    """The words of a text by their beginnings, small words aside."""
    found = re.findall(r"\w+", plain_text(text))
    return frozenset(w[:_STEM] for w in found if w not in SMALL and (len(w) > 2 or w.isdigit()))
