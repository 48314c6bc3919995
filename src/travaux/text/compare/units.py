"""Groups of paragraphs as units in reading order, each with the pieces that rebuild it on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from travaux.text.compare.groups import Group
from travaux.text.compare.lexicon import Lexicon, Side
from travaux.text.compare.paragraphs import Paragraph
from travaux.text.compare.result import Aspect, Fate, Piece, Unit
from travaux.text.compare.words import Renumbered, Row, differences, heading_word
from travaux.text.tokens import BREAK, LABEL, Tokens

_APART = 3


def units(old: Side, new: Side, found: Sequence[Group], lexicon: Lexicon) -> list[Unit]:
    """All units in the order of the new text; what is gone stands where it was; moves are numbered and
    marked at both ends, neighbours that moved together under one number.
    """
    numbers = _move_numbers(found)
    renumbered = _renumbered(old, new, found)
    gone = sorted((group for group in found if not group.new or group.moved), key=lambda group: group.old)
    waiting = 0
    listed: list[Unit] = []

    def catch_up(limit: int) -> None:
        nonlocal waiting
        while waiting < len(gone) and gone[waiting].old[0] < limit:
            group = gone[waiting]
            listed.append(_left(group, numbers[id(group)]) if group.moved else _deleted(old, group))
            waiting += 1

    for group in found:
        if not group.new:
            continue
        if group.old and not group.moved:
            catch_up(group.old[0])
        listed.append(_unit(old, new, group, lexicon, renumbered, numbers.get(id(group), 0)))
        if group.old and not group.moved:
            catch_up(group.old[-1])
    catch_up(len(old.draft.paragraphs))
    return _first_gaps(listed)


def _move_numbers(found: Sequence[Group]) -> dict[int, int]:
    """A number for each group that moved; those that moved together have one, with what was inserted between
    them or taken out.
    """
    numbers: dict[int, int] = {}
    paired = {k for group in found if group.old and group.new for k in group.old}
    last: Group | None = None
    count = 0
    for group in found:
        if group.moved:
            count += last is None or not _together(last, group, paired)
            numbers[id(group)] = count
            last = group
        elif group.old and group.new:
            last = None
    return numbers


def _together(last: Group, group: Group, paired: set[int]) -> bool:
    """Whether nothing that is in both texts stands between two groups of the old one."""
    between = range(last.old[-1] + 1, group.old[0])
    return last.old[-1] < group.old[0] and len(between) <= _APART and paired.isdisjoint(between)


def _renumbered(old: Side, new: Side, found: Sequence[Group]) -> Renumbered:
    """Headings whose number changed; a number that two headings bear tells nothing."""
    seen: dict[tuple[str, str], set[str]] = {}
    for group in found:
        if group.old and group.new:
            was = old.draft.paragraphs[group.old[0]].label
            now = new.draft.paragraphs[group.new[0]].label
            if was and now and was.heading and heading_word(was.word) == heading_word(now.word):
                seen.setdefault((heading_word(was.word), was.value), set()).add(now.value)
    return {key: min(values) for key, values in seen.items() if len(values) == 1 and values != {key[1]}}


def _numbers(places: Sequence[int]) -> tuple[int, ...]:
    return tuple(k + 1 for k in places)


def _left(group: Group, move: int) -> Unit:
    return Unit(Fate.LEFT, _numbers(group.old), (), (), move)


def _deleted(old: Side, group: Group) -> Unit:
    paragraph = old.draft.paragraphs[group.old[0]]
    words = old.draft.text[paragraph.start : paragraph.end]
    return Unit(Fate.DELETED, _numbers(group.old), (), (Piece(words, "", Aspect.WORDS),), 0, paragraph.id)


def _unit(old: Side, new: Side, group: Group, lexicon: Lexicon, renumbered: Renumbered, move: int) -> Unit:
    last = new.draft.paragraphs[group.new[0]]
    if not group.old:
        words = new.draft.text[last.start : last.end]
        return Unit(Fate.INSERTED, (), _numbers(group.new), (Piece("", words, Aspect.WORDS),), 0, last.id)
    pieces = _pieces(old, new, group, lexicon, renumbered)
    fate = _edited(pieces)
    if len(group.new) > 1:
        fate = Fate.SPLIT
    elif len(group.old) > 1:
        fate = Fate.MERGED
    fate = Fate.MOVED if group.moved else fate
    name = last.id or old.draft.paragraphs[group.old[0]].id
    for side, places in ((old, group.old), (new, group.new)):
        for k in places:
            side.forget(k)
    return Unit(fate, _numbers(group.old), _numbers(group.new), tuple(pieces), move, name)


def _edited(pieces: Sequence[Piece]) -> Fate:
    """What one paragraph that stayed became by its pieces."""
    if any(piece.substance for piece in pieces):
        return Fate.EDITED
    return Fate.FORMAL if any(piece.aspect is not Aspect.KEPT for piece in pieces) else Fate.SAME


def _pieces(old: Side, new: Side, group: Group, lexicon: Lexicon, renumbered: Renumbered) -> list[Piece]:
    was, now = old.draft.paragraphs[group.old[0]], new.draft.paragraphs[group.new[0]]
    head_old, head_new = _head(old.draft.text, was), _head(new.draft.text, now)
    head = [
        Piece(one, other, Aspect.KEPT if one == other else aspect)
        for one, other, aspect in zip(
            head_old, head_new, (Aspect.SPACE, Aspect.NUMBERING, Aspect.SPACE), strict=True
        )
    ]
    if len(group.old) == len(group.new) == 1:
        words = old.draft.content(group.old[0])
        if words == new.draft.content(group.new[0]):
            return _fused([*head, Piece(words, words, Aspect.KEPT)])
    left, right = _row(old, group.old, lexicon), _row(new, group.new, lexicon)
    return _fused([*head, *differences(left, right, lexicon, renumbered)])


def _head(text: str, paragraph: Paragraph) -> tuple[str, str, str]:
    """The white space before a paragraph, its label, and the blank between label and words."""
    label = paragraph.label
    if label is None:
        return text[paragraph.start : paragraph.body], "", ""
    return text[paragraph.start : label.start], text[label.start : label.end], text[label.end : label.words]


def _row(side: Side, places: Sequence[int], lexicon: Lexicon) -> Row:
    """The words of one paragraph; of several, with breaks and labels between them as tokens."""
    if len(places) == 1:
        return Row(side.tokens(places[0]), side.code(places[0]))
    surfaces: list[str] = []
    keys: list[str] = []
    gaps: list[str] = [""]
    for n, k in enumerate(places):
        if n:
            start, label, blank = _head(side.draft.text, side.draft.paragraphs[k])
            for surface, key, gap in ((start, BREAK, ""), (label, LABEL, blank)):
                if surface or key is BREAK:
                    surfaces.append(surface)
                    keys.append(key)
                    gaps.append(gap)
        held = side.tokens(k)
        gaps[-1] += held.gaps[0]
        surfaces += held.surfaces
        keys += held.keys
        gaps += held.gaps[1:]
    return Row(Tokens(tuple(surfaces), tuple(keys), tuple(gaps)), lexicon.code(keys))


def _fused(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without empty ones, neighbours that are kept made one."""
    done: list[Piece] = []
    for piece in pieces:
        if not piece.old and not piece.new:
            continue
        if done and done[-1].aspect is piece.aspect is Aspect.KEPT:
            words = done[-1].old + piece.old
            done[-1] = Piece(words, words, Aspect.KEPT)
        else:
            done.append(piece)
    return done


def _first_gaps(listed: list[Unit]) -> list[Unit]:
    """Where something now stands before the first paragraph, or no longer does, the break between the two
    goes with what is new or gone, and is no change of its own.
    """
    for k, unit in enumerate(listed):
        if not (unit.old and unit.new) or not unit.pieces:
            continue
        first, before = unit.pieces[0], listed[k - 1] if k else None
        if before is None or first.aspect is not Aspect.SPACE or unit.fate is Fate.MOVED:
            return listed
        if unit.old[0] == 1 and first.old == "" and before.fate is Fate.INSERTED:
            listed[k - 1] = _longer(before, "", first.new)
        elif unit.new[0] == 1 and first.new == "" and before.fate is Fate.DELETED:
            listed[k - 1] = _longer(before, first.old, "")
        else:
            return listed
        fate = _edited(unit.pieces[1:]) if unit.fate in (Fate.FORMAL, Fate.EDITED) else unit.fate
        listed[k] = Unit(fate, unit.old, unit.new, unit.pieces[1:], unit.move, unit.id)
        return listed
    return listed


def _longer(unit: Unit, old: str, new: str) -> Unit:
    piece = unit.pieces[0]
    longer = Piece(piece.old + old, piece.new + new, piece.aspect)
    return Unit(unit.fate, unit.old, unit.new, (longer,), unit.move, unit.id)
