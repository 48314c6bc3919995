"""The check of an entry against everything before it: register, chain, what was seen, authority.

Pure and incremental: the same code stands at the door of a store and in `verify`. Signatures are verified by
the caller with the keys of the ruling.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from travaux.acts.fault import Fault, Place
from travaux.record.authority import Authority, Ruling
from travaux.record.entry import Entry
from travaux.record.history import History
from travaux.record.keys import to_base64


class RulesLayer(Protocol):
    """The rules of procedure, asked in log order after all else is in order."""

    def admit(self, entry: Entry, index: int) -> tuple[Fault, ...]:
        """The faults that speak against `entry` at `index`; without any, the layer counts it as admitted."""

    def follow(self, entry: Entry, index: int) -> None:
        """Count `entry` as admitted: it was judged when it was appended, and is not judged again."""


class Head(msgspec.Struct, frozen=True, gc=False):
    """The last act of an author: its number, id, the size it had seen, and how many were withheld then."""

    n: int
    id: str
    seen: int
    withheld: int = 0


@dataclass(slots=True)
class Admission:
    """The state after the entries so far. `judge` changes nothing; `add` folds."""

    history: History = field(default_factory=History)
    authority: Authority = field(default_factory=Authority)
    heads: dict[str, Head] = field(default_factory=dict)
    ids: bytearray = field(default_factory=bytearray)
    withheld: int = 0

    @property
    def size(self) -> int:
        """The number of entries so far."""
        return self.history.size

    def judge(self, entry: Entry) -> Ruling:
        """Everything that speaks against `entry` as the next one, and the key of each of its lines."""
        index = self.size
        faults = self._register(entry) + self._chain(entry) + self._seen(entry, index)
        ruling = self.authority.judge(entry, index, self.history.root_at)
        if not faults and not ruling.faults:
            return ruling
        place = Place(f"entry {index}")
        every = tuple(Fault(f.code, place, f.values) for f in (*faults, *ruling.faults))
        return Ruling(ruling.keys, every, ruling.unchecked)

    def add(self, entry: Entry, leaf: bytes, good: bool = True) -> None:
        """Append an entry; one with faults (`good` false) takes its place but changes no key."""
        index = self.size
        if good:
            self.authority.apply(entry, index)
        self.heads[entry.by] = Head(entry.n, entry.id, entry.envelope.seen.size, self.withheld)
        self.ids += bytes.fromhex(entry.id)
        self.history.append(leaf)

    def skip(self, leaf: bytes, withheld: bool) -> None:
        """Append a leaf whose entry is withheld from this reader, or cannot be read."""
        self.withheld += withheld
        self.ids += bytes(32)
        self.history.append(leaf)

    def find(self, ident: str) -> int:
        """The index of the act `ident` among the entries so far, or -1; linear."""
        wanted, at = bytes.fromhex(ident), -1
        while (at := self.ids.find(wanted, at + 1)) >= 0:
            if at % 32 == 0:
                return at // 32
        return -1

    def _register(self, entry: Entry) -> list[Fault]:
        """The founding act names no register; its place, first and once, is for the authority to judge."""
        if (entry.kind == "found") != (self.size == 0):
            return []
        named = entry.envelope.register or ""
        return [] if named == self.authority.register else [Fault("record.register")]

    def _chain(self, entry: Entry) -> list[Fault]:
        head = self.heads.get(entry.by, Head(-1, "", 0))
        gap = entry.n - head.n - 1
        if 0 < gap <= self.withheld - head.withheld:
            return []
        if gap == 0 and (entry.envelope.prev or "") == head.id:
            return []
        if gap < 0 and (twice := self.find(entry.id)) >= 0:
            return [Fault("record.duplicate", values={"first": twice})]
        if gap:
            return [Fault("record.number", values={"name": entry.by, "n": entry.n, "next": head.n + 1})]
        return [Fault("record.prev", values={"name": entry.by, "n": entry.n})]

    def _seen(self, entry: Entry, index: int) -> list[Fault]:
        seen = entry.envelope.seen
        if seen.size > index:
            return [Fault("record.seen_future", values={"size": seen.size})]
        head = self.heads.get(entry.by)
        if head and seen.size < head.seen:
            return [Fault("record.seen_back", values={"size": seen.size, "before": head.seen})]
        if to_base64(self.history.root_at(seen.size)) != seen.root:
            return [Fault("record.seen_other", values={"size": seen.size})]
        return []
