"""Cosigned checkpoints weighed, and what they certify: the size of the record at the end of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from travaux.acts.fault import Fault, Refused
from travaux.record import ed25519
from travaux.record.checkpoint import (
    Checkpoint,
    Cosignature,
    checkable,
    parse_checkpoint,
    read_cosignature,
)
from travaux.record.keys import MLDSA44, VKey
from travaux.record.note import Line, Note, parse_note

if TYPE_CHECKING:
    from travaux.record.authority import Authority, RootAt


@dataclass(frozen=True, slots=True)
class Seal:
    """Entry `index` certifies the first `size` entries; `time` in seconds since 1970, by a quorum.

    `parties` are those whose cosignatures it carries, `shields` those of ML-DSA cosignatures on it.
    """

    index: int
    size: int
    time: int
    parties: frozenset[str] = frozenset()
    shields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SealedSize:
    """How many entries the record certainly held at the end of a day.

    `final` is true once a seal lies after that day; before, a later seal may still raise the size. `seal` is
    the one that certifies, None where there is none.
    """

    size: int
    final: bool
    seal: Seal | None


@dataclass(slots=True)
class Weighed:
    """The lines of a checkpoint under the keys in force at its size.

    `times` holds the earliest valid cosignature of each party by a type-04 key: they alone make a quorum.
    `shields` are the parties of valid ML-DSA cosignatures, `unchecked` says which of those lines cannot be
    checked here, `faults` what is wrong with a line.
    """

    hosted: bool = False
    times: dict[str, int] = field(default_factory=dict)
    shields: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    unchecked: list[Fault] = field(default_factory=list)


def weigh(note: Note, at: Checkpoint, authority: Authority, foreign: Sequence[VKey] = ()) -> Weighed:
    """Verify every line of a checkpoint; a line by a key nobody knows is a fault here.

    `foreign` are witnesses outside the register that may cosign too; they count in no quorum.
    """
    holders, weighed = authority.holders, Weighed()
    host = holders.host_at(at.size)
    own = {(v.name, v.id): v for v in holders.witnesses_at(at.size)}
    others = {(v.name, v.id): v for v in foreign}
    for line in note.lines:
        key = (line.name, line.id)
        if host and key == (host.name, host.id):
            good = ed25519.verify(host.public, line.signature, note.text.encode())
            weighed.hosted |= good
            weighed.faults += [] if good else [Fault("record.host_signature", values={"size": at.size})]
        elif witness := own.get(key) or others.get(key):
            _weigh_cosignature(weighed, line, witness, at, key in own)
        else:
            weighed.faults.append(Fault("record.line_unknown", values={"name": line.name}))
    if not weighed.hosted:
        weighed.faults.append(Fault("record.host_missing", values={"size": at.size}))
    return weighed


def _weigh_cosignature(weighed: Weighed, line: Line, witness: VKey, at: Checkpoint, counts: bool) -> None:
    cosignature = read_cosignature(line)
    if not isinstance(cosignature, Refused) and not checkable(witness):
        weighed.unchecked.append(Fault("record.mldsa_unchecked", values={"name": line.name}))
    elif isinstance(cosignature, Refused) or not cosignature.verifies(witness, at):
        weighed.faults.append(Fault("record.cosignature", values={"name": line.name}))
    elif counts and witness.kind == MLDSA44:
        weighed.shields.add(witness.party)
    elif counts:
        before = weighed.times.get(witness.party, cosignature.time)
        weighed.times[witness.party] = min(before, cosignature.time)


def judge_seal(authority: Authority, text: str, index: int, root_at: RootAt) -> Weighed:
    """The lines of a seal at `index` whose note is `text`; `faults` is all that speaks against it."""
    note = parse_note(text.encode())
    at = note if isinstance(note, Refused) else parse_checkpoint(note.text)
    if isinstance(note, Refused) or isinstance(at, Refused):
        odd = at.faults if isinstance(at, Refused) else ()
        return Weighed(faults=[Fault("record.seal_note"), *odd])
    if at.origin != authority.origin or at.size > index or at.root != root_at(at.size):
        return Weighed(faults=[Fault("record.seal_history", values={"size": at.size})])
    weighed = weigh(note, at, authority)
    weighed.faults = [f for f in weighed.faults if f.code != "record.line_unknown"]
    last = authority.seals[-1] if authority.seals else Seal(-1, 0, 0)
    if len(weighed.times) < authority.quorum:
        met, quorum = len(weighed.times), authority.quorum
        weighed.faults.append(Fault("record.seal_quorum", values={"met": met, "quorum": quorum}))
    elif at.size <= last.size or certified_time(weighed.times, authority.quorum) < last.time:
        weighed.faults.append(Fault("record.seal_order", values={"size": at.size, "last": last.size}))
    return weighed


def read_seal(text: str, index: int, authority: Authority) -> Seal | None:
    """The seal of an entry that was admitted, without verifying its lines again."""
    note = parse_note(text.encode())
    at = note if isinstance(note, Refused) else parse_checkpoint(note.text)
    if isinstance(note, Refused) or isinstance(at, Refused):
        return None
    own = {(v.name, v.id): v for v in authority.holders.witnesses_at(at.size)}
    times: dict[str, int] = {}
    shields: set[str] = set()
    for line in note.lines:
        witness = own.get((line.name, line.id))
        cosignature = read_cosignature(line) if witness else None
        if witness is None or not isinstance(cosignature, Cosignature):
            continue
        if witness.kind == MLDSA44:
            shields.add(witness.party)
        else:
            times[witness.party] = min(times.get(witness.party, cosignature.time), cosignature.time)
    if len(times) < authority.quorum:
        return None
    time = certified_time(times, authority.quorum)
    return Seal(index, at.size, time, frozenset(times), frozenset(shields))


def fitted(note: Note, room: int) -> Note:
    """The note with as many of its lines as `room` bytes of an act's body hold, the short ones first.

    An ML-DSA line has 3,274 bytes, so that a seal holds some 17 of them beside the lines of a quorum.
    """
    kept, left = [], room - len(encoded(note.text))
    for line in sorted(note.lines, key=lambda li: len(li.signature)):
        left -= len(encoded(str(line)))
        if left >= 0:
            kept.append(line)
    return Note(note.text, tuple(line for line in note.lines if line in kept))


def encoded(text: str) -> bytes:
    """The text as it stands inside a JSON string: each line end takes two bytes."""
    return text.replace("\n", "\\n").encode()


def certified_time(times: dict[str, int], quorum: int) -> int:
    """The q-th smallest cosignature time, one a party; needs at least a quorum of them."""
    return sorted(times.values())[quorum - 1]


def sealed_size(seals: Sequence[Seal], day: date, zone: tzinfo = UTC) -> SealedSize:
    """What the record certainly held at the end of `day` in `zone`."""
    return sealed_before(seals, day_end(day, zone))


def sealed_before(seals: Sequence[Seal], end: int) -> SealedSize:
    """What the record certainly held before `end`, seconds since 1970."""
    inside = [s for s in seals if s.time < end]
    last = max(inside, key=lambda s: s.size, default=None)
    return SealedSize(last.size if last else 0, any(s.time >= end for s in seals), last)


def day_end(day: date, zone: tzinfo = UTC) -> int:
    """The first second after `day` in `zone`, seconds since 1970."""
    return int(datetime.combine(day + timedelta(days=1), time(0), zone).timestamp())
