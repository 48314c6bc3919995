"""How far a rolling text has come: several figures that stand side by side, and never one score.

Counted for one language. An open point is a bracket, wherever it stands; a decision that stands in several
places is one point; brackets around a whole unit are counted apart, since they say nothing of the words
inside. Words are counted where they are printed: agreed by an act; agreed on a condition, pending capitals or
coupled to something open; shared by all wordings but agreed by nobody; inside brackets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from travaux.text.live import Agreement, Sheet
from travaux.text.model import Bracket, Degree, Position, Run, Stance, Text, brackets
from travaux.text.paths import covered, held_by, plain, token_starts, way
from travaux.text.rolling import SAME, TOGETHER, Rolling
from travaux.text.tokens import is_word, tokenize

AGREED, CONDITIONAL, SHARED, OPEN = "agreed", "conditional", "shared", "open"
STATES = (AGREED, CONDITIONAL, SHARED, OPEN)


@dataclass(frozen=True, slots=True)
class Point:
    """An open point: its `brackets` (several where one decision stands in several places), the unit of the
    first, how far it was taken, the act that opened it, and for each option its words and every stance on it.
    """

    brackets: tuple[str, ...]
    unit: str
    whole: bool
    level: str
    degree: Degree
    condition: str
    opened: str
    options: tuple[tuple[str, tuple[Position, ...]], ...]
    coupled: tuple[str, ...] = ()

    def holders(self) -> tuple[str, ...]:
        """The parties that hold it open: those whose wording stands in it, or that oppose or reserve."""
        held = (p.party for _, sides in self.options for p in sides if p.stance in _HOLDING)
        return tuple(sorted(set(held)))


_HOLDING = (Stance.SUPPORTS, Stance.FLEXIBLE_IF, Stance.SCRUTINY, Stance.OPPOSES)


@dataclass(frozen=True, slots=True)
class Progress:
    """`words` by state; `units` in all, `clean` (no bracket), `agreed` (all words agreed), and those that
    nobody but their author has spoken on. `points` are open points, `wrappers` brackets around whole units.
    """

    lang: str
    points: tuple[Point, ...]
    wrappers: tuple[Point, ...]
    words: dict[str, int]
    units: tuple[str, ...]
    clean: tuple[str, ...]
    undiscussed: tuple[str, ...]
    settled: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Words outside brackets that are in one state; `agreement` says by which settlement, if any."""

    text: str
    state: str
    agreement: Agreement | None = None


def progress(rolling: Rolling, lang: str) -> Progress:
    """The figures of a rolling text in one language."""
    sheets = [(unit, sheet) for unit, at, sheet in rolling.sheets() if at == lang]
    points = list(_points(rolling, sheets))
    words: Counter[str] = Counter(dict.fromkeys(STATES, 0))
    for _, sheet in sheets:
        words.update(counted(rolling, sheet))
    return Progress(
        lang,
        tuple(p for p in points if not p.whole),
        tuple(p for p in points if p.whole),
        dict(words),
        tuple(unit for unit, _ in sheets),
        tuple(unit for unit, sheet in sheets if not any(isinstance(p, Bracket) for p in sheet.tree)),
        tuple(unit for unit, sheet in sheets if undiscussed(sheet)),
        sum(len(sheet.agreements) for _, sheet in sheets),
    )


def undiscussed(sheet: Sheet) -> bool:
    """True where only one wording was ever handed in and nobody said anything about it."""
    spoken = sheet.taken or sheet.agreements or sheet.parked or sheet.reserved or sheet.merges
    return not spoken and len({w.name for w in sheet.witnesses if w.words}) < 2 and not sheet.opened


def counted(rolling: Rolling, sheet: Sheet) -> dict[str, int]:
    """Words of a sheet by state."""
    words: Counter[str] = Counter()
    for segments in segmented(rolling, sheet).values():
        for one in segments:
            words[one.state] += word_count(one.text)
    for piece in sheet.tree:
        if isinstance(piece, Bracket):
            words[OPEN] += word_count(" ".join(_innermost((piece,))))
    return dict(words)


def word_count(text: str) -> int:
    """Words of `text`; marks and labels are none."""
    return sum(is_word(key) for key in tokenize(text).keys)


def segmented(rolling: Rolling, sheet: Sheet) -> dict[int, tuple[Segment, ...]]:
    """For each run outside brackets (by its number among the pieces), its words cut by state."""
    runs = {n: piece.text for n, piece in enumerate(sheet.tree) if isinstance(piece, Run)}
    found: dict[int, tuple[Segment, ...]] = {n: (Segment(text, SHARED),) for n, text in runs.items()}
    best = max(sheet.witnesses, key=lambda w: sum(b - a for _, (a, b) in w.agreed), default=None)
    if best is None or not best.agreed:
        return found
    taken = way(sheet.tree, held_by(best.name))
    if taken is None:
        return found
    outer = {p.id for p in sheet.tree if isinstance(p, Bracket)}
    covers = {c.bracket: c for c in covered(taken) if c.bracket in outer}
    at = 0
    for n, piece in enumerate(sheet.tree):
        if isinstance(piece, Bracket):
            at = covers[piece.id].end
        else:
            found[n] = tuple(_cut(rolling, sheet, piece.text, at, dict_of(best.agreed)))
            at += len(token_starts(piece.text))
    return found


def dict_of(marks: tuple[tuple[int, tuple[int, int]], ...]) -> dict[int, int]:
    """For each agreed token the number of its settlement."""
    return {token: number for number, (a, b) in marks for token in range(a, b)}


def _cut(rolling: Rolling, sheet: Sheet, text: str, first: int, marks: dict[int, int]) -> Iterator[Segment]:
    starts = token_starts(text)
    begin = 0
    for k, start in enumerate(starts):
        now, before = marks.get(first + k), marks.get(first + k - 1) if k else None
        if k and now != before:
            yield _segment(rolling, sheet, text[begin:start], before)
            begin = start
    last = marks.get(first + len(starts) - 1) if starts else None
    yield _segment(rolling, sheet, text[begin:], last)


def _segment(rolling: Rolling, sheet: Sheet, text: str, number: int | None) -> Segment:
    if number is None:
        return Segment(text, SHARED)
    made = sheet.agreements[number]
    return Segment(text, state_of(rolling, made), made)


def state_of(rolling: Rolling, agreement: Agreement) -> str:
    """Whether agreed words wait for something: capitals, a condition, or a bracket they are coupled to."""
    waits = agreement.degree is not Degree.WORDS_AGREED or bool(agreement.condition)
    if not waits and agreement.bracket:
        waits = bool(waiting_for(rolling, agreement.bracket))
    return CONDITIONAL if waits else AGREED


def waiting_for(rolling: Rolling, bracket: str) -> tuple[str, ...]:
    """The open brackets that a settled one is coupled to."""
    together = (c for c in rolling.coupled(bracket) if c.sort == TOGETHER)
    found = [b[2].id for c in together for name in c.brackets if (b := rolling.locate(name))]
    return tuple(dict.fromkeys(found))


def _innermost(text: Text) -> Iterator[str]:
    """The words of options that hold no further bracket, and the runs of those that do."""
    for bracket in brackets(text):
        for option in bracket.options:
            yield "".join(piece.text for piece in option.text if isinstance(piece, Run))


def _points(rolling: Rolling, sheets: list[tuple[str, Sheet]]) -> Iterator[Point]:
    seen: set[str] = set()
    for unit, sheet in sheets:
        text = sheet.text()
        whole = text[0].id if len(text) == 1 and isinstance(text[0], Bracket) else ""
        for bracket in brackets(text):
            if bracket.id in seen:
                continue
            places = rolling.same(bracket.id)
            seen.update(places)
            links = (c for c in rolling.coupled(bracket.id) if c.sort != SAME)
            coupled = tuple(dict.fromkeys(b for c in links for b in c.brackets if b != bracket.id))
            yield Point(
                places,
                unit,
                bracket.id == whole,
                bracket.level,
                bracket.degree,
                bracket.condition,
                sheet.opened.get(bracket.id, ""),
                tuple((plain(o), o.stances) for o in bracket.options),
                coupled,
            )
