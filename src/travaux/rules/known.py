"""Every act names known things only: ids must have been introduced, tabled, convened … before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz, process

from travaux.acts.base import Act, Claim, Office, Point
from travaux.acts.families.delivery import Lead, Link
from travaux.register.filing import alike, declared_by
from travaux.rules.case import Case
from travaux.rules.sentence import Id, Sentence, sentence

# Fields that hold the ids of things; where a kind declares the thing of such a field, it is new there.
_FIELDS: Final = (
    "actor", "subject", "person", "body", "within", "successor", "derived", "parties", "members", "who",
    "instrument", "package", "element", "elements", "meeting", "measure", "under", "conditions", "at", "to",
)  # fmt: skip
_VALUES: Final = ("offices", "points", "claim", "leads", "links")
_PLACES: Final = frozenset({"at", "to"})
_NEAR: Final = 70  # per cent of the letters in common
_FOR: Final[dict[type[Act], tuple[str, ...]]] = {}


def unknown(case: Case) -> Iterator[Sentence]:
    """A reason against for each id that no act has declared, with the nearest one that is known."""
    for field, thing in named(case.act):
        if case.sort(thing) or (field in _PLACES and case.book.level(thing)):
            continue
        if all(thing != declared for _, declared in declared_by(case.act)):
            yield _unknown(case, field, thing)


def clashes(case: Case) -> Iterator[Sentence]:
    """A reason against for each id that the act declares as another sort of thing than it is."""
    for sort, thing in declared_by(case.act):
        was = case.sort(thing)
        if was and was != sort:
            yield sentence("other_sort", thing=Id(thing), was=sort_name(was), sort=sort_name(sort))


def sort_name(sort: str) -> Sentence:
    """The name of a sort of thing, as a sentence of its own."""
    return sentence(f"sort_{sort}")


def named(act: Act) -> Iterator[tuple[str, str]]:
    """(field, id) of every thing an act names."""
    kind = type(act)
    fields = _FOR.get(kind)
    if fields is None:
        fields = _FOR[kind] = tuple(f for f in (*_FIELDS, *_VALUES) if f in kind.__struct_fields__)
    for field in fields:
        value = getattr(act, field)
        if not value:
            continue
        if field in _VALUES:
            yield from _inside(value if type(value) is tuple else (value,))
        elif type(value) is str:
            yield field, value
        elif type(value) is tuple:
            for thing in value:
                yield field, thing


def _inside(parts: tuple[Office | Point | Claim | Lead | Link, ...]) -> Iterator[tuple[str, str]]:
    """Ids inside the values of an act: offices, parties of open points, what a figure is of, who leads."""
    for part in parts:
        match part:
            case Office() | Claim():
                yield "of", part.of
            case Lead():
                yield from (("leads", thing) for thing in (part.party, part.body, *part.also))
            case Link():
                yield "links", part.to
            case Point():
                yield from (("words", party) for party in part.words)


def _unknown(case: Case, field: str, thing: str) -> Sentence:
    if field in _PLACES:
        levels = ", ".join(level.id for level in case.book.levels)
        return sentence("unknown_place", level=thing, levels=levels)
    near = process.extractOne(thing, alike(case.asof, thing), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near:
        return sentence("unknown_thing_near", thing=thing, near=near[0])
    return sentence("unknown_thing", thing=thing)
