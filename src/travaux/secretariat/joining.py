"""Two proposals put together: one stretch of words where they are neighbours, else two anchors of one act."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from travaux.acts.base import Act, Deed
from travaux.acts.basis import Anchored
from travaux.acts.kinds import Introduce
from travaux.secretariat.documents import digest
from travaux.secretariat.proposals import Proposal, introduces

GAP = 240  # characters between neighbours that are still read as one stretch


def joined(first: Proposal, second: Proposal, text: str) -> Proposal:
    """`first` with `second` in it. The place that names the result is that of `first`.

    Neighbours become one stretch of the document; far ones keep the first one's words, and the second's
    anchor is a further source of the same fact.
    """
    if same_thing(first, second):
        return replace(first, acts=tuple(_called(a, second) for a in first.acts))
    start, end = min(first.start, second.start), max(first.end, second.end)
    needs = (*first.needs, *(n for n in second.needs if n not in first.needs))
    apart = max(first.start, second.start) - min(first.end, second.end)
    if apart > GAP:
        further = tuple(a.basis for a in second.acts if isinstance(a, Deed) and isinstance(a.basis, Anchored))
        acts = tuple(_with_further(a, further[:1]) for a in first.acts)
        return replace(first, acts=acts, needs=needs)
    acts = tuple(_stretched(a, first, text, start, end) for a in first.acts)
    fields = {**first.fields, "start": start, "end": end, "text": text[start:end]}
    return replace(first, text=text[start:end], acts=acts, needs=needs, fields=fields)


def same_thing(first: Proposal, second: Proposal) -> tuple[str, str] | None:
    """(id of the second, id of the first) where both introduce a thing and joining makes it one; else None.

    Then the name of the second is an alias of the first, and whatever speaks of the second speaks of it.
    """
    ids = [next((i for a in p.acts if (i := introduces(a)) is not None), None) for p in (first, second)]
    return (ids[1], ids[0]) if ids[0] is not None and ids[1] is not None else None


def _called(act: Act, other: Proposal) -> Act:
    """A person, body or subject with the names of `other` as aliases; an instrument as it is."""
    if not isinstance(act, Introduce):
        return act
    names = [n for a in other.acts if isinstance(a, Introduce) for n in (*a.names.values(), *a.aliases)]
    new = [n for n in names if n not in act.names.values() and n not in act.aliases]
    return msgspec.structs.replace(act, aliases=(*act.aliases, *new))


def _with_further(act: Act, further: tuple[Anchored, ...]) -> Act:
    if not isinstance(act, Deed):
        return act
    return msgspec.structs.replace(act, also=(*act.also, *(f for f in further if f not in act.also)))


def _stretched(act: Act, first: Proposal, text: str, start: int, end: int) -> Act:
    """The act on the longer stretch; its own words follow where they were those of the first stretch."""
    if not isinstance(act, Deed) or not isinstance(act.basis, Anchored):
        return act
    words = text[start:end]
    basis = msgspec.structs.replace(
        act.basis, start=start, end=end, slice=digest(words), words=words if act.basis.words else ""
    )
    changes: dict[str, object] = {"basis": basis}
    plain, longer = " ".join(first.text.split()), " ".join(words.split())
    for field in ("what", "title"):
        if getattr(act, field, None) == plain:
            changes[field] = longer
    return msgspec.structs.replace(act, **changes)
