"""Whether language versions of one text say the same: structure first, nothing mended.

Units and list items, parties and other names, numbers, dates, defined terms and brackets are compared unit
by unit; each difference is given with its place on both sides. What words mean is for people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from travaux.text.compare.lines import Lines
from travaux.text.concordance.names import Name, alike, listed
from travaux.text.concordance.units import Part, paired, parts


class Sort(StrEnum):
    """What differs."""

    UNIT = "unit"
    LABEL = "label"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    TERM = "term"
    BRACKET = "bracket"


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column from 1 in one version, and the label of the unit there."""

    lang: str
    line: int
    col: int
    label: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What the `first` version says at its place and the `second` at its own; empty where it says nothing."""

    sort: Sort
    first: Place
    second: Place
    says: str
    against: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one version holds in all."""

    lang: str
    units: int
    headings: int
    items: int
    numbers: int
    dates: int
    terms: int
    brackets: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concordance:
    """Figures per version, the first one being what the others are held against, and all differences."""

    figures: tuple[Figures, ...]
    differences: tuple[Difference, ...]


def concordance(texts: Mapping[str, str]) -> Concordance:
    """The concordance of `texts`, language code → text; every version is held against the first."""
    versions = [_Version(lang, text) for lang, text in texts.items()]
    found: list[Difference] = []
    for other in versions[1:]:
        found += _Pairing(versions[0], other).differences()
    return Concordance(tuple(version.figures() for version in versions), tuple(found))


class _Version:
    """One language version with its units."""

    def __init__(self, lang: str, text: str):
        self.lang, self.text = lang, text
        self.parts = parts(text, lang)
        self._lines = Lines(text)

    def place(self, at: int, label: str) -> Place:
        return Place(self.lang, *self._lines.at(at), label)

    def names(self) -> list[Name]:
        return [name for part in self.parts for name in part.names]

    def figures(self) -> Figures:
        kinds = Counter(part.kind for part in self.parts)
        items = kinds["item"] + kinds["bullet"]
        inner = [name.written for name in self.names() if not name.begins]
        return Figures(
            self.lang,
            len(self.parts),
            len(self.parts) - kinds["text"] - items,
            items,
            sum(len(part.numbers) for part in self.parts),
            sum(len(part.dates) for part in self.parts),
            sum(len(part.terms) for part in self.parts),
            sum(part.brackets for part in self.parts),
            tuple(dict.fromkeys(inner)),
        )


class _Pairing:
    """Two versions side by side."""

    def __init__(self, one: _Version, other: _Version):
        self._one, self._other = one, other
        self._pairs = paired(one.parts, other.parts)
        self._known = _known(one, other), _known(other, one)
        self._terms: dict[str, str] = {}

    def differences(self) -> Iterator[Difference]:
        """All differences in the order of the units."""
        at = [0, 0]
        for ours, theirs in self._pairs:
            if ours is None or theirs is None:
                yield self._missing(ours, theirs, at)
            else:
                yield from self._unit(ours, theirs)
            at = [ours.end if ours else at[0], theirs.end if theirs else at[1]]

    def _missing(self, ours: Part | None, theirs: Part | None, at: Sequence[int]) -> Difference:
        first = self._one.place(ours.start if ours else at[0], ours.label if ours else "")
        second = self._other.place(theirs.start if theirs else at[1], theirs.label if theirs else "")
        says = _opening(self._one.text[ours.start : ours.end]) if ours else ""
        against = _opening(self._other.text[theirs.start : theirs.end]) if theirs else ""
        return Difference(Sort.UNIT, first, second, says, against)

    def _unit(self, ours: Part, theirs: Part) -> Iterator[Difference]:
        if (ours.kind, ours.order) != (theirs.kind, theirs.order):
            yield self._differ(Sort.LABEL, ours, theirs, ours.label, theirs.label)
        yield from self._values(Sort.DATE, ours, theirs)
        yield from self._values(Sort.NUMBER, ours, theirs)
        yield from self._named(ours, theirs)
        yield from self._defined(ours, theirs)
        if ours.brackets != theirs.brackets:
            yield self._differ(Sort.BRACKET, ours, theirs, str(ours.brackets), str(theirs.brackets))

    def _differ(
        self,
        sort: Sort,
        ours: Part,
        theirs: Part,
        says: str,
        against: str,
        at: tuple[int | None, int | None] = (None, None),
    ) -> Difference:
        first = self._one.place(ours.start if at[0] is None else at[0], ours.label)
        second = self._other.place(theirs.start if at[1] is None else at[1], theirs.label)
        return Difference(sort, first, second, says, against)

    def _values(self, sort: Sort, ours: Part, theirs: Part) -> Iterator[Difference]:
        here, there = (ours.dates, theirs.dates) if sort is Sort.DATE else (ours.numbers, theirs.numbers)
        left = Counter(v.plain for v in here) - Counter(v.plain for v in there)
        right = Counter(v.plain for v in there) - Counter(v.plain for v in here)
        if sort is Sort.NUMBER:
            left = Counter({plain: n for plain, n in left.items() if plain not in theirs.spelt})
            right = Counter({plain: n for plain, n in right.items() if plain not in ours.spelt})
        lost = [v for v in here if v.plain in left][: left.total()]
        gained = [v for v in there if v.plain in right][: right.total()]
        for k in range(max(len(lost), len(gained))):
            a = lost[k] if k < len(lost) else None
            b = gained[k] if k < len(gained) else None
            at = (a.start if a else None, b.start if b else None)
            yield self._differ(sort, ours, theirs, a.plain if a else "", b.plain if b else "", at)

    def _named(self, ours: Part, theirs: Part) -> Iterator[Difference]:
        for name in _unmatched(ours, theirs, self._known[0]):
            yield self._differ(Sort.NAME, ours, theirs, name.written, "", (name.start, None))
        for name in _unmatched(theirs, ours, self._known[1]):
            yield self._differ(Sort.NAME, ours, theirs, "", name.written, (None, name.start))

    def _defined(self, ours: Part, theirs: Part) -> Iterator[Difference]:
        """Quoted terms: as many on both sides, and one term always the same on the other side."""
        if len(ours.terms) != len(theirs.terms):
            says, against = (", ".join(term.plain for term in part.terms) for part in (ours, theirs))
            yield self._differ(Sort.TERM, ours, theirs, says, against)
            return
        for term, fellow in zip(ours.terms, theirs.terms, strict=True):
            known = self._terms.setdefault(term.plain.lower(), fellow.plain)
            if not alike_terms(known, fellow.plain):
                at = (term.start, fellow.start)
                yield self._differ(Sort.TERM, ours, theirs, term.plain, f"{fellow.plain} ≠ {known}", at)


def alike_terms(one: str, other: str) -> bool:
    """Whether two terms of one language are the same words, case endings aside."""
    words = [term.lower().split() for term in (one, other)]
    return len(words[0]) == len(words[1]) and all(map(_same_word, *words))


def _same_word(one: str, other: str) -> bool:
    stem = max(2, min(len(one), len(other)) - 3)
    return one[:stem] == other[:stem]


def _known(one: _Version, other: _Version) -> set[str]:
    """Sounds of names of `one` that ought to be in `other`: they are there somewhere, or stand in a list with
    one that is.
    """
    sounds = {name.sound for name in other.names()}
    inner = {name.sound for name in one.names() if not name.begins or name.sound.startswith("=")}
    known = {sound for sound in inner if sound.startswith("=") or any(alike(sound, s) for s in sounds)}
    beside: dict[str, set[str]] = {}
    for part in one.parts:
        for left, right in listed(one.text, part.names):
            beside.setdefault(left.sound, set()).add(right.sound)
            beside.setdefault(right.sound, set()).add(left.sound)
    waiting = list(known)
    while waiting:
        for sound in beside.get(waiting.pop(), set()) - known:
            known.add(sound)
            waiting.append(sound)
    return known


def _unmatched(ours: Part, theirs: Part, known: set[str]) -> list[Name]:
    sounds = {name.sound for name in theirs.names}
    lost: dict[str, Name] = {}
    for name in ours.names:
        if name.sound in known and not any(alike(name.sound, sound) for sound in sounds):
            lost.setdefault(name.sound, name)
    return list(lost.values())


def _opening(words: str) -> str:
    held = words.split()
    return " ".join(held[:8]) + (" …" if len(held) > 8 else "")
