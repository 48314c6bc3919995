"""How alike two stretches of words are: by the words that carry their matter, endings and order aside.

Pure and small: no dictionary, no model. A word counts by its stem (its first letters), rare words weigh more.
Likeness only ever offers a link to a person; it decides nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from math import log

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENDING = re.compile(r"(?:ing|ed|es|s)\Z")
_STEM = 5  # letters: enough to tell "signing" from "single", few enough to join "signed" and "signs"


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of one language."""

    empty: frozenset[str]
    negative: frozenset[str]
    pending: tuple[str, ...]
    done: tuple[str, ...]


@cache
def words_of(lang: str) -> Words:
    """The lists of a language; those of English for one that has none."""
    file = resources.files(__package__) / "data" / "wording.toml"
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    own = lists.get(lang) or lists["en"]
    return Words(
        frozenset(own["empty"].split()), frozenset(own["negative"]), tuple(own["pending"]), tuple(own["done"])
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """What a stretch of words is about: its stems, its figures, and whether it is turned round."""

    stems: frozenset[str]
    figures: tuple[tuple[str, str], ...]
    negative: bool


@lru_cache(maxsize=65536)
def matter(text: str, lang: str) -> Matter:
    """The matter of `text`. Figures come with the stem that follows them: ("28", "progr")."""
    lists = words_of(lang)
    found = [w.casefold().replace("ё", "е").replace("’", "'") for w in _WORD.findall(text)]
    stems = frozenset(
        stem(w) for w in found if w not in lists.empty and len(w) > 2 and not w[0].isdigit()
        and w not in lists.negative
    )  # fmt: skip
    turned = sum(w in lists.negative or w.endswith("n't") for w in found) % 2 == 1
    figures = tuple(
        (w, stem(found[n + 1])) for n, w in enumerate(found[:-1]) if _NUMBER.fullmatch(w) and len(w) < 4
        and not found[n + 1][0].isdigit()
    )  # fmt: skip
    return Matter(stems, figures, turned)


def stem(word: str) -> str:
    """The part of a word that its endings leave alone, roughly: "signed", "signs" and "signing" are one."""
    bare = _ENDING.sub("", word) if word.isascii() else word
    short = (bare if len(bare) > 2 else word)[:_STEM]
    return short[:-1] + "i" if short.endswith("y") else short


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each stem tells, from how many of the texts compared have it."""

    of: Mapping[str, float]
    unknown: float
    sums: dict[frozenset[str], float] = field(default_factory=dict, compare=False)

    @staticmethod
    def from_matters(matters: Iterable[Matter]) -> Weights:
        """Rarity over all texts: a stem in every one of them weighs next to nothing."""
        listed = list(matters)
        counts = Counter(s for m in listed for s in m.stems)
        n = len(listed) + 1
        return Weights({s: log(1 + n / c) for s, c in counts.items()}, log(1 + n))

    def total(self, stems: frozenset[str]) -> float:
        """The weight of a set of stems."""
        if stems not in self.sums:
            self.sums[stems] = sum(self.of.get(s, self.unknown) for s in stems)
        return self.sums[stems]


def likeness(a: Matter, b: Matter, weights: Weights | None = None) -> float:
    """0 to 1: the weight of the shared stems against that of the shorter text, damped where it is very
    short."""
    shared = a.stems & b.stems
    if not shared:
        return 0.0
    total: Callable[[frozenset[str]], float] = weights.total if weights else len
    one, two, both = total(a.stems), total(b.stems), total(shared)
    contained, overlap = both / min(one, two), both / (one + two - both)
    return round((contained + overlap) / 2 * min(1.0, len(shared) / 3), 3)


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of `phrases` stands in `text`, case and spacing aside."""
    plain = f" {' '.join(text.casefold().split())} "
    return any(f" {p}" in plain for p in phrases)
