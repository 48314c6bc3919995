"""Why an item is there: the rule that fired, the words it rests on, and what was considered and let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from travaux.acts.fault import Refused, refused
from travaux.reader.engine import read_traced
from travaux.reader.items import Item, Reading
from travaux.reader.page import Rejection
from travaux.text.source import Document

KINDS = (
    "quotes",
    "statements",
    "dates",
    "meetings",
    "bodies",
    "instruments",
    "commitments",
    "positions",
    "refusals",
)


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate near the item that a rule let go; offsets are characters of the document's text."""

    start: int
    end: int
    text: str
    kind: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One item, its kind, and the candidates of the same place that were let go."""

    kind: str
    item: Item
    rejected: tuple[Considered, ...]


def explain(document: Document, item: str, *, date: date | None = None) -> Explanation | Refused:
    """The explanation of the item with the id `item`; refused where no item has it (``reader.no_item``)."""
    traced = read_traced(document, date=date)
    if isinstance(traced, Refused):
        return traced
    reading, rejected = traced
    found = find(reading, item)
    if found is None:
        return refused("reader.no_item", id=item)
    kind, what = found
    near = tuple(_considered(document, r) for r in rejected if r.start < what.end and what.start < r.end)
    return Explanation(kind, what, near)


def find(reading: Reading, item: str) -> tuple[str, Item] | None:
    """(kind, item) of the id in a reading."""
    return next(((kind, x) for kind in KINDS for x in getattr(reading, kind) if x.id == item), None)


def _considered(document: Document, r: Rejection) -> Considered:
    return Considered(r.start, r.end, document.text[r.start : r.end], r.kind, r.rule, r.why)
