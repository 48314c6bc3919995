"""Whole sentences that stand in another place now: deleted here, inserted there, linked as one move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from travaux.text.compare.lexicon import Lexicon
from travaux.text.compare.result import Aspect, Fate, Piece, Unit
from travaux.text.compare.words import Row, differences
from travaux.text.tokens import is_word, tokenize

_LEAST, _FAR_LEAST = 4, 6
_LIKE = 0.8
_STOPS = (".", ";", "!", "?", "。", "…")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A piece that is nothing but a whole sentence, gone or come: its unit and place among the pieces."""

    unit: int
    piece: int
    row: Row


def linked(listed: Sequence[Unit], lexicon: Lexicon, after: int) -> list[Unit]:
    """`listed` with sentences that moved marked at both ends; numbers of moves go on from `after`.

    Equal words are linked wherever they stand, if they stand there once; sentences that were edited on the
    way only within one paragraph.
    """
    gone = list(_sentences(listed, lexicon, "old"))
    come = list(_sentences(listed, lexicon, "new"))
    changed = [list(unit.pieces) for unit in listed]
    split: dict[tuple[int, int], list[Piece]] = {}
    for number, (one, other) in enumerate(_matches(gone, come), after + 1):
        inner = differences(one.row, other.row, lexicon, {})
        split[one.unit, one.piece] = [
            _one_sided(piece.old, "", piece, number) for piece in inner if piece.old
        ]
        split[other.unit, other.piece] = [
            _one_sided("", piece.new, piece, number) for piece in inner if piece.new
        ]
    for (unit, place), pieces in sorted(split.items(), reverse=True):
        changed[unit][place : place + 1] = pieces
    return [
        replace(unit, pieces=tuple(pieces)) if len(pieces) != len(unit.pieces) or _moves(pieces) else unit
        for unit, pieces in zip(listed, changed, strict=True)
    ]


def _moves(pieces: Iterable[Piece]) -> bool:
    return any(piece.move for piece in pieces)


def _one_sided(old: str, new: str, piece: Piece, number: int) -> Piece:
    aspect = Aspect.KEPT if piece.aspect is Aspect.SPACE else piece.aspect
    return Piece(old, new, aspect, number)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    done: list[Piece] = []
    for piece in pieces:
        if done and done[-1].aspect is piece.aspect:
            done[-1] = replace(piece, old=done[-1].old + piece.old, new=done[-1].new + piece.new)
        else:
            done.append(piece)
    return done


def _sentences(listed: Sequence[Unit], lexicon: Lexicon, side: str) -> Iterable[_Sentence]:
    other = "new" if side == "old" else "old"
    for k, unit in enumerate(listed):
        if unit.fate in (Fate.SAME, Fate.LEFT, Fate.INSERTED, Fate.DELETED):
            continue
        for n, piece in enumerate(unit.pieces):
            words = getattr(piece, side)
            if (
                piece.aspect is not Aspect.WORDS
                or getattr(piece, other)
                or not words.rstrip().endswith(_STOPS)
            ):
                continue
            tokens = tokenize(words)
            if sum(map(is_word, tokens.keys)) >= _LEAST:
                yield _Sentence(k, n, Row(tokens, lexicon.code(tokens.keys)))


def _matches(gone: Sequence[_Sentence], come: Sequence[_Sentence]) -> list[tuple[_Sentence, _Sentence]]:
    there: dict[str, list[_Sentence]] = {}
    here: dict[str, list[_Sentence]] = {}
    for places, sentences in ((here, gone), (there, come)):
        for sentence in sentences:
            places.setdefault(sentence.row.code, []).append(sentence)
    found = [
        (here[code][0], there[code][0])
        for code in here
        if len(here[code]) == 1
        and len(there.get(code, ())) == 1
        and (here[code][0].unit == there[code][0].unit or len(code) > _FAR_LEAST)
    ]
    taken = {(sentence.unit, sentence.piece) for pair in found for sentence in pair}
    beside: dict[int, list[_Sentence]] = {}
    for sentence in come:
        beside.setdefault(sentence.unit, []).append(sentence)
    for one in gone:
        for other in beside.get(one.unit, ()):
            free = not {(one.unit, one.piece), (other.unit, other.piece)} & taken
            if free:
                like = Indel.normalized_similarity(one.row.code, other.row.code, score_cutoff=_LIKE)
                if like:
                    found.append((one, other))
                    taken |= {(one.unit, one.piece), (other.unit, other.piece)}
    return found
