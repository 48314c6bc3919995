"""Two versions of a long draft with every edit and move known; same seed, same texts."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.text.generator import Edit, applied, edit, paragraph, spell

_ARTICLES, _PER_ARTICLE, _WORDS, _MOVED, _FAR = 500, 4, 58, 10, 40
_SHARE, _SPREAD = 0.02, 1.6


@dataclass(frozen=True, slots=True)
class Redline:
    """`old` and `new`, the words of the old one, how many edits were made, the paragraphs that moved."""

    old: str
    new: str
    words: int
    edits: int
    moved: tuple[str, ...]


def redline(seed: int, articles: int = _ARTICLES) -> Redline:
    """A draft of `articles` articles and its next version: words edited throughout, ten paragraphs moved."""
    rng = random.Random(seed)
    bases = [paragraph(rng, max(12, round(rng.gauss(_WORDS, 12)))) for _ in range(articles * _PER_ARTICLE)]
    old: list[str] = []
    new: list[str] = []
    edits = 0
    for k, base in enumerate(bases):
        if k % _PER_ARTICLE == 0:
            old.append(f"Article {k // _PER_ARTICLE + 1}")
            new.append(old[-1])
        made = _edits(rng, base)
        edits += len(made)
        label = f"{k % _PER_ARTICLE + 1}. "
        old.append(label + spell(base))
        new.append(label + spell(applied(base, made)))
    moved = _move(rng, new)
    words = sum(len(text.split()) for text in old)
    return Redline("\n\n".join(old) + "\n", "\n\n".join(new) + "\n", words, edits, moved)


def _edits(rng: random.Random, base: tuple[str, ...]) -> tuple[Edit, ...]:
    wanted = max(0.0, rng.gauss(len(base) * _SHARE, _SPREAD))
    chosen: list[Edit] = []
    touched = 0.0
    for _ in range(20):
        if touched >= wanted:
            break
        one = edit(rng, base)
        apart = all(one.end + 1 < other.start or other.end + 1 < one.start for other in chosen)
        if one.start and apart:
            chosen.append(one)
            touched += max(one.end - one.start, len(one.words))
    return tuple(chosen)


def _move(rng: random.Random, paragraphs: list[str]) -> tuple[str, ...]:
    moved: list[str] = []
    while len(moved) < min(_MOVED, len(paragraphs) // 50):
        here = rng.randrange(len(paragraphs))
        there = rng.randrange(len(paragraphs))
        text = paragraphs[here]
        if abs(here - there) > _FAR and len(text.split()) > 30 and text not in moved:
            paragraphs.insert(there, paragraphs.pop(here))
            moved.append(text)
    return tuple(moved)
