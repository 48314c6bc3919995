"""Changes and moves with their places, and the figures, from units."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from travaux.text.compare.lines import Lines
from travaux.text.compare.paragraphs import Draft
from travaux.text.compare.result import (
    Aspect,
    Authors,
    Change,
    Comparison,
    Fate,
    Move,
    Piece,
    Spot,
    Tally,
    Unit,
    acts_of,
)
from travaux.text.compare.words import word_count

_WHOLE = (Fate.INSERTED, Fate.DELETED)


@dataclass(slots=True)
class _Going:
    """What is known of one move while units are read."""

    scope: str = "paragraph"
    old: list[tuple[int, int]] = field(default_factory=list)
    new: list[tuple[int, int]] = field(default_factory=list)
    words: int = 0
    edited: bool = False
    units: int = 0
    acts: tuple[str, ...] = ()


class Reporter:
    """Reads units once and says where everything is."""

    def __init__(self, old: Draft, new: Draft, authors: Authors | None, versions: tuple[str, str]):
        self._old, self._new = _Places(old), _Places(new)
        self._authors, self._version = authors, versions[1]
        self._moves: dict[int, _Going] = {}
        self._changes: list[Change] = []

    def report(self, units: Sequence[Unit], tail: tuple[Piece, ...]) -> Comparison:
        """The whole comparison of the two drafts that `units` and `tail` rebuild."""
        starts = _starts(units)
        at_old = at_new = 0
        for k, unit in enumerate(units):
            if unit.old and unit.fate is not Fate.MOVED and unit.pieces:
                at_old = starts[k]
            self._unit(unit, starts[k] if unit.old and unit.pieces else at_old, at_new)
            if unit.old and unit.fate is not Fate.MOVED:
                at_old += sum(len(piece.old) for piece in unit.pieces)
            at_new += sum(len(piece.new) for piece in unit.pieces)
        end = Unit(Fate.EDITED, (), (), tail)
        self._unit(end, len(self._old.draft.text) - sum(len(piece.old) for piece in tail), at_new)
        moves = tuple(self._move(number, self._moves[number]) for number in sorted(self._moves))
        changes = tuple(self._changes)
        labels = self._old.labels, self._new.labels
        return Comparison(tuple(units), tail, changes, moves, _tally(units, changes, moves), *labels)

    def _unit(self, unit: Unit, at_old: int, at_new: int) -> None:
        acts = acts_of(self._authors, self._version, unit.id)
        if unit.fate is Fate.MOVED:
            self._moved(unit, at_old, at_new, acts)
        for piece in unit.pieces:
            if piece.aspect is not Aspect.KEPT:
                self._changes.append(self._change(unit, piece, at_old, at_new, acts))
            if piece.move:
                self._sentence(piece, at_old, at_new, acts)
            at_old += len(piece.old)
            at_new += len(piece.new)

    def _change(self, unit: Unit, piece: Piece, at_old: int, at_new: int, acts: tuple[str, ...]) -> Change:
        kind = "replaced" if piece.old and piece.new else "deleted" if piece.old else "inserted"
        counted = piece.substance
        return Change(
            kind,
            piece.aspect,
            piece.substance,
            unit.fate in _WHOLE,
            piece.old,
            piece.new,
            self._old.spot(at_old, at_old + len(piece.old)),
            self._new.spot(at_new, at_new + len(piece.new)),
            word_count(piece.old) if counted else 0,
            word_count(piece.new) if counted else 0,
            piece.move or unit.move,
            acts,
        )

    def _moved(self, unit: Unit, at_old: int, at_new: int, acts: tuple[str, ...]) -> None:
        going = self._moves.setdefault(unit.move, _Going())
        going.old.append(_trimmed(unit.pieces, "old", at_old))
        going.new.append(_trimmed(unit.pieces, "new", at_new))
        going.words += word_count("".join(piece.new for piece in unit.pieces))
        going.edited |= any(piece.substance for piece in unit.pieces)
        going.units += 1
        going.scope = "block" if going.units > 1 else "paragraph"
        going.acts = tuple(dict.fromkeys((*going.acts, *acts)))

    def _sentence(self, piece: Piece, at_old: int, at_new: int, acts: tuple[str, ...]) -> None:
        going = self._moves.setdefault(piece.move, _Going("sentence"))
        going.edited |= piece.substance
        going.acts = tuple(dict.fromkeys((*going.acts, *acts)))
        if piece.old:
            going.old.append((at_old, at_old + len(piece.old)))
        else:
            going.new.append((at_new, at_new + len(piece.new)))
            going.words += word_count(piece.new)

    def _move(self, number: int, going: _Going) -> Move:
        old = self._old.spot(min(going.old)[0], max(going.old)[1])
        new = self._new.spot(min(going.new)[0], max(going.new)[1])
        return Move(number, going.scope, old, new, going.words, going.edited, going.acts)


def _starts(units: Sequence[Unit]) -> dict[int, int]:
    """Where each unit begins in the old text, by its place in the list."""
    starts: dict[int, int] = {}
    at = 0
    for k in sorted(
        (k for k, unit in enumerate(units) if unit.old and unit.pieces), key=lambda k: units[k].old
    ):
        starts[k] = at
        at += sum(len(piece.old) for piece in units[k].pieces)
    return starts


def _trimmed(pieces: Sequence[Piece], side: str, at: int) -> tuple[int, int]:
    words = "".join(getattr(piece, side) for piece in pieces)
    start = at + len(words) - len(words.lstrip())
    return start, max(start, at + len(words.rstrip()))


def _tally(units: Iterable[Unit], changes: Sequence[Change], moves: Sequence[Move]) -> Tally:
    substance = sum(change.substance for change in changes)
    fates = Counter(unit.fate.value for unit in units if unit.fate is not Fate.LEFT)
    return Tally(
        sum(change.deleted_words for change in changes),
        sum(change.inserted_words for change in changes),
        sum(move.words for move in moves),
        substance,
        len(changes) - substance,
        len(moves),
        {fate.value: fates[fate.value] for fate in Fate if fate is not Fate.LEFT},
    )


class _Places:
    """From offsets to lines, paragraphs and labels of one side."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self._lines = Lines(draft.text)
        self._ends = [paragraph.end for paragraph in draft.paragraphs]
        self.labels = tuple(_paths(draft))

    def spot(self, start: int, end: int) -> Spot:
        """The place of a span; white space before a paragraph belongs to it."""
        words = self.draft.text[start:end]
        shown = start + len(words) - len(words.lstrip()) if words.strip() else start
        k = min(bisect_right(self._ends, shown), len(self._ends) - 1)
        if k > 0 and start == end and self._ends[k - 1] == start:
            k -= 1
        label = self.labels[k] if k >= 0 else ""
        return Spot(start, end, *self._lines.at(shown), k + 1, label)


def _paths(draft: Draft) -> Iterable[str]:
    """For each paragraph the labels it stands under: heading, number, letter."""
    held: list[tuple[int, str]] = []
    for paragraph in draft.paragraphs:
        label = paragraph.label
        if label is None:
            yield " ".join(words for _, words in held[:1])
            continue
        depth = (
            0 if label.heading else 1 if label.value[:1].isdigit() else 2 if label.value[:1].isalnum() else 3
        )
        held = [one for one in held if one[0] < depth]
        held.append((depth, draft.text[label.start : label.end]))
        yield " ".join(words for _, words in held)
