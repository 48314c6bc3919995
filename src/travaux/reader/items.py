"""The items of a reading, field for field as the output contract has them.

`start` and `end` are characters of the document's text (code points, end exclusive) and `text` is the slice.
Fields with a default are printed only when they differ from it.
"""

from __future__ import annotations

import msgspec


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every anchored item starts with; `id`, `rule`, `confidence` stand at the end of each kind."""

    start: int
    end: int
    text: str


class Quote(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Words between marks, or a turn of a transcript."""

    speaker: str | None
    mention: str | None
    cue: str | None
    kind: str
    group: str = ""
    continuation: bool = False
    unclosed: bool = False
    block: bool = False
    mixed: bool = False
    note: str = ""
    id: str
    rule: str
    confidence: float


class Statement(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A reported clause."""

    speaker: str | None
    mention: str | None
    cue: str | None
    kind: str
    note: str = ""
    id: str
    rule: str
    confidence: float


class DateItem(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A date, duration or set; `value` as in TIMEX3."""

    type: str
    value: str | None
    mod: str = ""
    role: str = ""
    figurative: bool = False
    id: str
    rule: str
    confidence: float


class Meeting(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A meeting held, planned or cancelled."""

    status: str
    when: str | None
    where: str | None
    who: tuple[str, ...]
    note: str = ""
    id: str
    rule: str
    confidence: float


class BodyItem(Item, frozen=True, kw_only=True, omit_defaults=True):
    """The first mention of a body."""

    id: str
    rule: str
    confidence: float


class Instrument(Item, frozen=True, kw_only=True, omit_defaults=True):
    """The first mention of an instrument."""

    kind: str
    count: int = 0
    id: str
    rule: str
    confidence: float


class Commitment(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Who is bound to what, by when, on what condition, and how firmly."""

    parties: tuple[str, ...]
    status: str
    due: str | None
    condition: str | None
    same_as: str = ""
    id: str
    rule: str
    confidence: float


class Position(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A party's stance on a subject."""

    party: str | None
    subject: str | None
    stance: str
    speaker: str | None
    id: str
    rule: str
    confidence: float


class Refusal(Item, frozen=True, kw_only=True, omit_defaults=True):
    """What a party will not do."""

    party: str | None
    what: str | None
    speaker: str | None
    reason: str = ""
    id: str
    rule: str
    confidence: float


class PersonItem(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the document; no offsets."""

    name: str
    role: str | None
    party: str | None
    aliases: tuple[str, ...]
    id: str
    rule: str
    confidence: float


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why the document has its date: a span of the text, a field of the carrier, or the user."""

    start: int = -1
    end: int = -1
    text: str = ""
    rule: str = ""
    source: str = ""
    field: str = ""
    value: str = ""


class Doc(msgspec.Struct, frozen=True, kw_only=True):
    """The document itself."""

    file: str
    lang: str
    date: str | None
    date_evidence: tuple[Evidence, ...]
    title: str | None
    sha256: str
    n_chars: int


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was read in one document, in the contract's order."""

    doc: Doc
    persons: tuple[PersonItem, ...]
    parties: tuple[str, ...]
    quotes: tuple[Quote, ...]
    statements: tuple[Statement, ...]
    dates: tuple[DateItem, ...]
    meetings: tuple[Meeting, ...]
    bodies: tuple[BodyItem, ...]
    instruments: tuple[Instrument, ...]
    commitments: tuple[Commitment, ...]
    positions: tuple[Position, ...]
    refusals: tuple[Refusal, ...]

    def json(self) -> bytes:
        """The contract's JSON: UTF-8, letters not escaped, a line break at the end; same reading, same
        bytes."""
        return msgspec.json.encode(self) + b"\n"
