"""A bracketed text as it was read: the source in slices, the interpreted text, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from travaux import messages
from travaux.text.model import Coupling, Kind, Macro, Position, Text
from travaux.text.parse.convention import Convention
from travaux.text.parse.lex import Lines, Raw
from travaux.text.parse.parties import Source
from travaux.text.typography import Touch


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed change of the source: put `insert` in place of source[start:end]. Nothing applies it."""

    start: int
    end: int
    insert: str


@dataclass(frozen=True, slots=True)
class Defect:
    """Something odd at `line` and `col` (from 1, characters). `code` is a message id, `values` fill it."""

    code: str
    line: int
    col: int
    values: Mapping[str, object] = field(default_factory=dict)
    proposed: Repair | None = None

    @property
    def what(self) -> str:
        """What is odd, in one sentence."""
        return messages.say(self.code, self.values)

    @property
    def repair(self) -> str:
        """What could be done about it, in words; empty where nothing need be done."""
        return messages.remedy(self.code, self.values)


@dataclass(frozen=True, slots=True)
class Reading:
    """One option as printed: its words with inner marks, its label (“Option 2”), who stands how to it.

    `sort` is ``words``, ``blank``, ``none`` (the position that nothing stands here) or ``parked``.
    """

    words: str
    sort: str = "words"
    label: str = ""
    stances: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One open place, source[start:end]; `id` is that of its bracket in the interpreted text.

    `unit` is the label of the provision around it. `counted` says whether it is a decision point: a bracket
    around the whole text and a blank without brackets are not.
    """

    id: str
    start: int
    end: int
    line: int
    col: int
    unit: str
    kind: Kind
    readings: tuple[Reading, ...]
    depth: int = 1
    bare: bool = False
    block: bool = False
    wrapper: bool = False

    @property
    def counted(self) -> bool:
        """Whether it counts as a decision point."""
        return not self.bare and not self.wrapper

    @property
    def options(self) -> int:
        """The options it puts forward: what is printed, “no text” too; a blank alone puts none forward."""
        if len(self.readings) == 1 and self.readings[0].sort == "blank":
            return 0
        return len(self.readings) if self.counted else 0

    @property
    def blanks(self) -> int:
        """The blanks it holds itself, those of inner places not counted."""
        return sum(reading.sort == "blank" for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the draft, and what it says of parties where that can be told."""

    line: int
    col: int
    unit: str
    words: str
    parties: tuple[str, ...] = ()
    stances: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A coupling that a note states: offered, not made. `coupling` names the brackets it would tie;
    `labels` are the provisions as the note calls them.
    """

    line: int
    col: int
    labels: tuple[str, ...]
    coupling: Coupling


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit as printed: its label (“Article 4, 3 bis”), where it stands, its operation (ADD, MOD, SUP, NOC)
    and the mark of status it carries (“agreed”, “green”).
    """

    label: str
    line: int
    start: int
    end: int
    operation: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What `parse` found. `slices` joined are the source; `text` is the interpreted view of it.

    `questions` are places that could be read otherwise (links, editorial brackets, bare slashes): how they
    were read is said in their sentence. `why` says how the convention came about, `source` how the parties.
    """

    slices: tuple[str, ...]
    text: Text
    raw: Raw
    points: tuple[Point, ...]
    parties: tuple[str, ...]
    source: Source
    convention: Convention
    why: Defect
    defects: tuple[Defect, ...] = ()
    questions: tuple[Defect, ...] = ()
    provisions: tuple[Provision, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    macros: tuple[Macro, ...] = ()
    typography: tuple[tuple[str, tuple[Touch, ...]], ...] = ()
    lines: Lines = field(default=Lines((0,)))

    @property
    def unclosed(self) -> tuple[tuple[int, int], ...]:
        """Line and column of every bracket that one stack over the whole text leaves open."""
        return tuple(map(self.lines.place, self.raw.unclosed))

    @property
    def stray(self) -> tuple[tuple[int, int], ...]:
        """Line and column of every closing bracket that finds that stack empty."""
        return tuple(map(self.lines.place, self.raw.stray))


def render(parsed: Parsed) -> str:
    """The source, character for character."""
    return "".join(parsed.slices)
