"""A rolling text as a page of plain data: what every rendering is made from, and the JSON of `travaux text`.

The schema is ``docs/schema/text.schema.json``. Names, dates and levels stand here as people read them, beside
the ids they belong to. Where names may not be shown, no side, holder or proponent is in the page at all.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec import Struct

FORMAT: Final = "travaux-text-1"


class Side(Struct, frozen=True, omit_defaults=True):
    """One party's stance on an option, or its reservation on a unit; `act` is the act behind it."""

    party: str
    name: str
    stance: str
    word: str
    note: str = ""
    act: str = ""


class Parent(Struct, frozen=True):
    """Words that a chair merged into an option, and who had proposed them."""

    words: str
    names: tuple[str, ...]


class Choice(Struct, frozen=True, omit_defaults=True):
    """One option: its `mark` and `words` as acts name them, and its pieces. Without pieces: no text."""

    mark: str
    words: str
    pieces: tuple[Piece, ...] = ()
    sides: tuple[Side, ...] = ()
    parents: tuple[Parent, ...] = ()


class Place(Struct, frozen=True, omit_defaults=True):
    """An open bracket. `number` counts the brackets of the page from 1; `since` is the day it opened."""

    id: str
    number: int
    kind: str
    kind_word: str
    options: tuple[Choice, ...]
    level: str = ""
    degree: str = ""
    degree_word: str = ""
    condition: str = ""
    since: str = ""
    act: str = ""
    coupled: tuple[str, ...] = ()


class Piece(Struct, frozen=True, omit_defaults=True):
    """Words outside brackets (of their level) in one `state`, or a bracket. `act` is the settlement."""

    words: str = ""
    state: str = ""
    act: str = ""
    place: Place | None = None


class UnitPage(Struct, frozen=True, omit_defaults=True):
    """One unit: its permanent `id`, its label, how deep it lies, its text in the language of the page."""

    id: str
    label: str
    depth: int
    pieces: tuple[Piece, ...]
    held: bool = True
    wanted: tuple[str, ...] = ()
    reserved: tuple[Side, ...] = ()


class PointLine(Struct, frozen=True, omit_defaults=True):
    """An open point, told with everything that is known of it."""

    brackets: tuple[str, ...]
    numbers: tuple[int, ...]
    unit: str
    label: str
    level: str
    degree: str
    condition: str
    since: str
    act: str
    options: tuple[str, ...]
    whole: bool = False
    holders: tuple[str, ...] = ()
    coupled: tuple[str, ...] = ()


class Moment(Struct, frozen=True):
    """The figures at the end of a day."""

    day: str
    points: int
    agreed: int
    conditional: int
    shared: int
    open: int


class ProgressPage(Struct, frozen=True):
    """The figures of progress, side by side; `method` says how they were counted."""

    points: tuple[PointLine, ...]
    wrappers: tuple[PointLine, ...]
    by_level: tuple[tuple[str, int], ...]
    by_holder: tuple[tuple[str, int], ...]
    words: dict[str, int]
    units: int
    clean: int
    undiscussed: tuple[str, ...]
    history: tuple[Moment, ...]
    method: str


class Link(Struct, frozen=True):
    """Brackets that belong together, and how, in words."""

    sort: str
    word: str
    brackets: tuple[str, ...]
    act: str
    why: str = ""


class Agreed(Struct, frozen=True, omit_defaults=True):
    """A settlement: where, which words, at which level, how far, on what condition."""

    unit: str
    label: str
    words: str
    level: str
    degree: str
    state: str
    when: str
    act: str
    condition: str = ""


class ChangeLine(Struct, frozen=True, omit_defaults=True):
    """What one act changed in one unit; `undone` where it does so no more."""

    act: str
    when: str
    said: str
    unit: str
    label: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    opened: int = 0
    closed: int = 0
    moved: bool = False
    undone: bool = False


class Lost(Struct, frozen=True):
    """An act that names what the text does not hold, and why it has no effect."""

    act: str
    why: str


class Would(Struct, frozen=True):
    """For one party: the words it would give up, those it would get, and what it has said of these."""

    party: str
    name: str
    gives: str
    gets: str
    same: bool
    sides: tuple[Side, ...]


class WouldPage(Struct, frozen=True):
    """What taking an option of a bracket would change: for each party that has spoken there; `also` are other
    places of the same decision, `closes` brackets that would go with the other options, `frees` and `shuts`
    those that a coupling would free, or leave without words.
    """

    bracket: str
    option: str
    parties: tuple[Would, ...]
    also: tuple[str, ...]
    closes: tuple[str, ...]
    frees: tuple[str, ...]
    shuts: tuple[str, ...]


class TextPage(Struct, frozen=True, omit_defaults=True):
    """The rolling text of one instrument in one language, as of a day."""

    format: str
    register: str
    kind: str
    instrument: str
    title: str
    lang: str
    languages: tuple[str, ...]
    as_of: str
    rendering: str
    stand: str
    units: tuple[UnitPage, ...]
    progress: ProgressPage
    party: str = ""
    compared: str = ""
    links: tuple[Link, ...] = ()
    settled: tuple[Agreed, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    lost: tuple[Lost, ...] = ()
    taking: WouldPage | None = None


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the page."""
    (root,), defs = msgspec.json.schema_components((TextPage,), ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Text", **root, "$defs": defs}
