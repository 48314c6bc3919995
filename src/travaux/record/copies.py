"""Copies of one register held against each other, up to the size that both have.

One leaf hash says all of its entry, so two histories are the same up to n when their first n leaf hashes are
(RFC 9162, section 2.1: their roots are then the same too).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.record.dirsource import DirectorySource, is_export
from travaux.record.places import open_store, place
from travaux.record.sources import StoreSource
from travaux.record.store import StoreError
from travaux.record.tree import HASH


@dataclass(frozen=True, slots=True)
class Leaves:
    """The leaf hashes of a copy, one after the other; `where` names it for people."""

    where: str
    hashes: bytes

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self.hashes) // HASH


@dataclass(frozen=True, slots=True)
class Compared:
    """A mirror beside the register: both hold `common` entries, the first that differs is `other`, if any."""

    where: str
    size: int
    register: int
    common: int
    other: int | None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What convicts one of the two: other entries, or a register that holds fewer than its mirror."""
        at = Place(self.where)
        if self.other is not None:
            return (Fault("record.copy_other", at, {"index": self.other, "common": self.common}),)
        if self.size > self.register:
            values = {"size": self.size, "register": self.register, "more": self.size - self.register}
            return (Fault("record.copy_ahead", at, values),)
        return ()


def leaves_of(path: Path | str) -> Leaves | Refused:
    """The leaf hashes of a register, in a file or at an address, or of an exported directory.

    They are taken as stored: `verify` says whether the entries make them. Refused: what cannot be read.
    """
    at = place(path)
    if isinstance(at, Refused):
        return at
    if isinstance(at, Path) and at.is_dir():
        source = DirectorySource(at) if is_export(at) else None
        return Leaves(str(at), source.leaves()) if source else refused("record.no_export", Place(str(at)))
    store = open_store(at, write=False)
    if isinstance(store, Refused):
        return store
    try:
        with store.reading():
            return Leaves(store.where, StoreSource(store).leaves())
    except StoreError as error:
        return Refused((error.fault,))
    finally:
        store.close()


def compared(register: Leaves, mirror: Leaves) -> Compared:
    """The mirror beside the register."""
    common = min(register.size, mirror.size)
    return Compared(mirror.where, mirror.size, register.size, common, _first_other(register, mirror, common))


def _first_other(one: Leaves, two: Leaves, common: int) -> int | None:
    """The first entry that is not the same in both, by halving what is left."""
    low, high = 0, common
    if one.hashes[: common * HASH] == two.hashes[: common * HASH]:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        same = one.hashes[low * HASH : middle * HASH] == two.hashes[low * HASH : middle * HASH]
        low, high = (middle, high) if same else (low, middle)
    return low
