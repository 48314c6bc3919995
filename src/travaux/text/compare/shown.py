"""A comparison as lines for a terminal: what matters first, then each changed paragraph with its place.

Marks carry the meaning (``[-deleted-]``, ``{+inserted+}``, ``→n``, ``←n``); styles only repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from travaux import messages
from travaux.text.compare.result import Aspect, Comparison, Fate, Move, Piece, Tally, Unit
from travaux.text.compare.visible import blanks, visible

Segment: TypeAlias = tuple[str, str]
"""Words and their style: empty, ``deleted``, ``inserted``, ``formal``, ``moved`` or ``place``."""
Line: TypeAlias = list[Segment]

_AROUND = 16  # words kept on each side of a change in a long paragraph
_SPLIT = re.compile(r"\s+")


def summary(tally: Tally, *, same: bool, only_substance: bool = False) -> list[str]:
    """What differs, in sentences, the most important first; `same` where nothing does."""
    if same:
        return [messages.say("compare.same")]
    lines = [messages.say("compare.none")]
    if tally.substance:
        values = {
            "deleted": tally.deleted_words,
            "inserted": tally.inserted_words,
            "changes": tally.substance,
        }
        lines = [messages.say("compare.words", values)]
    if tally.moves:
        lines.append(messages.say("compare.moves", {"moves": tally.moves, "words": tally.moved_words}))
    if tally.formal:
        lines.append(messages.say("compare.formal", {"formal": tally.formal}))
    told = ", ".join(f"{count} {_FATES[fate]()}" for fate, count in tally.paragraphs.items() if count)
    lines.append(messages.say("compare.paragraphs", {"told": told}))
    if only_substance and tally.formal:
        lines.append(messages.say("compare.hidden"))
    return lines


_FATES = {
    "same": lambda: messages.say("compare.fate_same"),
    "formal": lambda: messages.say("compare.fate_formal"),
    "edited": lambda: messages.say("compare.fate_edited"),
    "inserted": lambda: messages.say("compare.fate_inserted"),
    "deleted": lambda: messages.say("compare.fate_deleted"),
    "moved": lambda: messages.say("compare.fate_moved"),
    "split": lambda: messages.say("compare.fate_split"),
    "merged": lambda: messages.say("compare.fate_merged"),
}


def fate_word(fate: str) -> str:
    """The word for what became of a paragraph."""
    return _FATES[fate]()


def told_move(move: Move) -> str:
    """One line on a move: what, from where, to where, and whether it was edited."""
    scopes = {"block": "compare.block", "paragraph": "compare.paragraph", "sentence": "compare.sentence"}
    values = {
        "move": move.number,
        "scope": messages.say(scopes[move.scope]),
        "old": move.at_old.line,
        "new": move.at_new.line,
    }
    told = messages.say("compare.went", values)
    return messages.say("compare.edited_too", {"told": told}) if move.edited else told


def shown(comparison: Comparison, *, only_substance: bool = False) -> Iterator[Line]:
    """Lines for every paragraph that differs; runs of untouched ones are counted."""
    untouched = 0
    for unit in comparison.units:
        if not _differs(unit, only_substance):
            untouched += 1
            continue
        if untouched:
            yield [(f"… {messages.say('compare.untouched', {'count': untouched})}", "place")]
            untouched = 0
        yield [(_heading(comparison, unit), "place")]
        if unit.fate is not Fate.LEFT:
            yield from _lines(_segments(unit.pieces, only_substance))
    if untouched:
        yield [(f"… {messages.say('compare.untouched', {'count': untouched})}", "place")]
    if comparison.tail and not only_substance and comparison.tail[0].aspect is not Aspect.KEPT:
        yield from _lines(_segments(comparison.tail, only_substance))


def _differs(unit: Unit, only_substance: bool) -> bool:
    if unit.fate in (Fate.MOVED, Fate.LEFT, Fate.INSERTED, Fate.DELETED):
        return True
    inside = unit.pieces[unit.pieces[:1] != () and unit.pieces[0].aspect is Aspect.SPACE :]
    return any(piece.substance or piece.move or not only_substance for piece in inside if _marked(piece))


def _marked(piece: Piece) -> bool:
    return piece.aspect is not Aspect.KEPT or piece.move > 0


def _heading(comparison: Comparison, unit: Unit) -> str:
    old, new = "–".join(map(str, unit.old)), "–".join(map(str, unit.new))
    label = comparison.labels_new[unit.new[0] - 1] if new else comparison.labels_old[unit.old[0] - 1]
    if unit.fate is Fate.LEFT:
        place = messages.say("compare.to", {"move": unit.move, "new": destination(comparison, unit)})
    elif unit.fate is Fate.MOVED:
        place = messages.say("compare.from", {"move": unit.move, "old": old})
    elif old and new:
        place = messages.say("compare.place", {"old": old, "new": new})
    elif new:
        place = messages.say("compare.place_new", {"new": new})
    else:
        place = messages.say("compare.place_old", {"old": old})
    fate = "" if unit.fate in (Fate.LEFT, Fate.MOVED) else f" ({fate_word(unit.fate.value)})"
    return f"— {visible(label)} {place}{fate}".replace("—  ", "— ")


def destination(comparison: Comparison, left: Unit) -> str:
    """Number of the paragraph in the new text that stood where `left` is."""
    numbers = (u.new for u in comparison.units if u.new and u.move == left.move and u.old == left.old)
    return "–".join(map(str, next(numbers, ())))


def _segments(pieces: Sequence[Piece], only_substance: bool) -> Iterator[Segment]:
    for k, piece in enumerate(pieces):
        if k == 0 and piece.aspect is Aspect.SPACE and len(pieces) > 1:
            continue  # white space between two paragraphs is counted, and not drawn
        if piece.move:
            yield _travelled(piece)
        elif piece.aspect is Aspect.KEPT or (only_substance and not piece.substance):
            yield visible(_shortened(piece.new, k > 0, k + 1 < len(pieces))), ""
        else:
            yield from _change(piece)


def _travelled(piece: Piece) -> Segment:
    words, marks = (piece.old, "[-{}-]→{}") if piece.old else (piece.new, "{{+{}+}}←{}")
    told = marks.format(visible(words.strip()), piece.move)
    return words[: len(words) - len(words.lstrip())] + told + words[len(words.rstrip()) :], "moved"


def _change(piece: Piece) -> Iterator[Segment]:
    show = blanks if not (piece.old.strip() or piece.new.strip()) or piece.aspect is Aspect.SPACE else visible
    words = (piece.old or piece.new) if show is visible else ""
    lead = words[: len(words) - len(words.lstrip())]
    body = words.rstrip() or words
    trail = words[len(body) :] if not (piece.old and piece.new) else ""
    if lead:
        yield lead, ""
    styles = ("deleted", "inserted") if piece.substance else ("formal", "formal")
    for side, marks, style in ((piece.old, "[-{}-]", styles[0]), (piece.new, "{{+{}+}}", styles[1])):
        if side:
            inner = side.strip() if show is visible and side.strip() else side
            yield marks.format(show(inner)), style
    if trail:
        yield trail, ""


def _shortened(words: str, before: bool, after: bool) -> str:
    """Long unchanged words with their middle left out; words beside a change stay."""
    ends = list(_SPLIT.finditer(words))
    if len(ends) <= 3 * _AROUND:
        return words
    head = words[: ends[_AROUND].start()] if before else words[: ends[3].start()]
    tail = words[ends[-_AROUND].end() :] if after else words[ends[-3].end() :]
    return f"{head} … {tail}"


def _lines(segments: Iterable[Segment]) -> Iterator[Line]:
    """Segments broken where the text breaks; empty lines are left out."""
    line: Line = []
    for words, style in segments:
        parts = words.split("\n")
        for k, part in enumerate(parts):
            if k and any(text.strip() for text, _ in line):
                yield line
            line = [] if k else line
            line.append((part.rstrip("\r"), style))
    if any(text.strip() for text, _ in line):
        yield line
