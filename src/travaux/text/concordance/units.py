"""The units of one language version with what can be counted in each, and units of two versions in pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

from travaux.text.compare.labels import Label
from travaux.text.compare.paragraphs import draft
from travaux.text.concordance.dates import Value, dates, numbers, spelt
from travaux.text.concordance.names import Name, names

_CLASSES = {
    "article": "article art статья ст артыкул арт",
    "section": "section sec раздел раздзел",
    "chapter": "chapter chapitre глава",
    "part": "part partie часть частка",
    "annex": "annex annexe appendix appendice schedule приложение дадатак",
    "title": "title titre",
    "clause": "clause paragraph para paragraphe пункт",
}
_CLASS = {word: name for name, words in _CLASSES.items() for word in words.split()}
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя")
_QUOTED = re.compile(r"“([^”\n]{1,80})”|«([^»\n]{1,80})»|„([^“”\n]{1,80})[“”]|\"([^\"\n]{1,80})\"")
_GAP, _CELLS = 0.9, 400_000


@dataclass(frozen=True, slots=True)
class Part:
    """One unit: `kind` (article, item, bullet, text …), `order` (what it counts by, alike in all scripts),
    the span of its words, and what it holds. Offsets count in the whole text.
    """

    kind: str
    order: str
    label: str
    start: int
    end: int
    dates: tuple[Value, ...]
    numbers: tuple[Value, ...]
    spelt: frozenset[str]
    terms: tuple[Value, ...]
    names: tuple[Name, ...]
    brackets: int

    @property
    def figures(self) -> frozenset[str]:
        """Dates and numbers in plain form."""
        return frozenset(value.plain for value in (*self.dates, *self.numbers))


def parts(text: str, lang: str) -> list[Part]:
    """The units of `text`, one a paragraph, in order."""
    found = []
    for paragraph in draft(text).paragraphs:
        kind, order = _class(paragraph.label)
        label = text[paragraph.label.start : paragraph.label.end] if paragraph.label else ""
        words = text[paragraph.words : paragraph.end]
        at = paragraph.words
        when = dates(words, lang)
        held = numbers(words, lang, when)
        found.append(
            Part(
                kind,
                order,
                label,
                paragraph.body,
                paragraph.end,
                tuple(Value(v.plain, v.start + at, v.end + at) for v in when),
                tuple(Value(v.plain, v.start + at, v.end + at) for v in held),
                frozenset(spelt(words, lang)),
                tuple(
                    Value(next(filter(None, m.groups())), m.start() + at, m.end() + at)
                    for m in _QUOTED.finditer(words)
                ),
                tuple(
                    Name(n.written, n.sound, n.start + at, n.end + at, n.begins) for n in names(words, lang)
                ),
                words.count("["),
            )
        )
    return found


def _class(label: Label | None) -> tuple[str, str]:
    if label is None:
        return "text", ""
    if label.heading:
        return _CLASS.get(label.word, label.word), label.value.upper()
    value = label.value.lower()
    if not value[:1].isalnum():
        return "bullet", ""
    for alphabet in _ALPHABETS:
        if len(value) == 1 and value in alphabet:
            return "item", str(alphabet.index(value) + 1)
    return "item", value


def paired(one: list[Part], other: list[Part]) -> list[tuple[Part | None, Part | None]]:
    """Units of two versions in pairs, in order; None stands where a unit has no fellow.

    Kinds and labels decide, figures and length help; beyond some 600 units a side, pairs go by position
    between units that have the same heading.
    """
    if len(one) * len(other) <= _CELLS:
        return _aligned(one, other)
    found: list[tuple[Part | None, Part | None]] = []
    for ours, theirs in _chapters(one, other):
        small = len(ours) * len(theirs) <= _CELLS
        found += _aligned(ours, theirs) if small else _side_by_side(ours, theirs)
    return found


def _chapters(one: list[Part], other: list[Part]) -> list[tuple[list[Part], list[Part]]]:
    """Stretches between headings that both sides have, each once."""
    marks = [_headings(side) for side in (one, other)]
    shared = [key for key in marks[0] if key in marks[1]]
    stretches, a, b = [], 0, 0
    for key in shared:
        i, j = marks[0][key], marks[1][key]
        if i >= a and j >= b:
            stretches.append((one[a:i], other[b:j]))
            a, b = i, j
    return [*stretches, (one[a:], other[b:])]


def _headings(side: list[Part]) -> dict[tuple[str, str], int]:
    places: dict[tuple[str, str], list[int]] = {}
    for k, part in enumerate(side):
        if part.kind not in ("text", "item", "bullet"):
            places.setdefault((part.kind, part.order), []).append(k)
    return {key: where[0] for key, where in places.items() if len(where) == 1}


def _side_by_side(one: list[Part], other: list[Part]) -> list[tuple[Part | None, Part | None]]:
    longest = max(len(one), len(other))
    padded = [[*side, *[None] * (longest - len(side))] for side in (one, other)]
    return list(zip(*padded, strict=True))


def _aligned(one: list[Part], other: list[Part]) -> list[tuple[Part | None, Part | None]]:
    """The cheapest pairing in order (dynamic programming)."""
    width = len(other) + 1
    cost = [k * _GAP for k in range(width)]
    steps: list[bytearray] = [bytearray(b"\2" * width)]
    for part in one:
        row, step = [cost[0] + _GAP], bytearray(b"\1" * width)
        for j, fellow in enumerate(other, 1):
            best, way = cost[j - 1] + _unlike(part, fellow), 0
            if cost[j] + _GAP < best:
                best, way = cost[j] + _GAP, 1
            if row[j - 1] + _GAP < best:
                best, way = row[j - 1] + _GAP, 2
            row.append(best)
            step[j] = way
        cost = row
        steps.append(step)
    pairs: list[tuple[Part | None, Part | None]] = []
    i, j = len(one), len(other)
    while i or j:
        way = steps[i][j]
        i, j = i - (way != 2), j - (way != 1)
        pairs.append((one[i] if way != 2 else None, other[j] if way != 1 else None))
    return pairs[::-1]


def _unlike(one: Part, other: Part) -> float:
    price = 0.0 if one.kind == other.kind else 1.2
    if one.kind == other.kind and one.order != other.order:
        price += 0.6
    if figures := one.figures | other.figures:
        price += 0.5 * (1 - len(one.figures & other.figures) / len(figures))
    ratio = (one.end - one.start + 10) / (other.end - other.start + 10)
    return price + min(1.0, 0.4 * abs(log(ratio)))
