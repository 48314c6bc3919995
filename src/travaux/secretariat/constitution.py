"""A constitution: the file from which a register is founded.

TOML: ``name``, ``kind`` (working or observed), ``origin``, ``languages``, ``quorum``, ``rules`` (the name of
a ready rulebook, or the path of one beside the file), a ``[keeper]`` for an observed register, and one
``[[party]]`` for each party with ``id``, ``name`` and ``names`` per language. Keys are made at the founding;
a party whose keys lie elsewhere names its ``roots`` (and their ``threshold``, by default all of them), its
``delegation`` and its ``witness`` as vkeys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from travaux.acts.base import Filled, Names, NewId, Value
from travaux.acts.fault import Fault, Place, Refused, refused, refused_all
from travaux.acts.vocabulary import explain
from travaux.record.keys import COSIGNATURE, ED25519, VKey, parse_vkey


class PartyOf(Value, frozen=True):
    """A party as the constitution names it."""

    id: NewId
    name: Filled
    names: Names = {}  # noqa: RUF012 - msgspec copies the default for each value
    roots: tuple[str, ...] = ()
    threshold: Annotated[int, Meta(ge=0)] = 0
    delegation: str = ""
    witness: str = ""

    @property
    def elsewhere(self) -> bool:
        """True where the party's keys are held by the party, on a machine of its own."""
        return bool(self.roots)

    @property
    def root_keys(self) -> tuple[VKey, ...]:
        """The roots that it names."""
        return tuple(v for v in map(parse_vkey, self.roots) if isinstance(v, VKey))


class Constitution(Value, frozen=True):
    """What the founding act will say, before there are keys."""

    name: Filled
    kind: Annotated[str, Meta(pattern=r"^(working|observed)$")]
    origin: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9._-]*)+$", max_length=100)]
    rules: Filled
    party: tuple[PartyOf, ...]
    quorum: Annotated[int, Meta(ge=1)] = 1
    languages: tuple[str, ...] = ("en",)
    keeper: PartyOf | None = None

    @property
    def offices(self) -> tuple[PartyOf, ...]:
        """Those who hold root keys: the keeper alone in an observed register, else parties and keeper."""
        kept = (self.keeper,) if self.keeper else ()
        return kept if self.kind == "observed" else (*self.party, *kept)


def read_constitution(path: Path) -> Constitution | Refused:
    """A constitution from a TOML file; every fault of it at once, by field."""
    where = Place(str(path))
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return refused("file.unreadable", where, detail=error.strerror or str(error))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return refused("constitution.toml", where, detail=str(error))
    return constitution_of(values, str(path))


def constitution_of(values: Mapping[str, Any], where: str = "constitution") -> Constitution | Refused:
    """A constitution from plain values.

    Refused: wrong fields or types, by field; ids used twice, no party, no keeper, a quorum that is none.
    """
    try:
        constitution = msgspec.convert(values, Constitution)
    except msgspec.ValidationError as error:
        fault = explain(error)
        return Refused((fault.at(f"{where}:{fault.place.where}"),))
    return refused_all(_faults(constitution, Place(where))) or constitution


def _faults(constitution: Constitution, where: Place) -> list[Fault]:
    ids = [
        party.id for party in (*constitution.party, *([constitution.keeper] if constitution.keeper else []))
    ]
    faults = [
        Fault("constitution.twice", where, {"id": i}) for i in sorted({i for i in ids if ids.count(i) > 1})
    ]
    for office in (*constitution.party, *([constitution.keeper] if constitution.keeper else [])):
        faults += _key_faults(office, office in constitution.offices, where)
    if not constitution.party:
        faults.append(Fault("constitution.no_party", where))
    if constitution.kind == "observed" and constitution.keeper is None:
        faults.append(Fault("constitution.no_keeper", where))
    if constitution.kind == "observed" and constitution.quorum != 1:
        faults.append(Fault("constitution.observed_quorum", where))
    if constitution.kind == "working" and not len(constitution.party) / 2 < constitution.quorum <= len(
        constitution.party
    ):
        faults.append(
            Fault("constitution.quorum", where, {"quorum": constitution.quorum, "n": len(constitution.party)})
        )
    return faults


def _key_faults(office: PartyOf, signs: bool, where: Place) -> list[Fault]:
    """What is wrong with the keys that a party names: a form, name or type, a threshold without them."""
    named = [(text, ED25519) for text in (*office.roots, *filter(None, [office.delegation]))]
    named += [(office.witness, COSIGNATURE)] if office.witness else []
    faults = []
    for text, kind in named:
        vkey = parse_vkey(text)
        if not isinstance(vkey, VKey) or vkey.party != office.id or vkey.kind != kind:
            faults.append(Fault("constitution.vkey", where, {"id": office.id, "vkey": text[:120]}))
    if office.threshold > len(office.roots) or (named and not office.roots):
        faults.append(Fault("constitution.threshold", where, {"id": office.id}))
    if named and not signs:
        faults.append(Fault("constitution.observed_roots", where, {"id": office.id}))
    return faults
