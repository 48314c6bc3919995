"""The bracketed text: frozen, typed, sharing structure, of any depth.

``Text`` is a tuple of `Run` (words that are in no bracket at this level) and `Bracket`. Strings are literal:
joining the runs and one option of each bracket gives a wording, with nothing added between pieces. Every
function here goes through nested brackets with a stack of its own, so depth has no limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What lifting a bracket does: choose one, add words, drop words, only release, or fill in a value."""

    ALTERNATIVES = "alternatives"
    INSERTION = "insertion"
    DELETION = "deletion"
    PARKED = "parked"
    BLANK = "blank"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """How a party stands to one option. Silence is not in the list: it is no stance."""

    SUPPORTS = "supports"
    NO_OBJECTION = "no_objection"
    FLEXIBLE_IF = "flexible_if"
    CONSIDERING = "considering"
    SCRUTINY = "scrutiny"
    OPPOSES = "opposes"


class Degree(StrEnum):
    """How far a text is agreed, from nothing said to closed in the room; the empty degree is unknown."""

    UNKNOWN = ""
    NOT_DISCUSSED = "not_discussed"
    DISCUSSED = "discussed"
    PROPOSED = "proposed"
    AIM_AGREED = "aim_agreed"
    WORDS_AGREED = "words_agreed"
    AD_REF = "ad_ref"


@dataclass(frozen=True, slots=True)
class Position:
    """One party's stance on one option; `note` is its condition or sort of reservation, `act` its ground."""

    party: str
    stance: Stance = Stance.SUPPORTS
    note: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Literal words outside the brackets of its level."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One thing a bracket could become; an empty `text` is the position that nothing stands here."""

    text: Text
    stances: tuple[Position, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that support this option, in the order of `stances`."""
        return tuple(held.party for held in self.stances if held.stance is Stance.SUPPORTS)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Option):
            return NotImplemented
        return self.stances == other.stances and list(walk(self.text)) == list(walk(other.text))

    def __hash__(self) -> int:
        return hash((self.stances, tuple(walk(self.text))))


@dataclass(frozen=True, slots=True, eq=False)
class Bracket:
    """A place that is open. `id` is permanent; `level` is the body that dealt with it last."""

    id: str
    options: tuple[Option, ...]
    kind: Kind = Kind.UNKNOWN
    level: str = ""
    degree: Degree = Degree.UNKNOWN
    condition: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bracket) and list(walk((self,))) == list(walk((other,)))

    def __hash__(self) -> int:
        return hash(tuple(walk((self,))))


Piece: TypeAlias = Run | Bracket
Text: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision: a permanent `id`, a derived `label` ("3 bis"), a text per language, the units under it."""

    id: str
    label: str = ""
    texts: tuple[tuple[str, Text], ...] = ()
    units: tuple[Unit, ...] = ()

    def text(self, lang: str) -> Text | None:
        """The text in `lang`, or None where there is none."""
        return dict(self.texts).get(lang)


@dataclass(frozen=True, slots=True)
class Coupling:
    """Brackets decided together (`exclusive` False), or of which at most one may stay (`exclusive` True)."""

    brackets: tuple[str, ...]
    exclusive: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Macro:
    """One decision that stands in many places: settling one bracket settles all of them."""

    name: str
    brackets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opens:
    """`walk` enters a bracket: everything about it but its options."""

    id: str
    kind: Kind
    level: str
    degree: Degree
    condition: str


@dataclass(frozen=True, slots=True)
class Begins:
    """`walk` enters an option."""

    stances: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """`walk` leaves an option."""


@dataclass(frozen=True, slots=True)
class Closes:
    """`walk` leaves a bracket."""


Event: TypeAlias = Run | Opens | Begins | Ends | Closes


def walk(text: Text) -> Iterator[Event]:
    """All of `text` in reading order, nested brackets between `Opens` and `Closes`, options between
    `Begins` and `Ends`.
    """
    stack: list[Piece | Option | Event] = list(reversed(text))
    while stack:
        item = stack.pop()
        if isinstance(item, Bracket):
            yield Opens(item.id, item.kind, item.level, item.degree, item.condition)
            stack.append(Closes())
            stack.extend(reversed(item.options))
        elif isinstance(item, Option):
            yield Begins(item.stances)
            stack.append(Ends())
            stack.extend(reversed(item.text))
        else:
            yield item


def build(events: Iterable[Event]) -> Text:
    """The text whose `walk` gives `events`. Unbalanced events are a programming error (``IndexError``)."""
    levels: list[list[Piece]] = [[]]
    heads: list[Opens] = []
    options: list[list[Option]] = []
    stances: list[tuple[Position, ...]] = []
    for event in events:
        match event:
            case Run():
                levels[-1].append(event)
            case Opens():
                heads.append(event)
                options.append([])
            case Begins():
                stances.append(event.stances)
                levels.append([])
            case Ends():
                options[-1].append(Option(tuple(levels.pop()), stances.pop()))
            case Closes():
                head = heads.pop()
                made = tuple(options.pop())
                levels[-1].append(Bracket(head.id, made, head.kind, head.level, head.degree, head.condition))
    return tuple(levels[0])


def brackets(text: Text) -> Iterator[Bracket]:
    """Every bracket of `text`, outer before inner, in reading order."""
    stack: list[Piece] = list(reversed(text))
    while stack:
        piece = stack.pop()
        if isinstance(piece, Bracket):
            yield piece
            for option in reversed(piece.options):
                stack.extend(reversed(option.text))


def rebuild(text: Text, change: Callable[[Bracket], Iterable[Piece]]) -> Text:
    """`text` with every bracket replaced by what `change` makes of it, inner brackets first.

    `change` gets a bracket whose options hold changed pieces already; touching runs are joined.
    """
    levels: list[list[Piece]] = [[]]
    work: list[Piece | Option | tuple[Bracket, list[Option]] | tuple[Option, list[Option]]] = list(
        reversed(text)
    )
    made: list[list[Option]] = []
    while work:
        item = work.pop()
        if isinstance(item, Run):
            levels[-1].append(item)
        elif isinstance(item, Bracket):
            if _plain(item):
                levels[-1].extend(change(item))
                continue
            made.append([])
            work.append((item, made[-1]))
            work.extend(reversed(item.options))
        elif isinstance(item, Option):
            levels.append([])
            work.append((item, made[-1]))
            work.extend(reversed(item.text))
        else:
            whole, options = item
            if isinstance(whole, Option):
                options.append(Option(joined(levels.pop()), whole.stances))
            else:
                inner = tuple(made.pop())
                same = whole.kind, whole.level, whole.degree, whole.condition
                levels[-1].extend(change(Bracket(whole.id, inner, *same)))
    return joined(levels[0])


def _plain(bracket: Bracket) -> bool:
    """Whether every option is nothing or one run of words, so that there is nothing inside to rebuild."""
    for option in bracket.options:
        text = option.text
        if text and (len(text) > 1 or not isinstance(piece := text[0], Run) or not piece.text):
            return False
    return True


def joined(pieces: Iterable[Piece]) -> Text:
    """`pieces` with touching runs made one and empty runs dropped."""
    kept: list[Piece] = []
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, Run):
            words.append(piece.text)
            continue
        if text := "".join(words):
            kept.append(Run(text))
        words.clear()
        kept.append(piece)
    if text := "".join(words):
        kept.append(Run(text))
    return tuple(kept)
