"""What a comparison says: pieces that rebuild both sides, units in reading order, changes with their places.

Offsets are characters from 0, ends exclusive; lines, columns and paragraphs count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Aspect(StrEnum):
    """What of a text differs. All but words and brackets are formal."""

    KEPT = "kept"
    WORDS = "words"
    BRACKETS = "brackets"
    NUMBERING = "numbering"
    REFERENCE = "reference"
    PUNCTUATION = "punctuation"
    TYPOGRAPHY = "typography"
    CASE = "case"
    SPACE = "space"
    PARAGRAPHS = "paragraphs"


class Fate(StrEnum):
    """What became of a paragraph; `FORMAL` is changed in form alone, `LEFT` where a moved one came from."""

    SAME = "same"
    FORMAL = "formal"
    EDITED = "edited"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    LEFT = "left"
    SPLIT = "split"
    MERGED = "merged"


_SUBSTANCE = frozenset((Aspect.WORDS, Aspect.BRACKETS))


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the old text and what stands for them in the new one; either may be empty.

    `move` is the number of a move where a whole sentence went from here (`new` empty) or came here.
    """

    old: str
    new: str
    aspect: Aspect
    move: int = 0

    @property
    def substance(self) -> bool:
        """Whether words or brackets of negotiation differ."""
        return self.aspect in _SUBSTANCE


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph (or the several of a split or merger): numbers on each side, pieces, its move."""

    fate: Fate
    old: tuple[int, ...]
    new: tuple[int, ...]
    pieces: tuple[Piece, ...] = ()
    move: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A span of one side and where it stands; an empty span is the place where words are missing."""

    start: int
    end: int
    line: int
    col: int
    paragraph: int
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind`: inserted, deleted or replaced; `whole`: a paragraph of its own; `move`: the
    number of the move it lies in, 0 outside; `acts`: the acts that caused it, where the caller knows.
    """

    kind: str
    aspect: Aspect
    substance: bool
    whole: bool
    old: str
    new: str
    at_old: Spot
    at_new: Spot
    deleted_words: int
    inserted_words: int
    move: int = 0
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Words that stand elsewhere now. `scope`: paragraph, block (several in a row) or sentence."""

    number: int
    scope: str
    at_old: Spot
    at_new: Spot
    words: int
    edited: bool
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Words of substance deleted and inserted (moved words are neither), and how many changes and moves."""

    deleted_words: int
    inserted_words: int
    moved_words: int
    substance: int
    formal: int
    moves: int
    paragraphs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two texts: `units` in the order of the new text, those that are gone
    at the place they had; `tail` what stands after the last paragraph.
    """

    units: tuple[Unit, ...]
    tail: tuple[Piece, ...]
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    tally: Tally
    labels_old: tuple[str, ...] = ()
    labels_new: tuple[str, ...] = ()


Authors: TypeAlias = Callable[[str, str], Sequence[str]] | Mapping[tuple[str, str], Sequence[str]]
"""(version, id of a unit) → ids of the acts that changed this unit on the way to that version."""


def acts_of(authors: Authors | None, version: str, unit: str) -> tuple[str, ...]:
    """The acts behind a unit; none where nobody knows or the unit has no identity."""
    if authors is None or not unit:
        return ()
    if isinstance(authors, Mapping):
        return tuple(authors.get((version, unit), ()))
    return tuple(authors(version, unit))


def old_of(comparison: Comparison) -> str:
    """The old text, exactly."""
    units = sorted((unit for unit in comparison.units if unit.old and unit.pieces), key=lambda u: u.old)
    return _joined(units, "old") + "".join(piece.old for piece in comparison.tail)


def new_of(comparison: Comparison) -> str:
    """The new text, exactly."""
    units = [unit for unit in comparison.units if unit.new]
    return _joined(units, "new") + "".join(piece.new for piece in comparison.tail)


def _joined(units: Sequence[Unit], side: str) -> str:
    return "".join(getattr(piece, side) for unit in units for piece in unit.pieces)
