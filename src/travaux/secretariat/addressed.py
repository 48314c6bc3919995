"""Whom an act is addressed to and who signs it: what its envelope may name in this register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travaux.acts.base import Act
from travaux.acts.fault import Fault
from travaux.acts.kinds import Admit
from travaux.acts.vocabulary import kind_of
from travaux.record.entry import Entry
from travaux.record.keys import is_name
from travaux.record.opening import parts_of
from travaux.register.fold import Audience, Register
from travaux.secretariat.unsealing import hidden_faults


def audience_faults(register: Register, audience: Audience) -> Iterator[Fault]:
    """What speaks against an audience: an id that is no party here, or nobody but the secretariat.

    ``public`` and ``parties`` are always right. The keeper of a working register serves the parties: it may
    stand beside them and never alone, so that nothing is recorded which no party may read.
    """
    if isinstance(audience, str) or not len(register):
        return
    known = parties_of(register)
    for reader in audience:
        if reader not in known:
            yield Fault("procedure.audience", values={"reader": reader, "parties": ", ".join(known)})
    founding = register.founding
    if founding.kind == "working" and founding.keeper and set(audience) == {founding.keeper}:
        yield Fault("procedure.audience_keeper", values={"keeper": founding.keeper})


def part_faults(register: Register, entry: Entry, act: Act) -> Iterator[Fault]:
    """What speaks against the sealed parts of an entry: readers who are no party or cannot see the entry.

    What an act of a hidden kind holds is judged when it is opened; beside an open one stands only a note.
    """
    for part in parts_of(entry.envelope):
        yield from audience_faults(register, part.to)
        for reader in () if isinstance(part.to, str) else part.to:
            if not entry.given_to(reader):
                yield Fault("procedure.part_reader", values={"reader": reader})
        if entry.kind != "sealed":
            yield from hidden_faults(kind_of(act), part.to, sealed=False)
            break


def signer_faults(signer: str, with_: Sequence[str]) -> Iterator[Fault]:
    """What speaks against the names of an act's keys: no name, the signer's own again, one named twice."""
    for name in (signer, *with_):
        if not is_name(name):
            yield Fault("record.name", values={"name": name})
    for at, name in enumerate(with_):
        if name == signer:
            yield Fault("signing.with_signer", values={"name": name})
        elif name in with_[:at]:
            yield Fault("signing.with_twice", values={"name": name})


def parties_of(register: Register) -> tuple[str, ...]:
    """The ids of all parties, the keeper's office among them, in the order in which they came."""
    admitted = (e.act.party.id for e in register.as_of().acts(Admit))
    return tuple(dict.fromkeys((*(p.id for p in register.founding.parties), *admitted)))
