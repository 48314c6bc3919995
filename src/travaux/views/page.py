"""The typed document a brief is: sections of lines, each with the acts it stands on.

Structs, so that JSON and its schema come from the same definition (``docs/schema/brief.schema.json``). Texts
are in the language of the page; `code` and `values` give the same text in any other. Ids of acts are whole.
"""

from __future__ import annotations

from typing import Any

import msgspec

Mark = str
# What a mark may be; its word is ``view.mark_<mark>``. A mark never stands for a judgement of a party.
MARKS: tuple[Mark, ...] = (
    "perhaps", "overdue", "soon", "passed", "claimed", "no_evidence", "conditional", "announced", "moved",
    "differs", "corrected", "struck", "reported", "unreported", "reserved", "not_held",
    "disclosed",
)  # fmt: skip

# Marks that the text of a line says already, in words: told to programs, not printed again.
SAID = frozenset(
    ("overdue", "soon", "passed", "claimed", "conditional", "announced", "moved", "unreported", "reserved")
)


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    pass


MOST_REFS = 4
SHORT = 8  # characters of an act's id that a person sees


def refs(acts: tuple[str, ...]) -> str:
    """The acts a line ends with: short ids in brackets, an ellipsis where there are more than `MOST_REFS`."""
    ids = [a[:SHORT] for a in acts]
    return "[" + " ".join(ids[:MOST_REFS]) + (" …]" if len(ids) > MOST_REFS else "]") if ids else ""


class Side(_Part, frozen=True):
    """What one side says, beside the others: same fields for each, in order of their ids."""

    party: str
    name: str
    text: str
    acts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    sources: str = ""
    quote: str = ""

    @property
    def refs(self) -> str:
        """Its acts in short."""
        return refs(self.acts)


class Line(_Part, frozen=True):
    """One statement. `on` is its date as written on the record, `when` as people say it.

    `group` is the heading it stands under inside its section, "" for none. `front` puts it on the first
    page. `sources` names publishers and dates of what it stands on; `quote` holds the words of the source
    where the document is held.
    """

    code: str
    text: str
    values: dict[str, str] = {}
    acts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    on: str = ""
    when: str = ""
    group: str = ""
    front: bool = False
    sources: str = ""
    quote: str = ""
    sides: tuple[Side, ...] = ()

    @property
    def refs(self) -> str:
        """Its acts in short."""
        return refs(self.acts)

    @property
    def joined(self) -> tuple[Side, ...]:
        """The sides, with those in one that have nothing on record and the same to say."""
        found: list[Side] = []
        for side in self.sides:
            last = found[-1] if found else None
            if last and not side.acts and (last.acts, last.text, last.marks) == ((), side.text, side.marks):
                found[-1] = msgspec.structs.replace(last, name=f"{last.name}, {side.name}")
            else:
                found.append(side)
        return tuple(found)

    @property
    def told_by_sides(self) -> bool:
        """True where every act of the line is an act of one of its sides: then the sides name it."""
        return bool(self.acts) and set(self.acts) <= {a for s in self.sides for a in s.acts}


class Section(_Part, frozen=True):
    """A part of the brief; `id` is one of `SECTIONS`. `empty` says what it means that it has no line."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    empty: str = ""

    @property
    def front(self) -> tuple[Line, ...]:
        """The lines that stand on the first page."""
        return tuple(one for one in self.lines if one.front)


class Term(_Part, frozen=True):
    """A mark and its word; `printed` is false where the text of a line says the same already."""

    mark: Mark
    word: str
    printed: bool


class Brief(_Part, frozen=True):
    """The brief of one register, as of a day. `compared` is the day it is compared with, or ""."""

    format: str
    register: str
    kind: str
    lang: str
    as_of: str
    compared: str
    title: str
    stand: str
    sections: tuple[Section, ...]
    legend: tuple[Term, ...]

    @property
    def tags(self) -> dict[Mark, str]:
        """The words of the marks that are printed beside a line."""
        return {term.mark: term.word for term in self.legend if term.printed}


FORMAT = "travaux-brief/1"
SECTIONS = (
    "standing", "changes", "ladder", "matters", "promises", "claims", "meetings", "statements", "sources",
)  # fmt: skip


def to_json(brief: Brief) -> bytes:
    """The brief as UTF-8 JSON: keys in a fixed order, the same bytes for the same brief."""
    return msgspec.json.format(msgspec.json.encode(brief), indent=1) + b"\n"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of `to_json`."""
    (root,), defs = msgspec.json.schema_components((Brief,), ref_template="#/$defs/{name}")
    draft = "https://json-schema.org/draft/2020-12/schema"
    whole = {"$schema": draft, "title": "Brief", **root, "$defs": defs}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(whole))
    return plain
