"""Sealed parts opened: whether an opening may be counted, and what it says.

A part that holds an act stands for a whole one, its kind under ``act``; any other part holds a ``note``. What
is opened is void, and shown so, where it is no such thing, where its key might not have signed it, or where
it was sealed from a party that it binds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from travaux.acts.base import Act
from travaux.acts.fault import Fault, Refused
from travaux.acts.vocabulary import decode_body
from travaux.record.entry import Entry
from travaux.record.opening import Opening, opened_to, parts_of
from travaux.register.fold import Entered, Part, Register
from travaux.register.keys import scope_at

# About keys, rules and the record itself: these are said openly or not at all.
NEVER: Final = frozenset({
    "found", "admit", "accredit", "recall", "roots", "amend_rules", "correct", "sealed", "disclose", "seal",
    "erase", "move_host",
})  # fmt: skip
# Steps that bind others or change what they owe: sealed, if at all, so that every party can open them.
BINDING: Final = frozenset({
    "settle", "couple", "streamline", "rectify", "refer", "approve", "object", "abstain", "open_silence",
    "adopt", "sign", "ratify", "publish", "enter_into_force", "bundle", "detach", "undertake", "find",
    "decide_extension", "amend_measure", "suspend_measure", "withdraw_measure",
})  # fmt: skip
_KIND: Final = 64  # characters of the longest name of a kind
_VALUE: Final = 200  # characters of a value in a sentence
_ASIDE: Final = frozenset({"note"})
_FORM: Final = frozenset({"pad", "blobs"})  # fields of a part that are none of what it says


@dataclass(frozen=True, slots=True)
class Content:
    """What a part says: a whole act, or a note."""

    act: Act | None = None
    note: str = ""


def hidden_faults(
    kind: str, to: str | tuple[str, ...], sealed: bool, audience: str | tuple[str, ...] = "public"
) -> Iterator[Fault]:
    """What speaks against sealing an act of `kind` for `to`; or, not `sealed`, a note beside it.

    `audience` is that of the act: who is not given the entry can open no part of it either.
    """
    if kind in NEVER:
        yield Fault("procedure.never_sealed", values={"kind": kind})
    elif sealed and kind in BINDING and not (to == "parties" and isinstance(audience, str)):
        yield Fault("procedure.sealed_from", values={"kind": kind})


def content_of(opening: Opening, entry: Entry, register: Register) -> Content | Fault:
    """What an opening that fits `entry` says, or why it counts for nothing.

    The first part alone may hold an act: else its author could say two things, and choose later.
    """
    found = _content(opening, entry, register)
    return shortened(found) if isinstance(found, Fault) else found


def shortened(fault: Fault) -> Fault:
    """The fault with values that a line can hold: who sealed a part may have put in what he likes."""
    return replace(fault, values={k: str(v)[:_VALUE] for k, v in fault.values.items()})


def _content(opening: Opening, entry: Entry, register: Register) -> Content | Fault:
    values: dict[str, Any] = {k: v for k, v in opening.values.items() if k not in _FORM}
    kind = values.pop("act", None)
    if kind is None:
        note = values.get("note")
        if set(values) != _ASIDE or not isinstance(note, str):
            return Fault("procedure.part_fields", values={"fields": ", ".join(sorted(values)) or "-"})
        return Content(note=note)
    if entry.kind != "sealed" or not isinstance(kind, str) or len(kind) > _KIND:
        return Fault("procedure.part_kind", values={"kind": entry.kind})
    if opening.part:
        return Fault("procedure.part_second", values={"part": opening.part})
    to = parts_of(entry.envelope)[opening.part].to
    wrong = next(hidden_faults(kind, to, sealed=True, audience=entry.audience), None)
    if wrong:
        return wrong
    scope = scope_at(register.as_of(), entry.by, entry.index)
    if "*" not in scope and kind not in scope:
        return Fault("record.scope", values={"name": entry.by, "kind": kind})
    act = decode_body(kind, msgspec.json.encode(values))
    return act.faults[0] if isinstance(act, Refused) else Content(act)


def parts_sealed(entry: Entry) -> tuple[Part, ...]:
    """The parts of an act as those know them who can open none."""
    return tuple(Part(p.to) for p in parts_of(entry.envelope))


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What a disclosure opened: the entry it stands in, the part, what it says, and the place of the act."""

    entry: Entry
    part: int
    content: Content | Fault
    index: int
    audience: str | tuple[str, ...]


def parts_for(
    reader: str,
    entry: Entry,
    disclosed: Iterator[Disclosed],
    opening: Callable[[str, int], Opening | None],
    register: Register,
) -> tuple[Part, ...]:
    """The parts of an act as `reader` knows them: by his own openings, and by what was disclosed to him."""
    shown = {d.part: _part(entry, d.part, d.content, "disclosed", d.index) for d in disclosed}
    return tuple(
        _own(reader, entry, number, opening, register) or shown.get(number) or Part(p.to)
        for number, p in enumerate(parts_of(entry.envelope))
    )


def _own(
    reader: str,
    entry: Entry,
    number: int,
    opening: Callable[[str, int], Opening | None],
    register: Register,
) -> Part | None:
    if not opened_to(entry, number, reader):
        return None
    held = opening(entry.id, number)
    if held is None or not held.fits(entry):
        return None
    return _part(entry, number, content_of(held, entry, register), "opened")


def _part(entry: Entry, number: int, content: Content | Fault, state: str, since: int = -1) -> Part:
    to = parts_of(entry.envelope)[number].to
    if isinstance(content, Fault):
        return Part(to, "void", since=since, fault=content)
    return Part(to, state, content.act, content.note, since)


def undelivered(reader: str, entry: Entry, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts that are for `reader` and that nothing here opens, marked so."""
    return tuple(
        Part(p.to, "undelivered") if p.state == "sealed" and opened_to(entry, n, reader) else p
        for n, p in enumerate(parts)
    )


def revealed(d: Disclosed, act: Act, by_act: str) -> Entered[Act]:
    """The act that a disclosure brought to light, as the register files it, at the disclosure's place."""
    e = d.entry
    return Entered(d.index, e.id, e.by, e.party, act, d.audience, e.cosigners, revealed=by_act)
