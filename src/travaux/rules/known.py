"""Every act names known things only: ids must have been introduced, tabled, convened … before."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from travaux.acts.base import Act, Claim, Office, Point
from travaux.register.filing import declared_by, known_ids
from travaux.rules.case import Case
from travaux.rules.sentence import Id, Sentence, sentence

# Fields that hold the ids of things; where a kind declares the thing of such a field, it is new there.
_FIELDS: Final = (
    "actor", "subject", "person", "body", "within", "successor", "derived", "parties", "members", "who",
    "instrument", "package", "element", "elements", "meeting", "measure", "under", "conditions", "at", "to",
)  # fmt: skip
_PLACES: Final = frozenset({"at", "to"})
_FOR: Final[dict[type[Act], tuple[str, ...]]] = {}


def unknown(case: Case) -> Iterator[Sentence]:
    """A reason against for each id that no act has declared, with the nearest one that is known."""
    declared = {thing for _, thing in declared_by(case.act)}
    for field, thing in named(case.act):
        if thing in declared or case.sort(thing):
            continue
        if field in _PLACES and case.book.level(thing):
            continue
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
        fields = _FOR[kind] = tuple(f for f in _FIELDS if f in kind.__struct_fields__)
    for field in fields:
        value = getattr(act, field)
        if type(value) is str:
            if value:
                yield field, value
        elif type(value) is tuple:
            yield from ((field, thing) for thing in value)
    yield from _inside(act)


def _inside(act: Act) -> Iterator[tuple[str, str]]:
    """Ids inside the values of an act: offices, the parties of open points, what a figure is of."""
    for field in ("offices", "points", "claim"):
        value = getattr(act, field, None)
        for part in value if isinstance(value, tuple) else (value,):
            match part:
                case Office():
                    yield "of", part.of
                case Claim():
                    yield "of", part.of
                case Point():
                    yield from (("words", party) for party in part.words)


def _unknown(case: Case, field: str, thing: str) -> Sentence:
    if field in _PLACES:
        levels = ", ".join(level.id for level in case.book.levels)
        return sentence("unknown_place", level=thing, levels=levels)
    near = get_close_matches(thing, known_ids(case.asof), n=1)
    if near:
        return sentence("unknown_thing_near", thing=thing, near=near[0])
    return sentence("unknown_thing", thing=thing)
